package io.tocsin.engine.stats;

import io.tocsin.engine.ticket.MomentStore;
import java.util.Arrays;

/** The facts of one ticket, in an order that is the same for the same ticket. Used again and again; grows and stays so. */
final class Facts {
    static final int NO_HOUR = 24;
    private static final int NOT_ASKED = -1;

    private long[] at = new long[16];
    private int[] what = new int[16];
    private long[] value = new long[16];
    private int count;
    private long openedNs;
    private int openedHour;
    private int ticket;

    /** Begins the facts of a ticket. */
    void begin(int ofTicket, long ticketOpenedNs) {
        count = 0;
        ticket = ofTicket;
        openedNs = ticketOpenedNs;
        openedHour = NOT_ASKED;
    }

    void add(int factWhat, long atNs, long factValue) {
        if (count == at.length) {
            at = Arrays.copyOf(at, count * 2);
            what = Arrays.copyOf(what, count * 2);
            value = Arrays.copyOf(value, count * 2);
        }
        at[count] = atNs;
        what[count] = factWhat;
        value[count] = factValue;
        count++;
    }

    int count() {
        return count;
    }

    /** The slot of the ticket, or -1 for one that left memory. */
    int ticket() {
        return ticket;
    }

    /** When the ticket was opened. */
    long openedNs() {
        return openedNs;
    }

    /** The hour of the day in which the ticket was opened, 0 to 23, or {@link #NO_HOUR} if nobody knows. */
    int openedHour(Reading reading) {
        if (openedHour == NOT_ASKED) {
            openedHour =
                    openedNs == MomentStore.UNKNOWN ? NO_HOUR : reading.wall().hourOf(openedNs);
        }
        return openedHour;
    }

    long atNs(int i) {
        return at[i];
    }

    int what(int i) {
        return what[i];
    }

    long value(int i) {
        return value[i];
    }

    /** How many facts at the beginning are the same as another's. */
    int samePrefix(Facts other) {
        int most = Math.min(count, other.count);
        int same = 0;
        while (same < most && isSame(same, other, same)) {
            same++;
        }
        return same;
    }

    /** How many facts at the end are the same as another's, without so many at the beginning. */
    int sameSuffix(Facts other, int prefix) {
        int most = Math.min(count, other.count) - prefix;
        int same = 0;
        while (same < most && isSame(count - 1 - same, other, other.count - 1 - same)) {
            same++;
        }
        return same;
    }

    private boolean isSame(int i, Facts other, int j) {
        return at[i] == other.at[j] && what[i] == other.what[j] && value[i] == other.value[j];
    }
}
