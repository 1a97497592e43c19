package io.tocsin.engine.timer;

import static java.util.concurrent.TimeUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Timers} must do; run against the wheel and against its plain twin. */
abstract class TimersTest {
    private static final long START_NS = 1_795_318_124_123_456_789L;
    private static final long FINE_TICK_NS = 1L << 20;
    private static final long COARSE_TICK_NS = 1L << 32;
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final List<Firing> fired = new ArrayList<>();
    private Timers timers;

    /** New timers, to be ordered by the given order within an instant. */
    abstract Timers create(Timers.Order order);

    @BeforeEach
    void createTimersRankedByNumber() {
        timers = create(timer -> timer);
        timers.expire(START_NS, NO_LIMIT, this::record);
    }

    @Test
    void shouldFireOnlyWhatLiesStrictlyBeforeNow() {
        timers.schedule(1, START_NS + 10);
        timers.schedule(2, START_NS + 11);

        assertThat(expire(START_NS + 10)).isZero();
        assertThat(expire(START_NS + 11)).isOne();

        assertThat(fired).containsExactly(new Firing(1, START_NS + 10));
    }

    @Test
    void shouldFireInOrderOfDeadlineFromNearToYearsAhead() {
        long[] aheadNs = {
            DAYS.toNanos(900),
            1,
            DAYS.toNanos(30),
            FINE_TICK_NS,
            2,
            DAYS.toNanos(7),
            COARSE_TICK_NS,
            5 * COARSE_TICK_NS,
            DAYS.toNanos(3),
            5 * COARSE_TICK_NS + 1,
            300 * FINE_TICK_NS,
            DAYS.toNanos(30) - 1,
            0
        };
        for (int timer = 0; timer < aheadNs.length; timer++) {
            timers.schedule(timer, START_NS + aheadNs[timer]);
        }

        expire(START_NS + DAYS.toNanos(1_000));

        assertThat(fired).hasSize(aheadNs.length).extracting(Firing::deadlineNs).isSorted();
    }

    @Test
    void shouldFireTimersOfOneInstantInOrderOfRankWhateverTheHistory() {
        timers = create(timer -> -timer);
        timers.schedule(3, START_NS);
        timers.expire(START_NS - COARSE_TICK_NS, NO_LIMIT, this::record);
        timers.schedule(1, START_NS);
        timers.expire(START_NS - FINE_TICK_NS, NO_LIMIT, this::record);
        timers.schedule(4, START_NS);
        timers.expire(START_NS - 1, NO_LIMIT, this::record);
        timers.schedule(2, START_NS);

        expire(START_NS + 1);

        assertThat(fired).extracting(Firing::timer).containsExactly(4, 3, 2, 1);
    }

