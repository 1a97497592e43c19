package io.tocsin.engine.view;

import org.jspecify.annotations.Nullable;

/**
 * The figures of one clock over a group of tickets. A breached clock counts under {@code breached} only, whatever its
 * state. The durations are of stopped clocks.
 *
 * @param running clocks that run and have not breached
 * @param paused clocks that are paused and have not breached
 * @param met stopped in time
 * @param breached missed their target
 * @param cancelled cancelled before a result
 * @param stopped how many have stopped, in time or late
 * @param averageNs average elapsed time, or {@link ClockView#NONE} when none has stopped
 * @param p50Ns and the other percentiles: of elapsed time, to three significant digits
 * @param maxNs the longest
 */
public record ClockFigures(
        long running,
        long paused,
        long met,
        long breached,
        long cancelled,
        long stopped,
        long averageNs,
        long p50Ns,
        long p90Ns,
        long p95Ns,
        long p99Ns,
        long maxNs) {
    /** met / (met + breached), or null when there is none of either. */
    public @Nullable Double attainment() {
        long judged = met + breached;
        return judged == 0 ? null : (double) met / judged;
    }
}
