package io.tocsin.benchmarks.peer.timers;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.tocsin.benchmarks.peer.TimerMix;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.IntConsumer;

/** {@link ScheduledThreadPoolExecutor} with one thread; cancelled tasks leave its queue at once. */
final class ScheduledExecutorTimers implements TimerStructure.Threaded {
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
    private final Future<?>[] futures;
    private final IntConsumer fired;
    private final long madeNs = System.nanoTime();

    ScheduledExecutorTimers(int count, IntConsumer fired) {
        futures = new Future<?>[count];
        this.fired = fired;
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void schedule(int timer, long deadlineNs) {
        long delayNs = deadlineNs - TimerMix.START_NS - (System.nanoTime() - madeNs);
        futures[timer] = executor.schedule(() -> fired.accept(timer), delayNs, NANOSECONDS);
    }

    @Override
    public void cancel(int timer) {
        futures[timer].cancel(false);
    }

    @Override
    public long armedCount() {
        return executor.getQueue().size();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
