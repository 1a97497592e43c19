package io.tocsin.benchmarks;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.benchmarks.peer.TimerMix;
import io.tocsin.engine.timer.TimerWheel;
import io.tocsin.engine.timer.Timers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long one step of the timer wheel takes, whatever state it is in: {@code benchmarks/run wheel-steps [TIMERS]}, with
 * 10,000,000 unless told otherwise. A step is one {@link TimerWheel#expireSome} of at most {@value #LIMIT} timers, as the core
 * takes one a cycle; the next one comes at once if something is left, and otherwise when the state says.
 *
 * <p>The states: timers spread over 72 hours; a million of them (or all, if fewer) on one instant, with a step every
 * millisecond or every 50 µs before it, or none for a minute, so that nothing was moved ahead; the same number armed for an
 * instant 100 ms ahead; and an hour in which there was no step. Each is measured in rounds after a run to warm up. Beside
 * the steps stands an empty one, measured like them: what it takes at most is the machine's, as are most of the longest ones.
 */
public final class WheelStepsRun {
    private static final int LIMIT = 256;
    private static final String TASK = "wheel-steps";
    private static final int CROWD = 1_000_000;
    private static final int FEW = 200_000;
    private static final long NEVER_CALLED = 0;
    private static final String ROW = "%-52s %12s %10s %10s %10s %22s %s%n";

    private final int count;
    private final int rounds;
    /** None while warming up. */
    private final @Nullable Results results;

    private final Histogram lengths = new Histogram(HOURS.toNanos(1), 3);
    private final InOrder fired = new InOrder();

    private WheelStepsRun(int count, int rounds, @Nullable Results results) {
        this.count = count;
        this.rounds = rounds;
        this.results = results;
    }

    /** {@code HOME TIMERS ROUNDS} */
    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        Results results = new Results(TASK);
        new WheelStepsRun(Math.min(count, FEW), rounds, null).run();
        System.out.printf(Locale.ROOT, "%,d timers; one step of at most %d timers, in µs%n", count, LIMIT);
        System.out.printf(ROW, "", "steps", "p50", "p99.99", "longest", "of each round", "stolen, ms");
        new WheelStepsRun(count, rounds, results).run();
        results.write(Path.of(args[0]));
    }

    private void run() {
        measure("nothing: two looks at the clock", this::empty);
        measure("spread over 72 h, a step a ms, for an hour", this::spread);
        measure("spread over 72 h, no step for an hour", this::slept);
        measure("crowd on one instant, a step a ms", () -> crowd(SECONDS.toNanos(60), MILLISECONDS.toNanos(1)));
        measure("crowd on one instant, a step every 50 µs", () -> crowd(SECONDS.toNanos(60), MICROSECONDS.toNanos(50)));
        measure("crowd on one instant, no step for a minute", () -> crowd(SECONDS.toNanos(60), NEVER_CALLED));
        measure(
                "crowd armed 100 ms ahead, a step a ms",
                () -> crowd(MILLISECONDS.toNanos(100), MILLISECONDS.toNanos(1)));
    }

    private void measure(String what, Runnable state) {
        Histogram all = new Histogram(HOURS.toNanos(1), 3);
        StringBuilder longest = new StringBuilder();
        long stolenMs = Meter.stolenMs();
        for (int round = 0; round < rounds; round++) {
            lengths.reset();
            state.run();
            longest.append(String.format(Locale.ROOT, " %.1f", lengths.getMaxValue() / 1e3));
            all.add(lengths);
            if (results != null) {
                add(results.row(what, TASK), round + 1);
            }
        }
        if (results != null) {
            System.out.printf(
                    ROW,
                    what,
                    String.format(Locale.ROOT, "%,d", all.getTotalCount()),
                    us(all.getValueAtPercentile(50)),
                    us(all.getValueAtPercentile(99.99)),
                    us(all.getMaxValue()),
                    longest.toString().strip(),
                    Meter.stolenMs() - stolenMs);
        }
    }

    private void add(Map<String, Object> row, int round) {
        row.put("round", round);
        row.put("steps", lengths.getTotalCount());
        row.put("p50Ns", lengths.getValueAtPercentile(50));
        row.put("p99Ns", lengths.getValueAtPercentile(99));
        row.put("p999Ns", lengths.getValueAtPercentile(99.9));
        row.put("p9999Ns", lengths.getValueAtPercentile(99.99));
        row.put("maxNs", lengths.getMaxValue());
    }

    private static String us(long ns) {
        return String.format(Locale.ROOT, "%.2f", ns / 1e3);
    }

    // ---- states

    private void empty() {
        for (int i = 0; i < HOURS.toMillis(1); i++) {
            long beforeNs = System.nanoTime();
            lengths.recordValue(System.nanoTime() - beforeNs);
        }
    }

    private void spread() {
        TimerWheel wheel = spreadWheel();
        long endNs = TimerMix.START_NS + HOURS.toNanos(1);
        for (long nowNs = TimerMix.START_NS; nowNs < endNs; nowNs += MILLISECONDS.toNanos(1)) {
            steps(wheel, nowNs);
        }
        wheel.expire(endNs, Integer.MAX_VALUE, fired);
        require(fired.count + wheel.armedCount(), count);
    }

    private void slept() {
        TimerWheel wheel = spreadWheel();
        steps(wheel, TimerMix.START_NS + HOURS.toNanos(1));
        require(fired.count + wheel.armedCount(), count);
    }

    /** Among timers that are spread, as it is in a room full of tickets. */
    private void crowd(long aheadNs, long everyNs) {
        int size = Math.min(count, CROWD);
        TimerWheel wheel = newWheel();
        if (count > size) {
            new TimerMix(count - size)
                    .armAll((timer, deadlineNs) -> wheel.schedule(size + timer, deadlineNs + MINUTES.toNanos(10)));
        }
        long dueNs = TimerMix.START_NS + aheadNs;
        steps(wheel, TimerMix.START_NS);
        for (int timer = 0; timer < size; timer++) {
            wheel.schedule(timer, dueNs);
        }
        for (long nowNs = TimerMix.START_NS; everyNs > 0 && nowNs < dueNs; nowNs += everyNs) {
            step(wheel, nowNs);
        }
        steps(wheel, dueNs + 1);
        require(fired.count, size);
        require(wheel.armedCount(), count - size);
    }

    private TimerWheel spreadWheel() {
        TimerWheel wheel = newWheel();
        new TimerMix(count).armAll(wheel::schedule);
        return wheel;
    }

    private TimerWheel newWheel() {
        fired.reset();
        TimerWheel wheel = new TimerWheel(InOrder::rank, count);
        wheel.expireSome(TimerMix.START_NS, 1, fired);
        System.gc();
        return wheel;
    }

    private void steps(TimerWheel wheel, long nowNs) {
        do {
            step(wheel, nowNs);
        } while (wheel.isBehind(nowNs));
    }

    private void step(TimerWheel wheel, long nowNs) {
        long beforeNs = System.nanoTime();
        wheel.expireSome(nowNs, LIMIT, fired);
        lengths.recordValue(System.nanoTime() - beforeNs);
    }

    private static void require(int found, int expected) {
        if (found != expected) {
            throw new IllegalStateException("timers: " + found + " found, " + expected + " expected");
        }
    }

    /** Counts what fires and fails if it is out of order. */
    private static final class InOrder implements Timers.Handler {
        private int count;
        private long lastNs;
        private long lastRank;

        void reset() {
            count = 0;
            lastNs = Long.MIN_VALUE;
        }

        static long rank(int timer) {
            return timer * 0x9E3779B97F4A7C15L;
        }

        @Override
        public void onExpired(int timer, long deadlineNs) {
            long rank = rank(timer);
            if (deadlineNs < lastNs || (deadlineNs == lastNs && rank < lastRank)) {
                throw new IllegalStateException("timer " + timer + " fired out of order");
            }
            lastNs = deadlineNs;
            lastRank = rank;
            count++;
        }
    }
}