    @Test
    void shouldFireAtMostLimitTimersAndTheRestLater() {
        for (int timer = 0; timer < 5; timer++) {
            timers.schedule(timer, START_NS);
        }

        assertThat(timers.expire(START_NS + 1, 0, this::record)).isZero();
        assertThat(timers.expire(START_NS + 1, 2, this::record)).isEqualTo(2);
        assertThat(timers.expire(START_NS + 1, 2, this::record)).isEqualTo(2);
        assertThat(timers.expire(START_NS + 1, 2, this::record)).isOne();

        assertThat(fired).extracting(Firing::timer).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void shouldFireInOrderWhatIsLeftForLaterCalls() {
        for (int timer = 0; timer < 3_000; timer++) {
            timers.schedule(timer, START_NS + COARSE_TICK_NS - timer % 7);
        }
        long nowNs = START_NS + COARSE_TICK_NS + 1;

        while (timers.isBehind(nowNs)) {
            assertThat(timers.expireSome(nowNs, 10, this::record)).isLessThanOrEqualTo(10);
        }

        assertThat(fired).hasSize(3_000);
        assertThat(fired)
                .isSortedAccordingTo(Comparator.comparing(Firing::deadlineNs).thenComparing(Firing::timer));
    }

    @Test
    void shouldNotBeBehindWhenNothingIsDue() {
        timers.schedule(1, START_NS + 10);
        timers.expire(START_NS + 10, NO_LIMIT, this::record);
        assertThat(timers.isBehind(START_NS + 10)).isFalse();
        assertThat(timers.isBehind(START_NS + 11)).isTrue();

        expire(START_NS + 11);
        assertThat(timers.isBehind(START_NS + 11)).isFalse();
    }

    @Test
    void shouldNotFireCancelledTimer() {
        timers.schedule(1, START_NS + 5);
        timers.schedule(2, START_NS + 5);
        timers.schedule(3, START_NS + DAYS.toNanos(1));

        timers.cancel(1);
        timers.cancel(3);
        expire(START_NS + DAYS.toNanos(2));

        assertThat(fired).containsExactly(new Firing(2, START_NS + 5));
    }

    @Test
    void shouldIgnoreCancelOfTimerThatIsNotArmed() {
        timers.cancel(1);
        timers.cancel(1_000_000);
        timers.schedule(1, START_NS);
        timers.cancel(1);
        timers.cancel(1);

        assertThat(timers.armedCount()).isZero();
        assertThat(expire(START_NS + 1)).isZero();
    }

    @Test
    void shouldFireOnceAtTheDeadlineSetLast() {
        timers.schedule(1, START_NS + DAYS.toNanos(1));
        timers.schedule(1, START_NS + 20);
        timers.schedule(2, START_NS + 20);
        timers.schedule(2, START_NS + 10);
        timers.schedule(3, START_NS + 10);
        timers.schedule(3, START_NS + DAYS.toNanos(10));

        expire(START_NS + DAYS.toNanos(20));

        assertThat(fired)
                .containsExactly(
                        new Firing(2, START_NS + 10),
                        new Firing(1, START_NS + 20),
                        new Firing(3, START_NS + DAYS.toNanos(10)));
    }

    @Test
    void shouldDisarmWhenScheduledForNever() {
        timers.schedule(1, START_NS);
        timers.schedule(1, Timers.NEVER);
        timers.schedule(2, Timers.NEVER);

        assertThat(timers.armedCount()).isZero();
        assertThat(expire(Long.MAX_VALUE)).isZero();
    }

    @Test
    void shouldFireWhatHandlerSchedulesForThePastInItsPlaceWithinTheSameCall() {
        timers.schedule(1, START_NS + 10);
        timers.schedule(2, START_NS + 30);

        int count = timers.expire(START_NS + 40, NO_LIMIT, (timer, deadlineNs) -> {
            record(timer, deadlineNs);
            if (timer == 1) {
                timers.schedule(5, START_NS + 40);
                timers.schedule(4, START_NS + 20);
                timers.schedule(3, START_NS - DAYS.toNanos(1));
            }
        });

        assertThat(count).isEqualTo(4);
        assertThat(fired).extracting(Firing::timer).containsExactly(1, 3, 4, 2);
        assertThat(timers.deadlineNs(5)).isEqualTo(START_NS + 40);
    }

    @Test
    void shouldKeepOrderWhenHandlerSchedulesBetweenDistantDeadlinesOfOneCall() {
        timers.schedule(1, START_NS);
        timers.schedule(2, START_NS + DAYS.toNanos(100));

        timers.expire(START_NS + DAYS.toNanos(200), NO_LIMIT, (timer, deadlineNs) -> {
            record(timer, deadlineNs);
            if (deadlineNs < START_NS + DAYS.toNanos(50)) {
                timers.schedule(timer, deadlineNs + DAYS.toNanos(10));
            }
        });

        assertThat(fired).extracting(Firing::timer).containsExactly(1, 1, 1, 1, 1, 1, 2);
    }

    @Test
    void shouldNotFireWhatHandlerCancels() {
        timers.schedule(1, START_NS);
        timers.schedule(2, START_NS);
        timers.schedule(3, START_NS + COARSE_TICK_NS);

        int count = timers.expire(START_NS + DAYS.toNanos(1), NO_LIMIT, (timer, deadlineNs) -> {
            record(timer, deadlineNs);
            timers.cancel(2);
            timers.cancel(3);
        });

        assertThat(count).isOne();
        assertThat(timers.armedCount()).isZero();
    }

    @Test
    void shouldHaveDisarmedTheTimerBeforeItsHandlerIsCalled() {
        timers.schedule(1, START_NS);

        timers.expire(START_NS + 1, NO_LIMIT, (timer, deadlineNs) -> {
            assertThat(timers.armedCount()).isZero();
            assertThat(timers.deadlineNs(timer)).isEqualTo(Timers.NEVER);
            timers.schedule(timer, START_NS + 5);
        });

        assertThat(timers.deadlineNs(1)).isEqualTo(START_NS + 5);
    }

    @Test
    void shouldGoOnAfterHandlerThrew() {
        timers.schedule(1, START_NS);
        timers.schedule(2, START_NS + 1);

        assertThatThrownBy(() -> timers.expire(START_NS + 2, NO_LIMIT, (timer, deadlineNs) -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");

        assertThat(expire(START_NS + 2)).isOne();
        assertThat(fired).containsExactly(new Firing(2, START_NS + 1));
    }

    @Test
    void shouldTellDeadlineAndCountOfArmedTimers() {
        timers.schedule(1, START_NS + 10);
        timers.schedule(2, START_NS + DAYS.toNanos(10));
        timers.schedule(2, START_NS + DAYS.toNanos(20));

        assertThat(timers.armedCount()).isEqualTo(2);
        assertThat(timers.deadlineNs(1)).isEqualTo(START_NS + 10);
        assertThat(timers.deadlineNs(2)).isEqualTo(START_NS + DAYS.toNanos(20));
        assertThat(timers.deadlineNs(3)).isEqualTo(Timers.NEVER);
        assertThat(timers.deadlineNs(3_000_000)).isEqualTo(Timers.NEVER);
    }

    @Test
    void shouldTellTheEarliestDeadlineWhereverItIs() {
        assertThat(timers.earliestNs()).isEqualTo(Timers.NEVER);
        long[] aheadNs = {DAYS.toNanos(900), DAYS.toNanos(30), DAYS.toNanos(3), 5 * COARSE_TICK_NS, FINE_TICK_NS, 1};
        for (int timer = 0; timer < aheadNs.length; timer++) {
            timers.schedule(timer, START_NS + aheadNs[timer]);
            assertThat(timers.earliestNs()).isEqualTo(START_NS + aheadNs[timer]);
        }
        for (int timer = aheadNs.length - 1; timer > 0; timer--) {
            timers.cancel(timer);
            assertThat(timers.earliestNs()).isEqualTo(START_NS + aheadNs[timer - 1]);
        }
    }

    @Test
    void shouldFireExactlyAroundTheBordersOfTicks() {
        for (long tickNs : new long[] {FINE_TICK_NS, 256 * FINE_TICK_NS, COARSE_TICK_NS, COARSE_TICK_NS << 17}) {
            long borderNs = (START_NS / tickNs + 2) * tickNs;
            timers = create(timer -> timer);
            fired.clear();
            expire(borderNs - tickNs);
            timers.schedule(2, borderNs);
            timers.schedule(1, borderNs - 1);
            timers.schedule(3, borderNs + 1);

            assertThat(expire(borderNs - 1)).isZero();
            assertThat(expire(borderNs)).isOne();
            assertThat(expire(borderNs + 1)).isOne();
            assertThat(expire(borderNs + 2)).isOne();
            assertThat(fired).extracting(Firing::timer).containsExactly(1, 2, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE + 1, -2_208_988_800_000_000_000L, -1, 0, START_NS, Long.MAX_VALUE - 20})
    void shouldBeginInAnyYear(long beginNs) {
        timers = create(timer -> timer);
        timers.schedule(1, beginNs + 1);
        timers.schedule(2, beginNs - 1);

        assertThat(expire(beginNs)).isOne();
        timers.schedule(3, beginNs + 10);
        timers.schedule(4, beginNs);
        assertThat(expire(beginNs + 1)).isOne();
        assertThat(expire(beginNs + 11)).isEqualTo(2);

        assertThat(fired).extracting(Firing::timer).containsExactly(2, 4, 1, 3);
    }

    @Test
    void shouldFireTheLastInstantThereIsAtTheEndOfTime() {
        timers.schedule(1, Long.MAX_VALUE - 1);
        timers.schedule(2, Long.MIN_VALUE);

        assertThat(expire(Long.MAX_VALUE - 1)).isOne();
        assertThat(expire(Long.MAX_VALUE)).isOne();

        assertThat(fired).containsExactly(new Firing(2, Long.MIN_VALUE), new Firing(1, Long.MAX_VALUE - 1));
    }

    private int expire(long nowNs) {
        return timers.expire(nowNs, NO_LIMIT, this::record);
    }

    private void record(int timer, long deadlineNs) {
        fired.add(new Firing(timer, deadlineNs));
    }
}
