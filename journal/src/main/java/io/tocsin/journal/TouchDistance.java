package io.tocsin.journal;

/**
 * How far ahead of the writer pages are touched: as much as it writes in a second, so that it does not come upon a cold page
 * even if the disk is slow for half of one; but no more than that, as each page that is touched takes room on the disk. One
 * thread.
 */
final class TouchDistance {
    /** Enough for a server with little to do; what each of its files takes more than is in it. */
    static final long LEAST = 512L << 10;

    static final long MOST = 64L << 20;

    private static final double NS_PER_SECOND = 1e9;
    /** Shorter times say nothing about a rate. */
    private static final long LEAST_NS = 1_000_000;

    private long distance = LEAST;
    private long lastPosition;
    private long lastNs;

    /** For a file that begins, or goes on, at a position. */
    void begin(long position, long nowNs) {
        lastPosition = position;
        lastNs = nowNs;
    }

    /** How far to touch, now that the writer has come to a position. */
    long at(long position, long nowNs) {
        if (position > lastPosition && nowNs - lastNs >= LEAST_NS) {
            double perSecond = (position - lastPosition) * NS_PER_SECOND / (nowNs - lastNs);
            distance = Math.max(LEAST, (long) Math.min(MOST, perSecond));
            begin(position, nowNs);
        }
        return distance;
    }

    /** The last answer. */
    long last() {
        return distance;
    }
}
