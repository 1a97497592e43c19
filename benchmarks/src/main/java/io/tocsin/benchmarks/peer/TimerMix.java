package io.tocsin.benchmarks.peer;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.SplittableRandom;

/**
 * Timers as tickets need them: numbered, each armed once, their deadlines spread evenly at random over 72 hours. The choices
 * for a churn are drawn beforehand, so that drawing is not measured. The same numbers come for the same count.
 */
public final class TimerMix {
    /** The instant that it begins at. */
    public static final long START_NS = SECONDS.toNanos(1_795_318_124L);
    /** How far the farthest deadline may lie ahead. */
    public static final long SPAN_NS = HOURS.toNanos(72);

    private static final int CHOICES = 1 << 20;
    private static final long SEED = 42;

    private final int count;
    private final int[] timers = new int[CHOICES];
    private final long[] deadlinesNs = new long[CHOICES];
    private int index;

    /** Takes a timer's deadline. */
    @FunctionalInterface
    public interface Arming {
        /** The timer is to be armed for that instant. */
        void arm(int timer, long deadlineNs);
    }

    /** A mix of so many timers, numbered from 0. */
    public TimerMix(int count) {
        this.count = count;
        SplittableRandom random = new SplittableRandom(SEED + 1);
        for (int i = 0; i < CHOICES; i++) {
            timers[i] = random.nextInt(count);
            deadlinesNs[i] = deadlineNs(random);
        }
    }

    /** Gives every timer its first deadline. */
    public void armAll(Arming arming) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int timer = 0; timer < count; timer++) {
            arming.arm(timer, deadlineNs(random));
        }
    }

    /** Goes on to the next choice. */
    public int next() {
        index = (index + 1) & (CHOICES - 1);
        return index;
    }

    /** The timer of a choice. */
    public int timer(int choice) {
        return timers[choice];
    }

    /** The deadline of a choice. */
    public long deadlineNs(int choice) {
        return deadlinesNs[choice];
    }

    private static long deadlineNs(SplittableRandom random) {
        return START_NS + random.nextLong(SECONDS.toNanos(1), SPAN_NS);
    }
}
