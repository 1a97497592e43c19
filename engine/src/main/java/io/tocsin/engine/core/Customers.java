package io.tocsin.engine.core;

import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.stats.Figures;
import io.tocsin.engine.ticket.Attributes;
import io.tocsin.engine.ticket.Moment;
import io.tocsin.engine.ticket.MomentStore;
import io.tocsin.engine.ticket.TicketStatus;
import io.tocsin.engine.ticket.TicketStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Knows which tickets in memory are of the same customer, and notes on a ticket that its customer came again: opened
 * another within a settable time after the ticket was first resolved. Whatever order events come in, the notes are those
 * that the tickets' instants call for: a ticket that is opened is looked for in those resolved before it, one that is
 * resolved in those opened after it, and one that is cancelled or turns out to be of another customer is taken out.
 *
 * <p>Tickets of a customer are a doubly linked list in first-seen order. Only the newest {@value #MOST} of it are looked at:
 * whoever has more is no customer. Costs nothing while no attribute is named as the customer, then 12 bytes for each slot
 * of a ticket. The core's thread; grows in chunks.
 */
final class Customers {
    /** So many tickets of a customer are looked at. */
    static final int MOST = 256;

    private static final int NONE = -1;
    private static final int CHUNK_BITS = 14;
    private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;

    private final TicketStore tickets;
    private final MomentStore moments;
    private final Attributes attributes;
    private final Figures figures;

    @Nullable
    private String attribute;

    private int name = NONE;
    private long withinNs;
    /** By the number of the customer's text: one more than the slot of the newest ticket. */
    private int[] newest = {};
    /** By slot: one more than the slots of the tickets seen before (high) and after (low). */
    private long[][] links = {};
    /** By slot: one more than the number of the customer's text. */
    private int[][] customers = {};

    Customers(TicketStore tickets, MomentStore moments, Attributes attributes, Figures figures) {
        this.tickets = tickets;
        this.moments = moments;
        this.attributes = attributes;
        this.figures = figures;
    }

    /**
     * Goes by other settings from now on.
     *
     * @return whether all tickets must be {@link #relearn}ed, in first-seen order
     */
    boolean use(FigureSettings settings) {
        if (Objects.equals(settings.customer(), attribute) && settings.repeatWithinNs() == withinNs) {
            return false;
        }
        boolean hadCustomers = attribute != null;
        attribute = settings.customer();
        withinNs = settings.repeatWithinNs();
        newest = new int[0];
        links = new long[0][];
        customers = new int[0][];
        if (attribute == null) {
            name = NONE;
            return hadCustomers;
        }
        name = attributes.nameForGood(new UnsafeBuffer(attribute.getBytes(StandardCharsets.UTF_8)));
        return true;
    }

    /** A ticket was opened, or anything about it has changed; it must have entered the figures. */
    void update(int ticket, boolean resolvedFirst) {
        if (name == NONE) {
            return;
        }
        int before = customer(ticket);
        int now = tickets.status(ticket) == TicketStatus.CANCELLED
                ? NONE
                : attributes.value(tickets.attributes(ticket), name);
        if (before != now) {
            if (before != NONE) {
                leave(ticket, before);
            }
            if (now != NONE) {
                link(ticket, now);
                tellOthers(ticket);
                askOthers(ticket);
            }
        } else if (now != NONE && resolvedFirst) {
            askOthers(ticket);
        }
    }

    /** A ticket is learned anew, under other settings. */
    void relearn(int ticket) {
        forgetNotes(ticket);
        update(ticket, false);
    }

    /** A ticket of a snapshot is known again, with the notes it has; they come in first-seen order. */
    void learn(int ticket) {
        if (name != NONE && tickets.status(ticket) != TicketStatus.CANCELLED) {
            int customer = attributes.value(tickets.attributes(ticket), name);
            if (customer != NONE) {
                link(ticket, customer);
            }
        }
    }

    /** A ticket leaves memory; that its customer came stands. */
    void forget(int ticket) {
        if (name != NONE && customer(ticket) != NONE) {
            unlink(ticket, customer(ticket));
        }
    }

    boolean isOn() {
        return name != NONE;
    }

    /** The customer came neither again for this ticket nor with it for others. */
    private void leave(int ticket, int customer) {
        long openedNs = moments.openedNs(ticket);
        int other = newest[customer] - 1;
        for (int looked = 0; other != NONE && looked < MOST; other = before(other), looked++) {
            if (other != ticket && comesAgain(other, openedNs)) {
                figures.leave(other);
                moments.remove(other, Moment.CAME_AGAIN, openedNs);
                figures.enter(other);
            }
        }
        unlink(ticket, customer);
        forgetNotes(ticket);
    }

    private void forgetNotes(int ticket) {
        for (int moment = tickets.firstMoment(ticket); moment != MomentStore.NONE; ) {
            int next = moments.next(moment);
            if (moments.kind(moment) == Moment.CAME_AGAIN) {
                figures.leave(ticket);
                moments.remove(ticket, Moment.CAME_AGAIN, moments.atNs(moment));
                figures.enter(ticket);
            }
            moment = next;
        }
    }

    /** Tickets that were resolved shortly before this one was opened. */
    private void tellOthers(int ticket) {
        long openedNs = moments.openedNs(ticket);
        int other = newest[customer(ticket)] - 1;
        for (int looked = 0; other != NONE && looked < MOST; other = before(other), looked++) {
            if (other != ticket && comesAgain(other, openedNs)) {
                note(other, openedNs);
            }
        }
    }

    /** Tickets that were opened shortly after this one was resolved. */
    private void askOthers(int ticket) {
        if (tickets.resolvedCount(ticket) == 0) {
            return;
        }
        int other = newest[customer(ticket)] - 1;
        for (int looked = 0; other != NONE && looked < MOST; other = before(other), looked++) {
            long openedNs = moments.openedNs(other);
            if (other != ticket && comesAgain(ticket, openedNs)) {
                note(ticket, openedNs);
            }
        }
    }

    private void note(int ticket, long atNs) {
        figures.leave(ticket);
        moments.add(ticket, Moment.CAME_AGAIN, 0, atNs);
        figures.enter(ticket);
    }

    /** Whether an instant lies shortly after a ticket was first resolved. */
    private boolean comesAgain(int ticket, long atNs) {
        long resolvedNs = MomentStore.UNKNOWN;
        for (int moment = tickets.firstMoment(ticket); moment != MomentStore.NONE; moment = moments.next(moment)) {
            resolvedNs = moments.kind(moment) == Moment.RESOLVED ? moments.atNs(moment) : resolvedNs;
        }
        return resolvedNs != MomentStore.UNKNOWN && resolvedNs < atNs && atNs - resolvedNs <= withinNs;
    }

    // ---- the lists

    private void link(int ticket, int customer) {
        makeRoom(ticket, customer);
        int after = NONE;
        int before = newest[customer] - 1;
        while (before != NONE && tickets.number(before) > tickets.number(ticket)) {
            after = before;
            before = before(before);
        }
        customers[ticket >>> CHUNK_BITS][ticket & CHUNK_MASK] = customer + 1;
        join(before, ticket, customer);
        join(ticket, after, customer);
    }

    private void unlink(int ticket, int customer) {
        join(before(ticket), after(ticket), customer);
        customers[ticket >>> CHUNK_BITS][ticket & CHUNK_MASK] = 0;
    }

    private void join(int before, int after, int customer) {
        if (after == NONE) {
            newest[customer] = before + 1;
        } else {
            links[after >>> CHUNK_BITS][after & CHUNK_MASK] = (before + 1L) << 32 | after(after) + 1L;
        }
        if (before != NONE) {
            links[before >>> CHUNK_BITS][before & CHUNK_MASK] = (before(before) + 1L) << 32 | after + 1L;
        }
    }

    private int customer(int ticket) {
        int chunk = ticket >>> CHUNK_BITS;
        return chunk < customers.length && customers[chunk] != null ? customers[chunk][ticket & CHUNK_MASK] - 1 : NONE;
    }

    private int before(int ticket) {
        return (int) (links[ticket >>> CHUNK_BITS][ticket & CHUNK_MASK] >>> 32) - 1;
    }

    private int after(int ticket) {
        return (int) links[ticket >>> CHUNK_BITS][ticket & CHUNK_MASK] - 1;
    }

    private void makeRoom(int ticket, int customer) {
        if (customer >= newest.length) {
            newest = Arrays.copyOf(newest, Math.max(customer + 1, newest.length * 2));
        }
        int chunk = ticket >>> CHUNK_BITS;
        if (chunk >= links.length) {
            links = Arrays.copyOf(links, Math.max(chunk + 1, links.length * 2));
            customers = Arrays.copyOf(customers, links.length);
        }
        if (links[chunk] == null) {
            links[chunk] = new long[CHUNK_MASK + 1];
            customers[chunk] = new int[CHUNK_MASK + 1];
        }
    }
}
