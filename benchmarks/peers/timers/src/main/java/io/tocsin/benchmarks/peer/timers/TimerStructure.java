package io.tocsin.benchmarks.peer.timers;

import java.util.function.IntConsumer;

/** Something that keeps the deadlines of numbered timers. Scheduled and cancelled by one thread. */
interface TimerStructure extends AutoCloseable {
    /** Arms a timer that is not armed. */
    void schedule(int timer, long deadlineNs);

    /** Disarms an armed timer. */
    void cancel(int timer);

    /** How many are armed; may be said late by one with a thread of its own. */
    long armedCount();

    @Override
    default void close() {}

    /** One that has no thread: it is asked. */
    interface Polled extends TimerStructure {
        /** Fires what is due by an instant, as far as it can in one step. */
        void poll(long nowNs);
    }

    /** One with threads of its own: it lives in real time, in which {@code START_NS} is the moment it was made. */
    interface Threaded extends TimerStructure {}

    /** Makes one for so many timers; fired timers are given to the handler, by whatever thread fires them. */
    interface Factory {
        TimerStructure make(int count, IntConsumer fired);
    }
}
