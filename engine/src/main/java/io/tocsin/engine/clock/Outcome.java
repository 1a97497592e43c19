package io.tocsin.engine.clock;

/** How a cycle counts in the figures. Codes are part of snapshots and are never reused. */
public enum Outcome {
    /** Not at all: the ticket's policy has no target for the clock, or the ticket was cancelled. */
    UNCOUNTED(0),
    /** Running and not breached. */
    RUNNING(1),
    /** Paused and not breached. */
    PAUSED(2),
    /** Stopped and not breached. */
    MET(3),
    /** Breached, whatever its state. */
    BREACHED(4),
    /** Cancelled and not breached. */
    CANCELLED(5);

    /** How many outcomes there are. */
    public static final int COUNT = 6;

    private static final Outcome[] BY_CODE = values();

    private final int code;

    Outcome(int code) {
        this.code = code;
    }

    /** The stable number of this outcome, from 0. */
    public int code() {
        return code;
    }

    /** The outcome behind a code. */
    public static Outcome of(int code) {
        return BY_CODE[code];
    }
}
