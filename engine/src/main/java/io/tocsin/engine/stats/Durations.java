package io.tocsin.engine.stats;

import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import io.tocsin.engine.view.ClockView;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.IntCountsHistogram;

/**
 * How long the stopped cycles of one clock took. They go into a histogram in milliseconds, to three significant digits; the
 * average is exact, from a sum kept in seconds and nanoseconds apart, so that it cannot overflow. Everything that is added
 * can be taken away again; in between, more may be taken away than was added. Allocates for a duration longer than any
 * before.
 */
final class Durations {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MILLISECOND_NS = 1_000_000L;
    private static final int DIGITS = 3;

    /**
     * Small while nothing has been counted; grows with the longest, as this constructor provides. To say so again with each
     * duration would be a write to a volatile field: a fence, for which every store before it must leave the processor.
     */
    private final AbstractHistogram milliseconds = new IntCountsHistogram(DIGITS);

    private long count;
    private long sumSeconds;
    private long sumNanos;
    private long maxNs;

    long count() {
        return count;
    }

    long stateHash(long hash) {
        return Hashing.fold(Hashing.fold(hash, sumSeconds), sumNanos);
    }

    void add(int sign, long durationNs) {
        count += sign;
        sumSeconds += sign * (durationNs / SECOND_NS);
        sumNanos += sign * (durationNs % SECOND_NS);
        long durationMs = durationNs / MILLISECOND_NS;
        milliseconds.recordValueWithCount(durationMs, sign);
        if (sign > 0) {
            maxNs = Math.max(maxNs, durationNs);
        } else if (milliseconds.valuesAreEquivalent(durationMs, maxNs / MILLISECOND_NS)
                && milliseconds.getCountAtValue(durationMs) == 0) {
            maxNs = count == 0 ? 0 : longestLeftNs();
        }
    }

    /** The histogram as how often which value was counted, the lowest first. */
    void save(SnapshotWriter out) {
        out.number(count);
        out.number(sumSeconds);
        out.number(sumNanos);
        out.number(maxNs);
        for (HistogramIterationValue counted : milliseconds.recordedValues()) {
            out.number(counted.getValueIteratedTo());
            out.number(counted.getCountAtValueIteratedTo());
        }
    }

    void load(SnapshotReader in) {
        count = in.number();
        sumSeconds = in.number();
        sumNanos = in.number();
        maxNs = in.number();
        for (long left = count; left > 0; ) {
            long durationMs = in.upTo(Long.MAX_VALUE / 2);
            long times = in.upTo(left);
            if (times == 0) {
                throw in.damaged("a duration of " + durationMs + " ms was counted 0 times");
            }
            milliseconds.recordValueWithCount(durationMs, times);
            left -= times;
        }
    }

    /** Exact, except after the longest was taken away: then to three significant digits. */
    long maxNs() {
        if (count == 0) {
            return ClockView.NONE;
        }
        if (milliseconds.getCountAtValue(maxNs / MILLISECOND_NS) <= 0) {
            maxNs = longestLeftNs();
        }
        return maxNs;
    }

    private long longestLeftNs() {
        return milliseconds.getValueAtPercentile(100) * MILLISECOND_NS;
    }

    long averageNs() {
        if (count == 0) {
            return ClockView.NONE;
        }
        long wholeSeconds = sumSeconds / count;
        long restNs = sumSeconds % count * SECOND_NS / count;
        return wholeSeconds * SECOND_NS + restNs + sumNanos / count;
    }

    long quantileNs(double percentile) {
        if (count == 0) {
            return ClockView.NONE;
        }
        return Math.min(maxNs(), milliseconds.getValueAtPercentile(percentile) * MILLISECOND_NS);
    }
}
