package io.tocsin.engine.clock;

/**
 * Where a cycle of a clock stands. Codes are part of snapshots and are never reused.
 *
 * <pre>
 *   RUNNING  --pause-->  PAUSED   --resume--> RUNNING
 *   RUNNING, PAUSED  --stop-->    STOPPED     STOPPED --reopen: continue--> RUNNING
 *   RUNNING, PAUSED  --cancel-->  CANCELLED   CANCELLED --a stop from before the cancel--> STOPPED
 * </pre>
 */
public enum ClockState {
    /** The calendar's time counts. */
    RUNNING(0, "running"),
    /** Time is left out until it resumes. */
    PAUSED(ClockState.PAUSED_CODE, "paused"),
    /** It has its result, which only a late event or a reopening can change. */
    STOPPED(2, "stopped"),
    /** It ended without a result. */
    CANCELLED(3, "cancelled");

    /** How many states there are. */
    public static final int COUNT = 4;

    /** The open states have the lowest codes. */
    private static final int PAUSED_CODE = 1;

    private static final ClockState[] BY_CODE = values();

    private final int code;
    private final String text;

    ClockState(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The stable number of this state. */
    public int code() {
        return code;
    }

    /** The name on the wire. */
    public String text() {
        return text;
    }

    /** Whether the cycle still goes on: running or paused. */
    public boolean isOpen() {
        return this == RUNNING || this == PAUSED;
    }

    /** The same of a code. */
    static boolean isOpen(int code) {
        return code <= PAUSED_CODE;
    }

    /** The state behind a code. */
    public static ClockState of(int code) {
        return BY_CODE[code];
    }
}
