package io.tocsin.engine.timer;

/**
 * Deadlines of numbered timers. Used by one thread; never asks for the time. Timers are dense small ints, each armed at
 * most once.
 */
public interface Timers {
    /** Stands for no deadline. */
    long NEVER = Long.MAX_VALUE;

    /** Is told that a timer expired. */
    @FunctionalInterface
    interface Handler {
        /**
         * The timer is disarmed already; this call may schedule and cancel any timer, this one included, also for an
         * instant that has passed, which then fires within the same {@link Timers#expire}, in its place in the order.
         */
        void onExpired(int timer, long deadlineNs);
    }

    /** Orders timers of the same instant. */
    @FunctionalInterface
    interface Order {
        /** The timer's rank, unique among armed timers: the lower fires first. Constant while the timer is armed. */
        long rankOf(int timer);
    }

    /** Arms a timer, in place of what it was armed for before. {@link #NEVER} disarms it. */
    void schedule(int timer, long deadlineNs);

    /** Disarms a timer; does nothing when it is not armed. */
    void cancel(int timer);

    /** The instant a timer is armed for, or {@link #NEVER}. */
    long deadlineNs(int timer);

    /**
     * Fires timers whose deadline lies strictly before {@code nowNs}, in the order of (deadline, rank), at most
     * {@code limit} of them. Time may not go backwards between calls.
     *
     * @return how many fired; less than {@code limit} when nothing more is due
     */
    int expire(long nowNs, int limit, Handler handler);

    /**
     * As {@link #expire}, but with a bounded amount of work a call: less may fire than is due and wanted, also nothing at all.
     * What {@link #isBehind} tells then is the next call's. For a thread that has other things to do in between.
     *
     * @return how many fired
     */
    default int expireSome(long nowNs, int limit, Handler handler) {
        return expire(nowNs, limit, handler);
    }

    /** Whether something is due before an instant, or may be because it has not been looked at yet. */
    boolean isBehind(long nowNs);

    /** The earliest deadline of all armed timers, or {@link #NEVER}. May cost a scan; for a replay's end. */
    long earliestNs();

    /** How many timers are armed. */
    int armedCount();

    /** Reads what is known of a timer; for the reading alone. */
    default long touch(int timer) {
        return 0;
    }

    /** Reads what arming a timer anew or cancelling it will need of others; for the reading alone. */
    default long touchNeighbours(int timer) {
        return 0;
    }

    /**
     * Tells timers that will soon fire, in no order: of those before an instant as many as there is room for, or less. A few
     * may be of later instants.
     *
     * @param into takes them, from a place on
     * @return how many there are
     */
    default int nextUp(long beforeNs, int[] into, int from) {
        return 0;
    }
}
