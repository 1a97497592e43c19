package io.tocsin.benchmarks;

import io.tocsin.benchmarks.peer.Meter;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.EpochNanoClock;

/**
 * A clock that also measures: the core looks at it at least once a cycle, so the longest time between two of its looks is the
 * longest time for which no timer could fire and no event be taken. What the hypervisor took away meanwhile is told beside it.
 */
final class GapClock implements EpochNanoClock {
    private static final String CORE = "tocsin-core";
    private static final long LONG_NS = 5_000_000;
    private static final int MOST_TOLD = 40;

    private final EpochNanoClock clock;
    private final Histogram gaps = new ConcurrentHistogram(3);
    private final Queue<String> longGaps = new ConcurrentLinkedQueue<>();
    private volatile long startNs = System.nanoTime();
    private long lastNs;
    private long stealMs = Meter.stolenMs();

    GapClock(EpochNanoClock clock) {
        this.clock = clock;
    }

    @Override
    public long nanoTime() {
        if (Thread.currentThread().getName().equals(CORE)) {
            long nowNs = System.nanoTime();
            if (lastNs != 0) {
                gaps.recordValue(nowNs - lastNs);
                noteLong(nowNs - lastNs, nowNs);
            }
            lastNs = nowNs;
        }
        return clock.nanoTime();
    }

    /** Forgets what was measured. */
    void reset() {
        gaps.reset();
        longGaps.clear();
        startNs = System.nanoTime();
        stealMs = Meter.stolenMs();
    }

    /** The times between two looks, as measured so far. */
    Histogram gaps() {
        return gaps.copy();
    }

    /** What was measured, in one line. */
    String report(String what) {
        return String.format(
                Locale.ROOT,
                "the core, %s: longest gap %.2f ms, p99.99 %.2f ms, p99.9 %.3f ms, of %,d; stolen %d ms; above 5 ms: %s",
                what,
                gaps.getMaxValue() / 1e6,
                gaps.getValueAtPercentile(99.99) / 1e6,
                gaps.getValueAtPercentile(99.9) / 1e6,
                gaps.getTotalCount(),
                Meter.stolenMs() - stealMs,
                longGaps);
    }

    private void noteLong(long gapNs, long nowNs) {
        if (gapNs > LONG_NS && longGaps.size() < MOST_TOLD) {
            longGaps.add(String.format(Locale.ROOT, "%.1f ms at %.1f s", gapNs / 1e6, (nowNs - startNs) / 1e9));
        }
    }
}
