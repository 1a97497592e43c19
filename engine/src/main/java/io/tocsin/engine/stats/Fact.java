package io.tocsin.engine.stats;

import io.tocsin.engine.rules.Registry;

/**
 * The kinds of facts that figures are made of, as ints: the kind in the low five bits, above them the clock. A fact has an
 * instant, which decides the windows it counts in, and a value. Codes are part of snapshots and are never reused.
 */
final class Fact {
    /** The ticket was opened. */
    static final int OPENED = 0;
    /** The ticket was resolved or closed; the value says more, see below. */
    static final int RESOLVED = 1;

    static final int REOPENED = 2;
    static final int ABANDONED = 3;
    /** The value is {@link #FIRST} for the ticket's first, else 0. */
    static final int TRANSFERRED = 4;
    /** The first complaint about the ticket. */
    static final int COMPLAINED = 5;
    /** The value is the rating in thousandths. */
    static final int CSAT = 6;

    static final int NPS = 7;
    /** A cycle stopped in time; the value is its elapsed time. */
    static final int MET = 8;
    /** A cycle's due instant passed. */
    static final int BREACHED = 9;
    /** A cycle was cancelled in time; the value is its elapsed time. */
    static final int CANCELLED = 10;
    /** A cycle stopped that had breached; the value is its elapsed time. */
    static final int STOPPED_LATE = 11;
    /** A cycle was cancelled that had breached; the value is its elapsed time. */
    static final int CANCELLED_LATE = 12;
    /** The ticket is open or pending. Of now. */
    static final int OPEN = 13;
    /** A cycle is running and not breached. Of now. */
    static final int RUNNING = 14;
    /** A cycle is paused and not breached. Of now. */
    static final int PAUSED = 15;
    /** A customer waits for the first response; the value is since when. Of now. */
    static final int WAITING = 16;

    static final int KINDS = 17;

    /** Of {@link #RESOLVED} and {@link #TRANSFERRED}: it was the first time. */
    static final int FIRST = 1;
    /** Of the first: the customer came again soon after it. */
    static final int CAME_AGAIN = 1 << 1;
    /** Of the first: the ticket was reopened soon after it. */
    static final int REOPENED_SOON = 1 << 2;
    /** Of {@link #RESOLVED}: it is so still. */
    static final int STANDS = 1 << 3;
    /** Of {@link #RESOLVED}: somebody complained about the ticket. */
    static final int COMPLAINT = 1 << 4;
    /** Above: how many contacts it took up to then. */
    static final int CONTACTS_SHIFT = 5;

    /** The instant of a fact that is of now, and so counts in every window. */
    static final long NOW = Long.MAX_VALUE;

    /** One more than the highest. */
    static final int END = of(0, Registry.MAX_CLOCKS);

    private static final int KIND_BITS = 5;
    private static final int KIND_MASK = (1 << KIND_BITS) - 1;

    private Fact() {}

    static int of(int kind, int clock) {
        return clock << KIND_BITS | kind;
    }

    static int kind(int what) {
        return what & KIND_MASK;
    }

    static int clock(int what) {
        return what >>> KIND_BITS;
    }
}
