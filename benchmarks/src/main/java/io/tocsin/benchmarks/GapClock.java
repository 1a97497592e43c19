package io.tocsin.benchmarks;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.EpochNanoClock;

/**
 * A clock that also measures: the core looks at it at least once a cycle, so the longest time between two of its looks is the
 * longest time for which no timer could fire and no event be taken.
 */
final class GapClock implements EpochNanoClock {
    private static final String CORE = "tocsin-core";

    private final EpochNanoClock clock;
    private final Histogram gaps = new ConcurrentHistogram(3);
    private long lastNs;

    GapClock(EpochNanoClock clock) {
        this.clock = clock;
    }

    @Override
    public long nanoTime() {
        if (Thread.currentThread().getName().equals(CORE)) {
            long nowNs = System.nanoTime();
            if (lastNs != 0) {
                gaps.recordValue(nowNs - lastNs);
            }
            lastNs = nowNs;
        }
        return clock.nanoTime();
    }

    /** Forgets what was measured. */
    void reset() {
        gaps.reset();
    }

    /** The times between two looks, as measured so far. */
    Histogram gaps() {
        return gaps.copy();
    }
}
