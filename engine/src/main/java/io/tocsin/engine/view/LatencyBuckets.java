package io.tocsin.engine.view;

import java.util.List;

/**
 * Distributions since the start by buckets that never change, so that those of two instants can be subtracted.
 *
 * @param ingestToApply from the moment an event was handed to the ring until it was applied
 * @param detectionLag detected minus at, for timers that expired while live
 */
public record LatencyBuckets(Buckets ingestToApply, Buckets detectionLag) {
    /** Upper bounds of the buckets, inclusive; a last bucket has what is longer than all of them. */
    public static final List<Long> BOUNDS_NS = List.of(
            500L,
            1_000L,
            2_500L,
            5_000L,
            10_000L,
            25_000L,
            50_000L,
            100_000L,
            250_000L,
            500_000L,
            1_000_000L,
            2_500_000L,
            5_000_000L,
            10_000_000L,
            25_000_000L,
            50_000_000L,
            100_000_000L,
            250_000_000L,
            500_000_000L,
            1_000_000_000L,
            2_500_000_000L,
            5_000_000_000L,
            10_000_000_000L);

    /**
     * One distribution. Durations are known to three significant digits.
     *
     * @param counts how many in each bucket alone, one more than there are bounds
     * @param sumNs of all durations together
     */
    public record Buckets(List<Long> counts, double sumNs) {}
}
