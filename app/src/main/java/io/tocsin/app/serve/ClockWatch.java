package io.tocsin.app.serve;

import io.tocsin.app.text.Spans;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * Says when the system clock was set, or the machine slept: engine time follows forward at once and stands still while the
 * clock is behind it, and somebody who looks at a wallboard ought to know why.
 *
 * <p>Compares the clock with one that nobody can set, once a second on a daemon thread of its own, so that reading the
 * time costs the engine nothing. A clock that is led back slowly is followed without a word.
 */
final class ClockWatch implements AutoCloseable {
    private static final long STEP_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_EVERY_NS = TimeUnit.SECONDS.toNanos(1);
    /** Two clocks that were read so far apart say nothing about each other. */
    private static final long MOST_APART_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final EpochNanoClock clock;
    private final NanoClock steadyClock;
    private final Consumer<String> tell;
    /** What the clock was ahead of the steady one when they were last compared. */
    private long aheadNs;
    /** As far as engine time has come, at least; the clock is behind while it says less. */
    private long reachedNs;

    private boolean isBehind;
    private volatile boolean closed;

    /**
     * A watch that has looked once.
     *
     * @param engineNs engine time, which may be ahead of the clock from the start
     * @param tell takes a line, on the thread that looks
     */
    ClockWatch(EpochNanoClock clock, NanoClock steadyClock, long engineNs, Consumer<String> tell) {
        this.clock = clock;
        this.steadyClock = steadyClock;
        this.tell = tell;
        long nowNs = clock.nanoTime();
        aheadNs = nowNs - steadyClock.nanoTime();
        reachedNs = Math.max(engineNs, nowNs);
        if (engineNs - nowNs > STEP_NS) {
            isBehind = true;
            tell.accept("the system clock is " + Spans.text(engineNs - nowNs)
                    + " behind what the data folder has come to" + standsStill());
        }
    }

    /** Looks from now on, until it is closed. */
    ClockWatch start() {
        Thread watcher = new Thread(this::run, "tocsin-clock-watch");
        watcher.setDaemon(true);
        watcher.start();
        return this;
    }

    /** Looks once: one line at most. By one thread at a time. */
    void look() {
        long beforeNs = steadyClock.nanoTime();
        long nowNs = clock.nanoTime();
        if (steadyClock.nanoTime() - beforeNs > MOST_APART_NS) {
            return;
        }
        long stepNs = nowNs - beforeNs - aheadNs;
        aheadNs += stepNs;
        reachedNs = Math.max(reachedNs, nowNs - Math.min(stepNs, 0));
        if (stepNs > STEP_NS) {
            onForward(stepNs, nowNs);
        } else if (stepNs < -STEP_NS) {
            onBack(stepNs);
        } else if (isBehind && nowNs >= reachedNs) {
            isBehind = false;
            tell.accept("the system clock has caught up with engine time, which goes on");
        }
    }
}
