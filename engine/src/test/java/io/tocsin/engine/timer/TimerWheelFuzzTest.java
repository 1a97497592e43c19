package io.tocsin.engine.timer;

import static java.util.concurrent.TimeUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Drives the wheel and its plain twin through the same random life and compares every firing. The seed draws everything,
 * the habits of the run too: a failure names it, and it can be added to the seeds below.
 */
final class TimerWheelFuzzTest {
    private static final int STEPS = 3_000;
    private static final int RANDOM_RUNS = 24;
    private static final int NO_LIMIT = 1 << 20;
    private static final long LONGEST_LEAD_NS = 2L << 32;
    private static final long[] ROUNDS_NS = {1L << 33, 1L << 49};

    @Test
    void shouldFireLikeTheTwinWhateverHappens() {
        long baseSeed = System.nanoTime();
        System.out.println("TimerWheelFuzzTest: seeds from " + baseSeed + ", " + RANDOM_RUNS + " of them");
        for (int run = 0; run < RANDOM_RUNS; run++) {
            runWith(baseSeed + run);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 27673597035473L})
    void shouldFireLikeTheTwinWithKnownSeed(long seed) {
        runWith(seed);
    }

    private static void runWith(long seed) {
        try {
            new Run(seed).play();
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("failed with seed " + seed + ": " + failure.getMessage(), failure);
        }
    }

    /** One random life of the two. */
    private static final class Run {
        private final SplittableRandom random;
        private final long seed;
        private final int timerCount;
        private final long longestAheadNs;
        private final long longestStepNs;
        private final int cancelShare;
        private final int handlerShare;
        private final TimerWheel wheel;
        private final HeapTimers twin;
        private final long[] clusterNs = new long[4];
        private long nowNs;

        Run(long seed) {
            this.seed = seed;
            random = new SplittableRandom(seed);
            timerCount = 1 << random.nextInt(1, 13);
            longestAheadNs = upTo(DAYS.toNanos(3_650));
            longestStepNs = upTo(DAYS.toNanos(400));
            cancelShare = random.nextInt(40);
            handlerShare = random.nextInt(100);
            Timers.Order order = timer -> timer * (seed | 1);
            wheel = new TimerWheel(order, random.nextInt(100_000));
            twin = new HeapTimers(order);
            nowNs = random.nextInt(4) == 0 ? 0 : random.nextLong(DAYS.toNanos(-40_000), DAYS.toNanos(90_000));
            for (int i = 0; i < clusterNs.length; i++) {
                clusterNs[i] = anyDeadlineNs(random);
            }
        }

        void play() {
            for (int step = 0; step < STEPS; step++) {
                int dice = random.nextInt(100);
                if (dice < cancelShare) {
                    cancelAny();
                } else if (dice < 89) {
                    scheduleAny();
                } else if (dice < 90) {
                    scheduleCrowd();
                } else {
                    moveTime();
                    if (random.nextBoolean()) {
                        expireSome();
                        continue;
                    }
                    expireBoth(random.nextInt(3) == 0 ? random.nextInt(8) : NO_LIMIT);
                }
                compare(step);
            }
            while (twin.armedCount() > 0) {
                nowNs = Math.max(nowNs, twin.earliestNs() + 1);
                expireBoth(100);
                compare(0);
            }
        }

        private void cancelAny() {
            int timer = random.nextInt(timerCount);
            wheel.cancel(timer);
            twin.cancel(timer);
        }

        private void scheduleAny() {
            int timer = random.nextInt(timerCount);
            long deadlineNs = random.nextInt(200) == 0 ? Timers.NEVER : anyDeadlineNs(random);
            wheel.schedule(timer, deadlineNs);
            twin.schedule(timer, deadlineNs);
        }

        /** More timers close together than are moved ahead in one call, so that a slot stays half emptied. */
        private void scheduleCrowd() {
            long crowdNs = anyDeadlineNs(random);
            clusterNs[random.nextInt(clusterNs.length)] = crowdNs;
            long widthNs = random.nextBoolean() ? 1 : upTo(longestAheadNs);
            for (int timer = random.nextInt(timerCount); timer < timerCount; timer += random.nextInt(1, 4)) {
                long deadlineNs = Math.min(saturatingAdd(crowdNs, random.nextLong(widthNs)), Timers.NEVER - 1);
                wheel.schedule(timer, deadlineNs);
                twin.schedule(timer, deadlineNs);
            }
        }

        private void moveTime() {
            nowNs = switch (random.nextInt(6)) {
                case 0 -> nowNs + 1;
                case 1 -> twin.armedCount() == 0 ? nowNs : Math.max(nowNs, twin.earliestNs() + random.nextInt(2));
                case 2, 3 -> Math.max(nowNs, saturatingAdd(anyCluster(random), -upTo(LONGEST_LEAD_NS)));
                default -> saturatingAdd(nowNs, upTo(longestStepNs));
            };
            if (random.nextInt(4) == 0) {
                clusterNs[random.nextInt(clusterNs.length)] = anyDeadlineNs(random);
            }
        }

        private void expireBoth(int limit) {
            List<Firing> expected = expire(twin, limit);
            List<Firing> actual = expire(wheel, limit);
            assertThat(actual).as("firings up to %d, at most %d", nowNs, limit).isEqualTo(expected);
        }

