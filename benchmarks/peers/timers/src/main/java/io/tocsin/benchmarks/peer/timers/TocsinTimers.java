package io.tocsin.benchmarks.peer.timers;

import io.tocsin.benchmarks.peer.TimerMix;
import io.tocsin.engine.timer.TimerWheel;
import io.tocsin.engine.timer.Timers;
import java.util.function.IntConsumer;

/** Tocsin's wheel. Fires in the order of (deadline, rank), ranks being in no order of the timers' numbers. */
final class TocsinTimers implements TimerStructure.Polled {
    private final TimerWheel wheel;
    private final Timers.Handler handler;

    TocsinTimers(int count, IntConsumer fired) {
        wheel = new TimerWheel(timer -> timer * 0x9E3779B97F4A7C15L, count);
        handler = (timer, deadlineNs) -> fired.accept(timer);
        wheel.expire(TimerMix.START_NS, 1, handler);
    }

    @Override
    public void schedule(int timer, long deadlineNs) {
        wheel.schedule(timer, deadlineNs);
    }

    @Override
    public void cancel(int timer) {
        wheel.cancel(timer);
    }

    @Override
    public void poll(long nowNs) {
        wheel.expire(nowNs, Integer.MAX_VALUE, handler);
    }

    @Override
    public long armedCount() {
        return wheel.armedCount();
    }
}
