package io.tocsin.engine.pipeline;

import io.tocsin.engine.view.LatencyBuckets;
import io.tocsin.engine.view.LatencyBuckets.Buckets;
import io.tocsin.engine.view.LatencyView.Quantiles;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
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
        record(durationNs, 1);
    }

    /** As above, of so many that took as long. */
    void record(long durationNs, int count) {
        recorder.recordValueWithCount(Math.min(HIGHEST_NS, Math.max(0, durationNs)), count);
    }

    /** Any thread. */
    synchronized Buckets buckets() {
        addUp();
        long[] counts = new long[LatencyBuckets.BOUNDS_NS.size() + 1];
        double sumNs = 0;
        int bucket = 0;
        for (HistogramIterationValue value : sum.recordedValues()) {
            long ns = sum.medianEquivalentValue(value.getValueIteratedTo());
            while (bucket < LatencyBuckets.BOUNDS_NS.size() && ns > LatencyBuckets.BOUNDS_NS.get(bucket)) {
                bucket++;
            }
            counts[bucket] += value.getCountAtValueIteratedTo();
            sumNs += (double) ns * value.getCountAtValueIteratedTo();
        }
        return new Buckets(LongStream.of(counts).boxed().toList(), sumNs);
    }

    /** Any thread. */
    synchronized Quantiles quantiles() {
        addUp();
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

    private void addUp() {
        interval = recorder.getIntervalHistogram(interval);
        sum.add(interval);
    }
}
