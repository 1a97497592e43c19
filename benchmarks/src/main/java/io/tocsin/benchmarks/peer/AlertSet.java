package io.tocsin.benchmarks.peer;

/** The deadlines that were missed, as their number and a hash that does not depend on their order. Used by one thread. */
public final class AlertSet {
    /** The clock that a response stops. */
    public static final int RESPONSE = 0;
    /** The clock that a resolution stops. */
    public static final int RESOLUTION = 1;

    private long count;
    private long hash;

    /** Adds a missed deadline. Adding one twice is seen in the hash. */
    public void add(long ticket, int clock) {
        count++;
        hash += mix(ticket << 1 | clock);
    }

    /** How many were added. */
    public long count() {
        return count;
    }

    /** The sum of their hashes. */
    public long hash() {
        return hash;
    }

    /** The finisher of SplitMix64. */
    private static long mix(long key) {
        long h = key + 0x9E3779B97F4A7C15L;
        h = (h ^ h >>> 30) * 0xBF58476D1CE4E5B9L;
        h = (h ^ h >>> 27) * 0x94D049BB133111EBL;
        return h ^ h >>> 31;
    }
}
