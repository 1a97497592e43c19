package io.tocsin.engine.timer;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the wheel promises beyond the contract: growth, smoothness, order in a crowd, refusals. */
final class TimerWheelTest extends TimersTest {
    private static final long START_NS = SECONDS.toNanos(1_795_318_124L);
    /**
     * A timer that comes to the heap is compared with its parents there, of which it has five at most; both are asked. Those of
     * a crowd are asked once.
     */
    private static final int MOST_RANKED_PER_CALL = 2 * 5 * TimerWheel.WORK_PER_CALL;

    private static final int CROWD = 1_000_000;

    @Override
    Timers create(Timers.Order order) {
        return new TimerWheel(order, 0);
    }

    @Test
    void shouldFireCrowdOfOneInstantInOrderOfRankWithEventsInBetween() {
        TimerWheel wheel = new TimerWheel(TimerWheelTest::shuffledRank, CROWD);
        wheel.expire(START_NS, 1, (timer, deadlineNs) -> {});
        long closingNs = START_NS + HOURS.toNanos(8);
        for (int timer = 0; timer < CROWD; timer++) {
            wheel.schedule(timer, closingNs);
        }

        InOrder inOrder = new InOrder();
        int calls = 0;
        while (wheel.armedCount() > 0) {
            assertThat(wheel.expire(closingNs + 1, 1_000, inOrder)).isEqualTo(1_000);
            calls++;
        }

        assertThat(calls).isEqualTo(CROWD / 1_000);
        assertThat(inOrder.count).isEqualTo(CROWD);
    }

    @Test
    void shouldMoveCrowdAheadOfItsTimeAFewTimersACall() {
        AtomicInteger ranked = new AtomicInteger();
        TimerWheel wheel = new TimerWheel(timer -> shuffledRank(timer) + 0L * ranked.getAndIncrement(), 10_000);
        wheel.expire(START_NS, 1, (timer, deadlineNs) -> {});
        long dueNs = START_NS + SECONDS.toNanos(60);
        for (int timer = 0; timer < 10_000; timer++) {
            wheel.schedule(timer, dueNs);
        }

        int rankedBefore = 0;
        for (long nowNs = START_NS; nowNs < dueNs; nowNs += MILLISECONDS.toNanos(1)) {
            assertThat(wheel.expireSome(nowNs, 1, (timer, deadlineNs) -> {})).isZero();
            assertThat(ranked.get() - rankedBefore).isLessThanOrEqualTo(MOST_RANKED_PER_CALL);
            rankedBefore = ranked.get();
        }

        assertThat(rankedBefore).isGreaterThan(9_000);
    }

