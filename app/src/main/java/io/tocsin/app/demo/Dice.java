package io.tocsin.app.demo;

/**
 * Random draws that are the same on every machine and JDK: SplitMix64, and {@link StrictMath} for everything curved.
 * One thread.
 */
final class Dice {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

    private long state;

    Dice(long seed) {
        state = seed;
    }

    /** A seed for the {@code number}-th thing under a seed. */
    static long mix(long seed, long number) {
        return scramble(scramble(seed) + number * GOLDEN_GAMMA);
    }

    /** Whole microseconds, because timestamps are read by people; at least one. */
    static long toNs(double seconds) {
        return Math.max(1, (long) (seconds * 1e6)) * 1_000;
    }

    /** From 0, included, to 1, excluded. */
    double unit() {
        state += GOLDEN_GAMMA;
        return (scramble(state) >>> 11) * TWO_TO_MINUS_53;
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    double between(double low, double high) {
        return low + unit() * (high - low);
    }

    <T> T oneOf(T[] values) {
        return values[(int) (unit() * values.length)];
    }

    /** An index of {@code weights}, which sum up to 1; the last one takes what rounding leaves. */
    int weighted(double... weights) {
        double left = unit();
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    double exponential(double mean) {
        return -mean * StrictMath.log(1 - unit());
    }

    /** Log-normal: half of the draws lie below the median, and a long tail above, as human delays have it. */
    double around(double median, double spread) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        double normal = radius * StrictMath.cos(2 * StrictMath.PI * unit());
        return median * StrictMath.exp(spread * normal);
    }

    private static long scramble(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
