package io.tocsin.benchmarks.peer.timers;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.tocsin.benchmarks.peer.TimerMix;
import java.util.function.IntConsumer;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2LongHashMap;

/**
 * Agrona's wheel with ticks of 2^20 ns (1 ms) and 2^20 spokes, the setting that did best at ten million timers. It gives ids
 * of its own: an array finds a timer's id, and a map the timer of an id that fires. The ids hash badly, so they are mixed.
 */
final class AgronaTimers implements TimerStructure.Polled {
    private static final long TICK_NS = 1 << 20;
    private static final int SPOKES = 1 << 20;
    private static final int NONE = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final DeadlineTimerWheel wheel = new DeadlineTimerWheel(NANOSECONDS, TimerMix.START_NS, TICK_NS, SPOKES);
    private final long[] ids;
    private final Long2LongHashMap timers = new Long2LongHashMap(NONE);
    private final DeadlineTimerWheel.TimerHandler handler;

    AgronaTimers(int count, IntConsumer fired) {
        ids = new long[count];
        handler = (unit, nowNs, id) -> {
            fired.accept((int) timers.remove(id * MIX));
            return true;
        };
    }

    @Override
    public void schedule(int timer, long deadlineNs) {
        long id = wheel.scheduleTimer(deadlineNs);
        ids[timer] = id;
        timers.put(id * MIX, timer);
    }

    @Override
    public void cancel(int timer) {
        wheel.cancelTimer(ids[timer]);
        timers.remove(ids[timer] * MIX);
    }

    @Override
    public void poll(long nowNs) {
        wheel.poll(nowNs, handler, Integer.MAX_VALUE);
    }

    @Override
    public long armedCount() {
        return wheel.timerCount();
    }
}
