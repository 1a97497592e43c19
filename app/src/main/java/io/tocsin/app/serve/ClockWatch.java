package io.tocsin.app.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * Says when the system clock was set by more than a second, or the machine slept: engine time follows it forward at once
 * and stands still while the clock is behind, and whoever looks at a quiet wallboard ought to know why.
 *
 * <p>Compares the clock with one that nobody can set, once a second on a daemon thread of its own, so that reading the time
 * costs the engine nothing. A clock that is led to the right time slowly is followed without a word.
 */
final class ClockWatch implements AutoCloseable {
    private static final long STEP_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_EVERY_MS = 1_000;
    /** If a look takes so long, this thread was held up between the two clocks, and they cannot be compared. */
    private static final long LONGEST_LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long TENTH_MS = 100;

    private final EpochNanoClock clock;
    private final NanoClock steadyClock;
    private final Consumer<String> tell;
    /** How much more than the steady clock the clock said when they were last compared. */
    private long differenceNs;
    /** What the clock would say had it never been set back: as far as engine time has come. */
    private long reachedNs;

    private boolean isBehind;

    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * A watch that has compared the clocks once.
     *
     * @param engineNs engine time, which is ahead of the clock if that was set back while no server ran
     * @param tell takes one line at a time, on the thread that looks
     */
    ClockWatch(EpochNanoClock clock, NanoClock steadyClock, long engineNs, Consumer<String> tell) {
        this.clock = clock;
        this.steadyClock = steadyClock;
        this.tell = tell;
        long nowNs = compare();
        reachedNs = Math.max(engineNs, nowNs);
        isBehind = reachedNs - nowNs > STEP_NS;
        if (isBehind) {
            tell.accept("the system clock is " + text(reachedNs - nowNs) + " behind what the data folder has come to: "
                    + "engine time " + standsStill());
        }
    }

    /** Goes on to look until it is closed. */
    void start() {
        Thread thread = new Thread(this::lookAgainAndAgain, "tocsin-clock-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** Looks once, and tells one thing at most. One thread at a time. */
    void look() {
        long startNs = steadyClock.nanoTime();
        long nowNs = clock.nanoTime();
        if (steadyClock.nanoTime() - startNs > LONGEST_LOOK_NS) {
            return;
        }
        long stepNs = nowNs - startNs - differenceNs;
        differenceNs += stepNs;
        reachedNs = Math.max(reachedNs, nowNs - Math.min(0, stepNs));
        boolean wasBehind = isBehind;
        isBehind = nowNs < reachedNs && (wasBehind || stepNs < -STEP_NS);
        if (Math.abs(stepNs) > STEP_NS) {
            tell.accept(
                    "the system clock was set " + (stepNs < 0 ? "back" : "forward") + " by " + text(Math.abs(stepNs))
                            + (stepNs < 0 ? ": engine time " + standsStill() : afterForward(wasBehind)));
        } else if (wasBehind && !isBehind) {
            tell.accept("the system clock has caught up: engine time goes on");
        }
    }

    /** Stops to look. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void lookAgainAndAgain() {
        try {
            while (!closed.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The first comparison, which all others build on. */
    private long compare() {
        long startNs;
        long nowNs;
        do {
            startNs = steadyClock.nanoTime();
            nowNs = clock.nanoTime();
        } while (steadyClock.nanoTime() - startNs > LONGEST_LOOK_NS);
        differenceNs = nowNs - startNs;
        return nowNs;
    }

    private String afterForward(boolean wasBehind) {
        if (isBehind) {
            return " and is still behind: engine time " + standsStill();
        }
        return wasBehind
                ? " and has caught up: engine time goes on, and what fell due is announced now"
                : ", or the machine slept: engine time follows, and what fell due is announced now";
    }

    private String standsStill() {
        Instant until = Instant.EPOCH.plus(reachedNs, ChronoUnit.NANOS).truncatedTo(ChronoUnit.SECONDS);
        return "stands still until the clock is at " + until
                + " again; events are taken and kept, what falls due is announced then";
    }

    /** As a policy file writes it, to a tenth of a second: {@code 3h}, {@code 2m0.5s}. */
    private static String text(long durationNs) {
        long tenths = Math.round(durationNs / 1e6 / TENTH_MS);
        return Duration.ofMillis(tenths * TENTH_MS)
                .toString()
                .substring("PT".length())
                .toLowerCase(Locale.ROOT);
    }
}
