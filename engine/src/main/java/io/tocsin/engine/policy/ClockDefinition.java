package io.tocsin.engine.policy;

import java.util.List;

/**
 * How events move a clock. If one event is in several lists: cancel, then stop, then restart, then pause or resume, then
 * start.
 *
 * @param name unique, {@code [a-z][a-z0-9_]*}
 * @param start begins a cycle when none is open
 * @param stop ends the cycle
 * @param pause holds the time
 * @param resume lets it run on
 * @param restart ends the cycle and begins the next
 * @param cancel ends the cycle without a result
 * @param repeat whether {@code start} may begin another cycle after the first
 * @param reopen what {@code reopened} does to a stopped clock
 * @param unlessRunning clocks during which {@code start} does nothing
 */
public record ClockDefinition(
        String name,
        List<Trigger> start,
        List<Trigger> stop,
        List<Trigger> pause,
        List<Trigger> resume,
        List<Trigger> restart,
        List<Trigger> cancel,
        boolean repeat,
        Reopen reopen,
        List<String> unlessRunning) {
    /** What {@code reopened} does to a stopped clock. */
    public enum Reopen {
        /** Nothing. */
        IGNORE,
        /** The cycle runs on, the time since the stop not counted. */
        CONTINUE,
        /** A new cycle begins. */
        RESTART
    }

    /** Copies the lists. */
    public ClockDefinition {
        start = List.copyOf(start);
        stop = List.copyOf(stop);
        pause = List.copyOf(pause);
        resume = List.copyOf(resume);
        restart = List.copyOf(restart);
        cancel = List.copyOf(cancel);
        unlessRunning = List.copyOf(unlessRunning);
    }
}
