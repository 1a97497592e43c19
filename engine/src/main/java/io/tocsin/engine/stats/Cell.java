package io.tocsin.engine.stats;

import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.clock.Outcome;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.TicketFigures;
import java.util.Arrays;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.IntCountsHistogram;

/**
 * The figures of one group of tickets. Everything that is added can be taken away again, because figures are corrected.
 * Durations go into the histogram in milliseconds, to three significant digits; the average is exact, from a sum kept in
 * seconds and nanoseconds apart, so that it cannot overflow. Allocates when a clock is counted for the first time, or a
 * duration longer than any before.
 */
final class Cell {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MILLISECOND_NS = 1_000_000L;
    private static final int DIGITS = 3;

    private long[] outcomes = new long[0];
    private Durations[] durations = new Durations[0];
    private long opened;
    private long resolved;
    private long reopened;
    private long abandoned;
    private long open;

    void addFlow(int sign, long resolvedCount, long reopenedCount, long abandonedCount, boolean isOpen) {
        opened += sign;
        resolved += sign * resolvedCount;
        reopened += sign * reopenedCount;
        abandoned += sign * abandonedCount;
        open += isOpen ? sign : 0;
    }

    void add(int sign, int clock, Outcome outcome, long countedNs) {
        if (outcome == Outcome.UNCOUNTED) {
            return;
        }
        makeRoom(clock);
        outcomes[clock * Outcome.COUNT + outcome.code()] += sign;
        if (countedNs != CycleStore.NOT_COUNTED) {
            durations[clock].add(sign, countedNs);
        }
    }

    boolean isEmpty() {
        return opened == 0;
    }

    long count(int clock, Outcome outcome) {
        int at = clock * Outcome.COUNT + outcome.code();
        return at < outcomes.length ? outcomes[at] : 0;
    }

    TicketFigures ticketFigures() {
        return new TicketFigures(opened, resolved, reopened, abandoned, open);
    }

    ClockFigures clockFigures(int clock) {
        Durations taken = clock < durations.length ? durations[clock] : new Durations();
        return new ClockFigures(
                count(clock, Outcome.RUNNING),
                count(clock, Outcome.PAUSED),
                count(clock, Outcome.MET),
                count(clock, Outcome.BREACHED),
                count(clock, Outcome.CANCELLED),
                taken.averageNs(),
                taken.quantileNs(50),
                taken.quantileNs(90),
                taken.quantileNs(95),
                taken.quantileNs(99),
                taken.maxNs());
    }

    long stateHash() {
        long hash = Hashing.fold(opened, resolved);
        hash = Hashing.fold(Hashing.fold(hash, reopened), Hashing.fold(abandoned, open));
        for (long outcome : outcomes) {
            hash = Hashing.fold(hash, outcome);
        }
        for (Durations taken : durations) {
            hash = Hashing.fold(Hashing.fold(hash, taken.sumSeconds), taken.sumNanos);
        }
        return hash;
    }

    void save(SnapshotWriter out) {
        out.number(opened);
        out.number(resolved);
        out.number(reopened);
        out.number(abandoned);
        out.number(open);
        out.number(durations.length);
        for (long outcome : outcomes) {
            out.number(outcome);
        }
        for (Durations taken : durations) {
            taken.save(out);
        }
    }

    /** Reads what was saved into a new cell. */
    void load(SnapshotReader in, int clockCount) {
        opened = in.number();
        resolved = in.number();
        reopened = in.number();
        abandoned = in.number();
        open = in.number();
        makeRoom(in.upTo(clockCount) - 1);
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = in.number();
        }
        for (Durations taken : durations) {
            taken.load(in);
        }
    }

    private void makeRoom(int clock) {
        int has = durations.length;
        if (clock >= has) {
            outcomes = Arrays.copyOf(outcomes, (clock + 1) * Outcome.COUNT);
            durations = Arrays.copyOf(durations, clock + 1);
            for (int i = has; i <= clock; i++) {
                durations[i] = new Durations();
            }
        }
    }

    /** How long the stopped cycles of one clock took. */
    private static final class Durations {
        /** Small while nothing has been counted; grows with the longest. */
        private final AbstractHistogram milliseconds = new IntCountsHistogram(DIGITS);

        private long count;
        private long sumSeconds;
        private long sumNanos;
        private long maxNs;

        void add(int sign, long durationNs) {
            milliseconds.setAutoResize(true);
            count += sign;
            sumSeconds += sign * (durationNs / SECOND_NS);
            sumNanos += sign * (durationNs % SECOND_NS);
            long durationMs = durationNs / MILLISECOND_NS;
            milliseconds.recordValueWithCount(durationMs, sign);
            if (sign > 0) {
                maxNs = Math.max(maxNs, durationNs);
            } else if (milliseconds.valuesAreEquivalent(durationMs, maxNs / MILLISECOND_NS)
                    && milliseconds.getCountAtValue(durationMs) == 0) {
                maxNs = count == 0 ? 0 : milliseconds.getValueAtPercentile(100) * MILLISECOND_NS;
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
            milliseconds.setAutoResize(true);
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

        /** Exact, except after the longest was corrected away: then to three significant digits. */
        long maxNs() {
            return count == 0 ? ClockView.NONE : maxNs;
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
            return Math.min(maxNs, milliseconds.getValueAtPercentile(percentile) * MILLISECOND_NS);
        }
    }
}
