package io.tocsin.engine.pipeline;

import io.tocsin.engine.view.LatencyView.Quantiles;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * A distribution that one thread records and any thread reads. Recording is wait-free and allocates nothing; readers add
 * up what came since the last one, one at a time.
 */
final class LatencyRecorder {
    /** Longer ones count as an hour. */
    private static final long HIGHEST_NS = 3_600_000_000_000L;

    private static final int DIGITS = 3;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(HIGHEST_NS, DIGITS);
    private final Histogram sum = new Histogram(HIGHEST_NS, DIGITS);

    @Nullable
    private Histogram interval;

    /** The writing thread: one duration; below 0, as of a clock that was corrected, counts as 0. */
    void record(long durationNs) {
        recorder.recordValue(Math.min(HIGHEST_NS, Math.max(0, durationNs)));
    }

    /** Any thread. */
    synchronized Quantiles quantiles() {
        interval = recorder.getIntervalHistogram(interval);
        sum.add(interval);
        long count = sum.getTotalCount();
        if (count == 0) {
            return new Quantiles(0, 0, 0, 0, 0, 0);
        }
        return new Quantiles(
                count,
                sum.getValueAtPercentile(50),
                sum.getValueAtPercentile(90),
                sum.getValueAtPercentile(99),
                sum.getValueAtPercentile(99.9),
                sum.getMaxValue());
    }
}
