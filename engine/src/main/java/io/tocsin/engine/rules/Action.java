package io.tocsin.engine.rules;

/** What an event does to a clock: one bit each, so that one event may do several things. */
public final class Action {
    /** Begins a cycle. */
    public static final int START = 1;
    /** Ends the cycle with a result. */
    public static final int STOP = 1 << 1;
    /** Holds the time. */
    public static final int PAUSE = 1 << 2;
    /** Lets the time run on. */
    public static final int RESUME = 1 << 3;
    /** Ends the cycle and begins the next. */
    public static final int RESTART = 1 << 4;
    /** Ends the cycle without a result. */
    public static final int CANCEL = 1 << 5;
    /** Lets a stopped cycle run on. */
    public static final int CONTINUE = 1 << 6;
    /** Begins a new cycle after a stopped one. */
    public static final int BEGIN_AGAIN = 1 << 7;

    private Action() {}
}
