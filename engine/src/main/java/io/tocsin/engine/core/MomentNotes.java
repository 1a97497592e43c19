package io.tocsin.engine.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.rules.EventTypes;
import io.tocsin.engine.ticket.Moment;
import io.tocsin.engine.ticket.MomentStore;
import io.tocsin.engine.ticket.TicketStatus;
import io.tocsin.engine.ticket.TicketStore;
import org.agrona.DirectBuffer;

/**
 * Notes when what figures count happened to a ticket: its changes of status, hand-overs, complaints, ratings and replies.
 * The core's thread; allocates nothing.
 */
final class MomentNotes {
    private static final byte[] CSAT = "csat".getBytes(US_ASCII);
    private static final byte[] NPS = "nps".getBytes(US_ASCII);
    private static final int THOUSAND = 1_000;
    private static final int LEAST_CSAT = THOUSAND;
    private static final int MOST_CSAT = 5 * THOUSAND;
    private static final int MOST_NPS = 10 * THOUSAND;
    private static final int NO_NUMBER = -1;
    private static final int FRACTION_DIGITS = 3;

    private final TicketStore tickets;
    private final MomentStore moments;

    MomentNotes(TicketStore tickets, MomentStore moments) {
        this.tickets = tickets;
        this.moments = moments;
    }

    /** Gives a ticket its next status. */
    void status(int ticket, TicketStatus next, long atNs) {
        long before = tickets.flow(ticket);
        if (atNs != tickets.statusAtNs(ticket)) {
            moments.keepOpening(ticket);
        }
        tickets.status(ticket, next, atNs);
        long after = tickets.flow(ticket);
        if (TicketStore.resolvedCountOf(after) != TicketStore.resolvedCountOf(before)) {
            moments.add(ticket, Moment.RESOLVED, 0, atNs);
        } else if (TicketStore.reopenedCountOf(after) != TicketStore.reopenedCountOf(before)) {
            moments.add(ticket, Moment.REOPENED, 0, atNs);
        } else if (TicketStore.abandonedCountOf(after) != TicketStore.abandonedCountOf(before)) {
            moments.add(ticket, Moment.ABANDONED, 0, atNs);
        }
    }

    /** Notes what an event says beside a status. */
    void note(int ticket, int type, EventRecord event) {
        switch (type) {
            case EventTypes.TRANSFERRED -> moments.add(ticket, Moment.TRANSFERRED, 0, event.atNs());
            case EventTypes.COMPLAINED -> moments.add(ticket, Moment.COMPLAINED, 0, event.atNs());
            case EventTypes.CUSTOMER_REPLIED -> moments.add(ticket, Moment.REPLIED, 0, event.atNs());
            case EventTypes.RATED -> noteRatings(ticket, event);
            default -> {}
        }
    }

    private void noteRatings(int ticket, EventRecord event) {
        event.firstAttribute();
        while (event.nextAttribute()) {
            if (event.valueKind() != ValueKind.NUMBER) {
                continue;
            }
            int value = thousandths(event.buffer(), event.valueOffset(), event.valueLength());
            if (isNamed(event, CSAT) && value >= LEAST_CSAT && value <= MOST_CSAT) {
                moments.add(ticket, Moment.RATED_CSAT, value, event.atNs());
            } else if (isNamed(event, NPS) && value >= 0 && value <= MOST_NPS) {
                moments.add(ticket, Moment.RATED_NPS, value, event.atNs());
            }
        }
    }

    private static boolean isNamed(EventRecord event, byte[] name) {
        if (event.nameLength() != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (event.buffer().getByte(event.nameOffset() + i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** A number such as {@code 4} or {@code 4.25} in thousandths, further digits cut off; else {@link #NO_NUMBER}. */
    private static int thousandths(DirectBuffer buffer, int offset, int length) {
        int value = 0;
        int fraction = 0;
        boolean point = false;
        for (int i = 0; i < length; i++) {
            byte each = buffer.getByte(offset + i);
            if (each == '.' && !point) {
                point = true;
            } else if (each < '0' || each > '9' || value > MOST_NPS) {
                return NO_NUMBER;
            } else if (!point || fraction < FRACTION_DIGITS) {
                value = value * 10 + each - '0';
                fraction += point ? 1 : 0;
            }
        }
        for (; fraction < FRACTION_DIGITS; fraction++) {
            value = value > MOST_NPS ? value : value * 10;
        }
        return value;
    }
}