        /** Some calls, too few at times: what they fire must come first, and they may only say they are done when they are. */
        private void expireSome() {
            for (int calls = random.nextInt(1, 40); calls > 0; calls--) {
                int limit = random.nextInt(200);
                List<Firing> actual = fire(limit, handler -> wheel.expireSome(nowNs, limit, handler), wheel);
                List<Firing> expected = expire(twin, actual.size());
                assertThat(actual).as("some firings up to %d", nowNs).isEqualTo(expected);
                if (!wheel.isBehind(nowNs)) {
                    assertThat(twin.isBehind(nowNs))
                            .as("more is due before %d", nowNs)
                            .isFalse();
                }
                if (random.nextInt(20) == 0) {
                    WheelIntegrity.check(wheel);
                    assertThat(wheel.earliestNs()).as("earliest").isEqualTo(twin.earliestNs());
                }
                if (random.nextInt(4) == 0) {
                    cancelAny();
                }
            }
        }

        /** The handler's deeds follow from what fired and its place in the row, so both live through the same. */
        private List<Firing> expire(Timers timers, int limit) {
            return fire(limit, handler -> timers.expire(nowNs, limit, handler), timers);
        }

        private List<Firing> fire(int limit, ToIntFunction<Timers.Handler> expiring, Timers timers) {
            List<Firing> fired = new ArrayList<>();
            int count = expiring.applyAsInt((timer, deadlineNs) -> {
                assertThat(timers.deadlineNs(timer)).isEqualTo(Timers.NEVER);
                fired.add(new Firing(timer, deadlineNs));
                SplittableRandom own = new SplittableRandom(seed ^ deadlineNs * 31 + timer ^ (long) fired.size() << 40);
                if (own.nextInt(100) < handlerShare) {
                    meddle(timers, own, timer, deadlineNs);
                }
            });
            assertThat(count).isEqualTo(fired.size()).isLessThanOrEqualTo(limit);
            return fired;
        }

        private void meddle(Timers timers, SplittableRandom own, int timer, long deadlineNs) {
            int other = own.nextInt(timerCount);
            switch (own.nextInt(6)) {
                case 0 -> timers.schedule(timer, anyDeadlineNs(own));
                case 1 -> timers.schedule(other, anyDeadlineNs(own));
                case 2 -> timers.schedule(other, Math.min(saturatingAdd(deadlineNs, own.nextInt(3)), Timers.NEVER - 1));
                case 3 -> timers.schedule(other, nowNs - 1 + own.nextInt(3));
                default -> timers.cancel(other);
            }
        }

        private void compare(int step) {
            assertThat(wheel.armedCount()).isEqualTo(twin.armedCount());
            int timer = random.nextInt(timerCount);
            assertThat(wheel.deadlineNs(timer)).isEqualTo(twin.deadlineNs(timer));
            if (step % 4 == 0) {
                assertThat(wheel.earliestNs()).as("earliest").isEqualTo(twin.earliestNs());
            }
            if (step % 64 == 0) {
                WheelIntegrity.check(wheel);
            }
        }

        private long anyDeadlineNs(SplittableRandom from) {
            long deadlineNs = switch (from.nextInt(9)) {
                case 0 -> saturatingAdd(nowNs, -upTo(from, longestAheadNs));
                case 1, 2 -> anyCluster(from);
                case 3 -> borderNear(from, saturatingAdd(nowNs, upTo(from, longestAheadNs)));
                case 4 -> nowNs;
                case 5 -> roundsAway(from, from.nextBoolean() ? nowNs : anyCluster(from));
                default -> saturatingAdd(nowNs, upTo(from, longestAheadNs));
            };
            return Math.min(deadlineNs, Timers.NEVER - 1);
        }

        private long anyCluster(SplittableRandom from) {
            return clusterNs[from.nextInt(clusterNs.length)];
        }

        /** In the same slot some rounds later, or in one just beside it. */
        private static long roundsAway(SplittableRandom from, long instantNs) {
            long roundNs = ROUNDS_NS[from.nextInt(ROUNDS_NS.length)];
            long besideNs = (from.nextInt(9) - 6) * (roundNs >> (from.nextBoolean() ? 13 : 17));
            return saturatingAdd(instantNs, from.nextInt(1, 4) * roundNs + besideNs);
        }

        /** An instant within a nanosecond of a tick's border. */
        private static long borderNear(SplittableRandom from, long instantNs) {
            int bits = from.nextBoolean() ? 20 : 32;
            return saturatingAdd((instantNs >> bits) << bits, from.nextInt(3) - 1);
        }

        private long upTo(long longestNs) {
            return upTo(random, longestNs);
        }

        /** Any magnitude is as likely as any other. */
        private static long upTo(SplittableRandom from, long longestNs) {
            int bits = from.nextInt(Long.SIZE - Long.numberOfLeadingZeros(longestNs)) + 1;
            return Math.min(longestNs, 1 + (from.nextLong() >>> (Long.SIZE - bits)));
        }

        private static long saturatingAdd(long instantNs, long durationNs) {
            long sum = instantNs + durationNs;
            boolean overflowed = ((instantNs ^ sum) & (durationNs ^ sum)) < 0;
            return overflowed ? (durationNs < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
        }
    }
}
