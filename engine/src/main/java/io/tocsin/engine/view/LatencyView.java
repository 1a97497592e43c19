package io.tocsin.engine.view;

/**
 * How long things took, since the start.
 *
 * @param ingestToApply from the moment an event was handed to the ring until it was applied
 * @param detectionLag detected minus at, for timers that expired while live
 */
public record LatencyView(Quantiles ingestToApply, Quantiles detectionLag) {
    /** A distribution in nanoseconds, to three significant digits; all 0 while {@code count} is 0. */
    public record Quantiles(long count, long p50Ns, long p90Ns, long p99Ns, long p999Ns, long maxNs) {}
}
