package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.Test;

/** What is said of a clock that is set, told from one that is not. */
class ClockWatchTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);
    private static final long START_NS = Instant.parse("2026-11-22T12:00:00Z").getEpochSecond() * SECOND_NS;

    private final List<String> told = new ArrayList<>();
    private long nowNs = START_NS;
    private long steadyNs = 5;
    private long heldUpNs;

    @Test
    void shouldSayNothingOfAClockThatGoesRight() {
        ClockWatch watch = watch(START_NS);
        for (int second = 0; second < 100; second++) {
            pass(SECOND_NS);
            watch.look();
        }
        pass(HOUR_NS);
        watch.look();
        assertThat(told).isEmpty();
    }

    @Test
    void shouldSayNothingOfAClockThatIsLedToTheRightTimeSlowly() {
        ClockWatch watch = watch(START_NS);
        for (int second = 0; second < 10_000; second++) {
            pass(SECOND_NS);
            nowNs -= SECOND_NS / 2_000;
            watch.look();
        }
        set(-SECOND_NS);
        watch.look();
        set(SECOND_NS);
        watch.look();
        assertThat(told).isEmpty();
    }

    @Test
    void shouldSayHowFarTheClockWasSetForward() {
        ClockWatch watch = watch(START_NS);
        pass(SECOND_NS);
        set(3 * HOUR_NS);
        watch.look();
        pass(SECOND_NS);
        watch.look();
        assertThat(told)
                .containsExactly("the system clock was set forward by 3h, or the machine slept: engine time follows,"
                        + " and what fell due is announced now");
    }

    @Test
    void shouldSayHowFarTheClockWasSetBackUntilWhenTimeStandsStillAndWhenItGoesOn() {
        ClockWatch watch = watch(START_NS);
        pass(SECOND_NS);
        set(-2 * HOUR_NS - 1_540_000_000L);
        watch.look();
        pass(2 * HOUR_NS);
        watch.look();
        assertThat(told)
                .containsExactly("the system clock was set back by 2h1.5s: engine time stands still until the clock is"
                        + " at 2026-11-22T12:00:01Z again; events are taken and kept, what falls due is announced"
                        + " then");
        pass(2 * SECOND_NS);
        watch.look();
        pass(SECOND_NS);
        watch.look();
        assertThat(told.subList(1, told.size())).containsExactly("the system clock has caught up: engine time goes on");
    }

    @Test
    void shouldKeepTheFarthestTimeOverSeveralSteps() {
        ClockWatch watch = watch(START_NS);
        set(-3 * HOUR_NS);
        watch.look();
        set(-HOUR_NS);
        watch.look();
        set(2 * HOUR_NS);
        watch.look();
        set(2 * HOUR_NS);
        watch.look();
        String until = "engine time stands still until the clock is at 2026-11-22T12:00:00Z again; events are taken and"
                + " kept, what falls due is announced then";
        assertThat(told)
                .containsExactly(
                        "the system clock was set back by 3h: " + until,
                        "the system clock was set back by 1h: " + until,
                        "the system clock was set forward by 2h and is still behind: " + until,
                        "the system clock was set forward by 2h and has caught up: engine time goes on, and what fell"
                                + " due is announced now");
    }

    @Test
    void shouldSayWhenTheClockIsBehindFromTheStart() {
        ClockWatch watch = watch(START_NS + HOUR_NS);
        pass(HOUR_NS);
        watch.look();
        assertThat(told)
                .containsExactly(
                        "the system clock is 1h behind what the data folder has come to: engine time stands still until"
                                + " the clock is at 2026-11-22T13:00:00Z again; events are taken and kept, what falls"
                                + " due is announced then",
                        "the system clock has caught up: engine time goes on");
    }

    /** Such as by a collector, a stopped process or a busy machine. */
    @Test
    void shouldNotTakeBeingHeldUpForAStep() {
        heldUpNs = 2 * SECOND_NS;
        ClockWatch watch = watch(START_NS);
        pass(SECOND_NS);
        watch.look();
        heldUpNs = 2 * SECOND_NS;
        watch.look();
        pass(SECOND_NS);
        watch.look();
        assertThat(told).isEmpty();
    }

    @Test
    void shouldLookByItself() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        SystemEpochNanoClock real = new SystemEpochNanoClock();
        AtomicLong setNs = new AtomicLong();
        try (ClockWatch watch =
                new ClockWatch(() -> real.nanoTime() + setNs.get(), System::nanoTime, real.nanoTime(), lines::add)) {
            watch.start();
            setNs.set(-HOUR_NS);
            assertThat(lines.poll(30, TimeUnit.SECONDS)).startsWith("the system clock was set back by 1h: ");
            setNs.set(0);
            assertThat(lines.poll(30, TimeUnit.SECONDS)).startsWith("the system clock was set forward by 1h and");
        }
    }

    private ClockWatch watch(long engineNs) {
        return new ClockWatch(this::readClock, () -> steadyNs, engineNs, told::add);
    }

    /** The thread may be held up, once, between the two clocks. */
    private long readClock() {
        pass(heldUpNs);
        heldUpNs = 0;
        return nowNs;
    }

    private void pass(long durationNs) {
        nowNs += durationNs;
        steadyNs += durationNs;
    }

    private void set(long stepNs) {
        nowNs += stepNs;
    }
}
