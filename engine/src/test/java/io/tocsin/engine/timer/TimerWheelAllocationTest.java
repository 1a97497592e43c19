package io.tocsin.engine.timer;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The wheel makes no garbage once it has its size. */
final class TimerWheelAllocationTest {
    private static final long START_NS = SECONDS.toNanos(1_795_318_124L);
    private static final int TIMERS = 50_000;
    private static final int ROUNDS = 20;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final TimerWheel wheel = new TimerWheel(timer -> timer, TIMERS);
    private final Timers.Handler rearming = this::onExpired;
    private long nowNs = START_NS;
    private int fired;

    @Test
    void shouldAllocateNothingInSteadyState() {
        live(ROUNDS);
        int firedBefore = fired;

        long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        live(ROUNDS);
        long bytesAfter = threads.getCurrentThreadAllocatedBytes();

        assertThat(fired - firedBefore).isGreaterThan(TIMERS);
        assertThat(bytesAfter - bytesBefore).isZero();
    }

    private void live(int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int timer = 0; timer < TIMERS; timer++) {
                wheel.schedule(timer, nowNs + timer * HOURS.toNanos(72) / TIMERS);
            }
            for (int timer = round; timer < TIMERS; timer += 10) {
                wheel.cancel(timer);
            }
            for (int hour = 0; hour < 30; hour++) {
                nowNs += HOURS.toNanos(1);
                while (wheel.expire(nowNs, 1_000, rearming) == 1_000) {
                    fired += 1_000;
                }
            }
        }
    }

    private void onExpired(int timer, long deadlineNs) {
        if (timer % 2 == 0) {
            wheel.schedule(timer, deadlineNs + HOURS.toNanos(4));
        }
    }
}
