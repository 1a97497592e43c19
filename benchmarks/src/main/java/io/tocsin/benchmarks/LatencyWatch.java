package io.tocsin.benchmarks;

import io.tocsin.engine.pipeline.EventJournal;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Sees from inside when an event was applied and when it was on the device, against when it was planned to be sent, and when the
 * sender, having woken up, handed it over. The core
 * looks at this clock when it has applied what it drained together, so that look is the time for all of it; what was
 * committed before the journal was forced is safe when that returns. Events are known by their order.
 *
 * <p>The core's thread and the sync's write, each its own; others begin and read while nothing is on its way.
 */
final class LatencyWatch implements EpochNanoClock {
    private final EpochNanoClock clock;
    private final int group;
    private final Histogram applied = new Histogram(3);
    private final Histogram appliedSinceHandedOver = new Histogram(3);
    private final Histogram durable = new Histogram(3);
    private final Histogram batches = new Histogram(3);
    private volatile @Nullable Thread core;
    private volatile boolean watching;
    private volatile long committedCount;
    private long startNs;
    private long gapNs;
    private long[] handedOverNs = {};
    private long appliedCount;
    private long durableCount;

    /** @param group of how many events each planned time is */
    LatencyWatch(EpochNanoClock clock, int group) {
        this.clock = clock;
        this.group = group;
    }

    /** From now on the first of some groups is planned at the start, and each further one a gap later. */
    void begin(long newStartNs, long newGapNs, int groups) {
        startNs = newStartNs;
        gapNs = newGapNs;
        handedOverNs = new long[groups];
        committedCount = 0;
        appliedCount = 0;
        durableCount = 0;
        applied.reset();
        appliedSinceHandedOver.reset();
        durable.reset();
        batches.reset();
        watching = true;
    }

    /** The sender begins to hand a group over. */
    void handOver(int groupNumber, long nowNs) {
        handedOverNs[groupNumber] = nowNs;
    }

    /** To be called when all that was sent is acknowledged. */
    void end() {
        watching = false;
    }

    @Override
    public long nanoTime() {
        long nowNs = clock.nanoTime();
        if (watching && Thread.currentThread() == core) {
            for (long committed = committedCount; appliedCount < committed; appliedCount++) {
                applied.recordValue(Math.max(0, nowNs - plannedNs(appliedCount)));
                appliedSinceHandedOver.recordValue(Math.max(0, nowNs - handedOverNs[(int) (appliedCount / group)]));
            }
        }
        return nowNs;
    }

    /** The journal, watched. */
    EventJournal watch(EventJournal journal) {
        return new WatchedEvents(journal, this::onBatch, this::onForced);
    }

    /** From planned to applied. */
    Histogram applied() {
        return applied.copy();
    }

    /** From handed over to applied: the same without how late the sender woke up. */
    Histogram appliedSinceHandedOver() {
        return appliedSinceHandedOver.copy();
    }

    /** From planned to on the device; empty if nothing is forced. */
    Histogram durable() {
        return durable.copy();
    }

    /** How many events were drained together. */
    Histogram batches() {
        return batches.copy();
    }

    private void onBatch(long count) {
        core = Thread.currentThread();
        if (watching && count > 0) {
            batches.recordValue(count);
            committedCount += count; // The only thread that does.
        }
    }

    private void onForced(Runnable forcing) {
        long committed = committedCount;
        forcing.run();
        long nowNs = clock.nanoTime();
        for (; watching && durableCount < committed; durableCount++) {
            durable.recordValue(Math.max(0, nowNs - plannedNs(durableCount)));
        }
    }

    private long plannedNs(long event) {
        return startNs + event / group * gapNs;
    }
}
