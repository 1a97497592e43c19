package io.tocsin.app.whatif;

import io.tocsin.engine.view.ClockView;
import java.util.Arrays;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/** The figures of one clock in one group under one policy, exact. Durations are of stopped cycles. One thread. */
final class Tally {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int P90 = 90;

    private final long[] counts = new long[Outcome.values().length];
    private final LongArrayList durationsNs = new LongArrayList();
    private long sumSeconds;
    private long sumNs;

    void add(CycleFate fate) {
        counts[fate.outcome().ordinal()]++;
        if (fate.hasResult()) {
            long elapsedNs = fate.clock().elapsedNs();
            durationsNs.addLong(elapsedNs);
            sumSeconds += elapsedNs / SECOND_NS;
            sumNs += elapsedNs % SECOND_NS;
        }
    }

    long count(Outcome outcome) {
        return counts[outcome.ordinal()];
    }

    /** met / (met + breached), or null when there is none of either. */
    @Nullable
    Double attainment() {
        long judged = count(Outcome.MET) + count(Outcome.BREACHED);
        return judged == 0 ? null : (double) count(Outcome.MET) / judged;
    }

    /** {@link ClockView#NONE} when nothing has stopped. */
    long averageNs() {
        long count = durationsNs.size();
        return count == 0
                ? ClockView.NONE
                : sumSeconds / count * SECOND_NS + (sumSeconds % count * SECOND_NS + sumNs) / count;
    }

    /** The shortest that nine tenths are not longer than; {@link ClockView#NONE} when nothing has stopped. */
    long p90Ns() {
        int count = durationsNs.size();
        if (count == 0) {
            return ClockView.NONE;
        }
        long[] sorted = durationsNs.toLongArray();
        Arrays.sort(sorted);
        return sorted[(int) (((long) count * P90 + 99) / 100) - 1];
    }

    boolean isEmpty() {
        return Arrays.stream(counts).sum() == 0;
    }
}
