package io.tocsin.benchmarks;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.tocsin.benchmarks.peer.TimerMix;
import io.tocsin.engine.timer.TimerWheel;
import io.tocsin.engine.timer.Timers;
import org.agrona.DeadlineTimerWheel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the timer wheel costs with a million timers armed over 72 hours, and with all of them due in one instant:
 * {@code benchmarks/run TimerWheelBenchmark}. With {@code -jvmArgsAppend -Dtimers=10000000} there are ten million of them.
 *
 * {@code churn} is one cancel and one schedule of a random timer; {@code agronaChurn} is the same in Agrona's wheel with
 * ticks of the same length and enough spokes for 18 minutes, its ids kept in an array. {@code expiry} is one timer that
 * fires and is armed again 72 hours later, {@code idle} an {@code expire} with nothing due. {@code crowd} fires all the
 * timers of one instant without having had the time to move them ahead; {@code crowdSchedule} arms them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xms2g")
public class TimerWheelBenchmark {
    private static final long START_NS = TimerMix.START_NS;
    private static final long SPAN_NS = TimerMix.SPAN_NS;
    private static final int TIMERS = Integer.getInteger("timers", 1_000_000);

    /** The wheel with its timers spread evenly at random. */
    @State(Scope.Thread)
    public static class Spread {
        final TimerWheel wheel = new TimerWheel(timer -> timer, TIMERS);
        final Timers.Handler rearming = (timer, deadlineNs) -> wheel.schedule(timer, deadlineNs + SPAN_NS);
        final long stepNs = SPAN_NS / TIMERS;
        long nowNs = START_NS;
        private final TimerMix mix = new TimerMix(TIMERS);

        /** Arms all timers. */
        @Setup
        public void arm() {
            wheel.expire(nowNs, 1, (timer, deadlineNs) -> {});
            mix.armAll(wheel::schedule);
        }

        /** Every timer must still be armed. */
        @TearDown
        public void check() {
            require(wheel.armedCount() == TIMERS, "armed: " + wheel.armedCount());
        }
    }

    /** Agrona's wheel with the same timers. */
    @State(Scope.Thread)
    public static class AgronaSpread {
        private final DeadlineTimerWheel wheel = new DeadlineTimerWheel(NANOSECONDS, START_NS, 1 << 20, 1 << 20);
        private final TimerMix mix = new TimerMix(TIMERS);
        private final long[] ids = new long[TIMERS];

        /** Arms all timers. */
        @Setup
        public void arm() {
            mix.armAll((timer, deadlineNs) -> ids[timer] = wheel.scheduleTimer(deadlineNs));
        }

        /** Every timer must still be armed. */
        @TearDown
        public void check() {
            require(wheel.timerCount() == TIMERS, "armed: " + wheel.timerCount());
        }
    }

    /** The wheel with all its timers in one instant, eight hours ahead; ranks are in no order. */
    @State(Scope.Thread)
    public static class Crowd {
        final long dueNs = START_NS + HOURS.toNanos(8);
        final TimerWheel wheel = new TimerWheel(timer -> timer * 0x9E3779B97F4A7C15L, TIMERS);

        /** Tells the wheel the time. */
        @Setup
        public void start() {
            wheel.expire(START_NS, 1, (timer, deadlineNs) -> {});
        }

        void schedule(long deadlineNs) {
            for (int timer = 0; timer < TIMERS; timer++) {
                wheel.schedule(timer, deadlineNs);
            }
        }
    }

    /** A crowd about to be due. */
    @State(Scope.Thread)
    public static class DueCrowd extends Crowd {
        private long nowNs = START_NS;

        /** Arms all for an instant that was too far away so far to be moved ahead. */
        @Setup(Level.Invocation)
        public void arm() {
            nowNs += HOURS.toNanos(8);
            schedule(nowNs);
        }
    }

    /** An empty wheel, timers to be armed. */
    @State(Scope.Thread)
    public static class ComingCrowd extends Crowd {
        /** Disarms all. */
        @TearDown(Level.Invocation)
        public void disarm() {
            require(wheel.armedCount() == TIMERS, "armed: " + wheel.armedCount());
            for (int timer = 0; timer < TIMERS; timer++) {
                wheel.cancel(timer);
            }
        }
    }

    /** One cancel, one schedule. */
    @Benchmark
    public void churn(Spread spread) {
        int choice = spread.mix.next();
        int timer = spread.mix.timer(choice);
        spread.wheel.cancel(timer);
        spread.wheel.schedule(timer, spread.mix.deadlineNs(choice));
    }

    /** One cancel, one schedule. */
    @Benchmark
    public void agronaChurn(AgronaSpread spread) {
        int choice = spread.mix.next();
        int timer = spread.mix.timer(choice);
        spread.wheel.cancelTimer(spread.ids[timer]);
        spread.ids[timer] = spread.wheel.scheduleTimer(spread.mix.deadlineNs(choice));
    }

    /** One expiry and one schedule on average. */
    @Benchmark
    public int expiry(Spread spread) {
        spread.nowNs += spread.stepNs;
        return spread.wheel.expire(spread.nowNs, Integer.MAX_VALUE, spread.rearming);
    }

    /** One look. */
    @Benchmark
    public int idle(Spread spread) {
        return spread.wheel.expire(spread.nowNs, Integer.MAX_VALUE, spread.rearming);
    }

    /** All timers of one instant. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(MILLISECONDS)
    @Warmup(iterations = 10)
    @Measurement(iterations = 20)
    public int crowd(DueCrowd crowd) {
        int fired = crowd.wheel.expire(crowd.nowNs + 1, Integer.MAX_VALUE, (timer, deadlineNs) -> {});
        require(fired == TIMERS, "fired: " + fired);
        return fired;
    }

    /** All timers for one instant. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(MILLISECONDS)
    @Warmup(iterations = 10)
    @Measurement(iterations = 20)
    public void crowdSchedule(ComingCrowd crowd) {
        crowd.schedule(crowd.dueNs);
    }

    private static void require(boolean holds, String found) {
        if (!holds) {
            throw new IllegalStateException("the wheel has lost or made up timers; " + found);
        }
    }
}