    @Test
    void shouldTellWhichTimersComeUpNextWhileTheyAreInTheRing() {
        TimerWheel wheel = new TimerWheel(timer -> timer, 0);
        wheel.expire(START_NS, 1, (timer, deadlineNs) -> {});
        for (int timer = 0; timer < 20; timer++) {
            wheel.schedule(timer, START_NS + MILLISECONDS.toNanos(10L * (timer / 2 + 1)));
        }
        int[] into = new int[12];

        assertThat(wheel.nextUp(START_NS + MILLISECONDS.toNanos(1), into, 0)).isZero();
        assertThat(wheel.nextUp(START_NS + MILLISECONDS.toNanos(35), into, 3)).isEqualTo(6);
        assertThat(Arrays.copyOfRange(into, 3, 9)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        assertThat(wheel.nextUp(START_NS + HOURS.toNanos(1), into, 3)).isEqualTo(9);
        assertThat(wheel.nextUp(START_NS + HOURS.toNanos(1), new int[64], 0)).isEqualTo(20);
    }

    @Test
    void shouldWorkNoMoreThanAllowedACallOnCrowdThatNobodyMovedAhead() {
        AtomicInteger ranked = new AtomicInteger();
        TimerWheel wheel = new TimerWheel(timer -> shuffledRank(timer) + 0L * ranked.getAndIncrement(), CROWD);
        wheel.expireSome(START_NS, 1, (timer, deadlineNs) -> {});
        long dueNs = START_NS + SECONDS.toNanos(60);
        for (int timer = 0; timer < CROWD; timer++) {
            wheel.schedule(timer, dueNs);
        }

        InOrder inOrder = new InOrder();
        while (wheel.isBehind(dueNs + 1)) {
            int rankedBefore = ranked.get();
            assertThat(wheel.expireSome(dueNs + 1, 100, inOrder)).isLessThanOrEqualTo(100);
            assertThat(ranked.get() - rankedBefore).isLessThanOrEqualTo(MOST_RANKED_PER_CALL);
        }

        assertThat(inOrder.count).isEqualTo(CROWD);
    }

    @Test
    void shouldFireWhatIsArmedCancelledAndArmedAgainWhileItsCrowdIsPutInOrder() {
        TimerWheel wheel = new TimerWheel(TimerWheelTest::shuffledRank, CROWD);
        wheel.expireSome(START_NS, 1, (timer, deadlineNs) -> {});
        long dueNs = START_NS + SECONDS.toNanos(60);
        for (int timer = 0; timer < 20_000; timer++) {
            wheel.schedule(timer, dueNs);
        }
        InOrder inOrder = new InOrder();
        int cancelled = 0;
        for (int timer = 0; inOrder.count == 0; timer++) {
            wheel.expireSome(dueNs + 1, 1, inOrder);
            WheelIntegrity.check(wheel);
            int other = timer * 31 % 20_000;
            if (inOrder.count == 0 && wheel.deadlineNs(other) == dueNs) {
                wheel.cancel(other);
                if (timer % 3 == 0) {
                    wheel.schedule(other, dueNs);
                } else {
                    cancelled++;
                }
            }
        }

        wheel.expire(dueNs + 1, CROWD, inOrder);

        assertThat(inOrder.count).isEqualTo(20_000 - cancelled);
        assertThat(wheel.armedCount()).isZero();
    }

    @Test
    void shouldTakeTheNextCrowdWhenAllOfOneWereCancelled() {
        TimerWheel wheel = new TimerWheel(TimerWheelTest::shuffledRank, 10_000);
        InOrder inOrder = new InOrder();
        long dueNs = START_NS + SECONDS.toNanos(60);
        for (int round = 0; round < 20; round++) {
            for (int timer = 0; timer < 10_000; timer++) {
                wheel.schedule(timer, dueNs);
            }
            for (int calls = 10 * round; calls > 0; calls--) {
                wheel.expireSome(dueNs + 1, 0, inOrder);
            }
            for (int timer = 0; timer < 10_000; timer++) {
                wheel.cancel(timer);
            }
            WheelIntegrity.check(wheel);
            dueNs += SECONDS.toNanos(60);
        }

        assertThat(inOrder.count).isZero();
        assertThat(wheel.earliestNs()).isEqualTo(Timers.NEVER);
    }

    @Test
    void shouldTellTheEarliestDeadlineWhileCrowdIsHalfMoved() {
        TimerWheel wheel = new TimerWheel(timer -> timer, 2_000);
        wheel.expire(START_NS, 1, (timer, deadlineNs) -> {});
        long dueNs = START_NS + SECONDS.toNanos(60);
        for (int timer = 0; timer < 2_000; timer++) {
            wheel.schedule(timer, dueNs + timer);
        }

        for (long nowNs = dueNs - SECONDS.toNanos(6); nowNs < dueNs; nowNs += MILLISECONDS.toNanos(25)) {
            wheel.expireSome(nowNs, 1, (timer, deadlineNs) -> {});
            WheelIntegrity.check(wheel);
            assertThat(wheel.earliestNs()).isEqualTo(dueNs);
        }
    }

    @Test
    void shouldKeepOrderInCrowdThatIsHalfMovedWhenItsTimeComes() {
        long dueNs = ((START_NS >> 32) + 10) << 32;
        for (int callsAhead = 0; callsAhead < 10; callsAhead++) {
            TimerWheel wheel = new TimerWheel(TimerWheelTest::shuffledRank, 2_000);
            wheel.expire(START_NS, 1, (timer, deadlineNs) -> {});
            for (int timer = 0; timer < 2_000; timer++) {
                wheel.schedule(timer, dueNs);
            }
            for (int call = callsAhead; call > 0; call--) {
                wheel.expireSome(dueNs - MILLISECONDS.toNanos(call), 1, (timer, deadlineNs) -> {});
            }

            assertThat(wheel.expire(dueNs + 1, 2_000, new InOrder())).isEqualTo(2_000);
        }
    }

    @Test
    void shouldGrowWithTheHighestTimerArmed() {
        TimerWheel wheel = new TimerWheel(TimerWheelTest::shuffledRank, 10);
        wheel.schedule(9, START_NS);
        wheel.schedule(65_536, START_NS);
        wheel.schedule(Integer.MAX_VALUE, START_NS);
        wheel.schedule(20_000_000, START_NS);

        WheelIntegrity.check(wheel);
        assertThat(wheel.armedCount()).isEqualTo(4);
        assertThat(wheel.expire(START_NS + 1, 10, new InOrder())).isEqualTo(4);
    }

    @Test
    void shouldRefuseNegativeTimersAndCapacity() {
        TimerWheel wheel = new TimerWheel(timer -> timer, 10);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> wheel.schedule(-1, START_NS))
                .withMessage("timer is -1, must be a slot number of 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimerWheel(timer -> timer, -5))
                .withMessage("initial capacity is -5, must be 0 or more timers");
        assertThat(wheel.armedCount()).isZero();
    }

    @Test
    void shouldDoNoHarmWhenTimeGoesBackwards() {
        TimerWheel wheel = new TimerWheel(timer -> timer, 10);
        InOrder inOrder = new InOrder();
        wheel.schedule(1, START_NS + 10);
        wheel.expire(START_NS + 5, 10, inOrder);

        assertThat(wheel.expire(0, 10, inOrder)).isZero();
        wheel.schedule(2, START_NS - 5);
        assertThat(wheel.expire(START_NS - 4, 10, inOrder)).isOne();
        assertThat(wheel.expire(START_NS + 11, 10, inOrder)).isOne();
    }

    /** A number of its own for each timer, in no order. */
    private static long shuffledRank(int timer) {
        return timer * 0x9E3779B97F4A7C15L;
    }

    private static final class InOrder implements Timers.Handler {
        private long lastDeadlineNs = Long.MIN_VALUE;
        private long lastRank;
        private int count;

        @Override
        public void onExpired(int timer, long deadlineNs) {
            long rank = shuffledRank(timer);
            if (deadlineNs < lastDeadlineNs || (deadlineNs == lastDeadlineNs && rank <= lastRank)) {
                throw new AssertionError("out of order: timer " + timer + " as number " + count);
            }
            lastDeadlineNs = deadlineNs;
            lastRank = rank;
            count++;
        }
    }
}
