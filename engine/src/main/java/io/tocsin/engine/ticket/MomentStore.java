package io.tocsin.engine.ticket;

import io.tocsin.engine.memory.RecordSlab;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;

/**
 * What happened to tickets after their opening and when, as far as figures count it: two longs a moment, linked per
 * ticket, the last noted first:
 *
 * <pre>
 *   0 instant: event time
 *   1 the ticket's moment noted before (low) | kind (8 bits) | value (24 bits)
 * </pre>
 *
 * <p>A ticket to which nothing has happened has no moments: it was opened when it came to its status. The first moment of
 * every other is its opening. The core's thread. Grows in chunks and otherwise allocates nothing.
 */
public final class MomentStore {
    /** Stands for no moment. */
    public static final int NONE = RecordSlab.NONE;
    /** Stands for an instant that nobody knows any more: it was in a snapshot of version 1 only as a count. */
    public static final long UNKNOWN = Long.MIN_VALUE;
    /** The highest value of a moment. */
    public static final int MOST_VALUE = (1 << 24) - 1;

    private static final int RECORD_LONGS = 2;
    private static final int AT = 0;
    private static final int LINK_AND_WHAT = 1;
    private static final int KIND_BITS = 8;
    private static final int KIND_MASK = (1 << KIND_BITS) - 1;

    private final RecordSlab records = new RecordSlab(RECORD_LONGS);
    private final TicketStore tickets;

    /** Moments of the tickets of a store. */
    public MomentStore(TicketStore tickets) {
        this.tickets = tickets;
    }

    /** Something happened to a ticket. */
    public void add(int ticket, Moment kind, int value, long atNs) {
        keepOpening(ticket);
        link(ticket, kind, value, atNs);
    }

    /** Keeps when a ticket was opened, because it is going to have another status. */
    public void keepOpening(int ticket) {
        if (tickets.firstMoment(ticket) == NONE) {
            link(ticket, Moment.OPENED, 0, tickets.statusAtNs(ticket));
        }
    }

    /** When a ticket was opened. */
    public long openedNs(int ticket) {
        long openedNs = tickets.statusAtNs(ticket);
        for (int moment = tickets.firstMoment(ticket); moment != NONE; moment = next(moment)) {
            openedNs = atNs(moment);
        }
        return openedNs;
    }

    /** The moment that was noted before a moment, or {@link #NONE}. */
    public int next(int moment) {
        return records.getLow(moment, LINK_AND_WHAT);
    }

    /** When it was. */
    public long atNs(int moment) {
        return records.get(moment, AT);
    }

    /** What it was. */
    public Moment kind(int moment) {
        return Moment.of(records.getHigh(moment, LINK_AND_WHAT) & KIND_MASK);
    }

    /** A number that says more, by kind; 0 to {@link #MOST_VALUE}. */
    public int value(int moment) {
        return records.getHigh(moment, LINK_AND_WHAT) >>> KIND_BITS;
    }

    /** Reads a moment; for the reading alone. */
    public long touch(int moment) {
        return records.get(moment, AT);
    }

    /** Takes one moment of a ticket back, of this kind and instant; nothing happens if there is none. */
    public void remove(int ticket, Moment kind, long atNs) {
        int before = NONE;
        int moment = tickets.firstMoment(ticket);
        while (moment != NONE && (kind(moment) != kind || atNs(moment) != atNs)) {
            before = moment;
            moment = next(moment);
        }
        if (moment == NONE) {
            return;
        }
        if (before == NONE) {
            tickets.firstMoment(ticket, next(moment));
        } else {
            records.setLow(before, LINK_AND_WHAT, next(moment));
        }
        records.free(moment);
    }

    /** Gives all moments of a ticket back. */
    public void freeAll(int ticket) {
        int moment = tickets.firstMoment(ticket);
        while (moment != NONE) {
            int freed = moment;
            moment = next(moment);
            records.free(freed);
        }
        tickets.firstMoment(ticket, NONE);
    }

    /** Writes a ticket's moments, the last noted first. */
    public void save(SnapshotWriter out, int ticket) {
        int count = 0;
        for (int moment = tickets.firstMoment(ticket); moment != NONE; moment = next(moment)) {
            count++;
        }
        out.number(count);
        for (int moment = tickets.firstMoment(ticket); moment != NONE; moment = next(moment)) {
            out.number(kind(moment).code());
            out.number(value(moment));
            out.fixed(atNs(moment));
        }
    }

    /** Reads the moments of a ticket that has none yet. */
    public void load(SnapshotReader in, int ticket) {
        int last = NONE;
        for (int left = in.upTo(Integer.MAX_VALUE); left > 0; left--) {
            int kind = in.upTo(Moment.COUNT - 1);
            int value = in.upTo(MOST_VALUE);
            int moment = records.allocate();
            write(moment, NONE, Moment.of(kind), value, in.fixed());
            if (last == NONE) {
                tickets.firstMoment(ticket, moment);
            } else {
                records.setLow(last, LINK_AND_WHAT, moment);
            }
            last = moment;
        }
    }

    /**
     * Makes what can be known of a ticket's moments from a snapshot of version 1, which has only how often it was
     * resolved, reopened and abandoned: its opening, and when it came to the status in which it ended.
     *
     * @param openedNs the earliest instant that is known of it
     */
    public void derive(int ticket, long openedNs) {
        int resolved = tickets.resolvedCount(ticket);
        int reopened = tickets.reopenedCount(ticket);
        int abandoned = tickets.abandonedCount(ticket);
        if (openedNs == tickets.statusAtNs(ticket) && resolved + reopened + abandoned == 0) {
            return;
        }
        link(ticket, Moment.OPENED, 0, openedNs);
        deriveEach(ticket, Moment.RESOLVED, resolved);
        deriveEach(ticket, Moment.REOPENED, reopened);
        deriveEach(ticket, Moment.ABANDONED, abandoned);
    }

    private void deriveEach(int ticket, Moment kind, int count) {
        TicketStatus status = tickets.status(ticket);
        boolean last = switch (kind) {
            case RESOLVED -> status == TicketStatus.RESOLVED || status == TicketStatus.CLOSED;
            case ABANDONED -> status == TicketStatus.ABANDONED;
            default -> status == TicketStatus.OPEN;
        };
        for (int i = 1; i <= count; i++) {
            link(ticket, kind, 0, last && i == count ? tickets.statusAtNs(ticket) : UNKNOWN);
        }
    }

    private void link(int ticket, Moment kind, int value, long atNs) {
        int moment = records.allocate();
        write(moment, tickets.firstMoment(ticket), kind, value, atNs);
        tickets.firstMoment(ticket, moment);
    }

    private void write(int moment, int next, Moment kind, int value, long atNs) {
        records.set(moment, AT, atNs);
        records.setLow(moment, LINK_AND_WHAT, next);
        records.setHigh(moment, LINK_AND_WHAT, value << KIND_BITS | kind.code());
    }
}
