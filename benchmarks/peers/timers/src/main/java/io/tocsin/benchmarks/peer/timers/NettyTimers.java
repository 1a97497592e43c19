package io.tocsin.benchmarks.peer.timers;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.tocsin.benchmarks.peer.TimerMix;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;

/**
 * Netty's wheel as it comes: ticks of 100 ms, 512 of them. Scheduling and cancelling only tell its thread, which does the
 * work at its next tick.
 */
final class NettyTimers implements TimerStructure.Threaded {
    private static final int TICK_MS = 100;
    private static final int TICKS = 512;

    private final HashedWheelTimer wheel =
            new HashedWheelTimer(Executors.defaultThreadFactory(), TICK_MS, MILLISECONDS, TICKS, false);
    private final Timeout[] timeouts;
    private final IntConsumer fired;
    private final long madeNs = System.nanoTime();

    NettyTimers(int count, IntConsumer fired) {
        timeouts = new Timeout[count];
        this.fired = fired;
        wheel.start();
    }

    @Override
    public void schedule(int timer, long deadlineNs) {
        long delayNs = deadlineNs - TimerMix.START_NS - (System.nanoTime() - madeNs);
        timeouts[timer] = wheel.newTimeout(timeout -> fired.accept(timer), delayNs, NANOSECONDS);
    }

    @Override
    public void cancel(int timer) {
        timeouts[timer].cancel();
    }

    @Override
    public long armedCount() {
        return wheel.pendingTimeouts();
    }

    @Override
    public void close() {
        wheel.stop();
    }
}
