package io.tocsin.engine.stats;

import java.util.Arrays;

/**
 * What happened in each period of the last day to one group of tickets: how many more were open at its end than at its
 * beginning, and how many promises were kept and broken. Periods are numbered from the epoch on and lie in rings. The
 * core's thread. Allocates when a clock is counted for the first time.
 */
final class TrendGroup {
    /** How long a period is. */
    static final long PERIOD_NS = 300_000_000_000L;
    /** How many are kept: those of a day, and the one that is going on. */
    static final int PERIODS = 24 * 12 + 1;

    private static final int MET = 0;
    private static final int BREACHED = 1;

    private final int[] openings = new int[PERIODS];
    /** By clock, met and then breached; null while there is nothing. */
    private int[][] decided = {};

    private long open;
    /** The newest period that lies in the rings. */
    private long newest;

    TrendGroup(long newest) {
        this.newest = newest;
    }

    static long periodOf(long atNs) {
        return Math.floorDiv(atNs, PERIOD_NS);
    }

    /** Adds a fact, or takes it away; what is no part of a trend, or older than it, is passed over. */
    void add(int sign, int what, long atNs) {
        switch (Fact.kind(what)) {
            case Fact.OPEN -> open += sign;
            case Fact.OPENED, Fact.REOPENED -> count(openings, sign, atNs);
            case Fact.RESOLVED, Fact.ABANDONED -> count(openings, -sign, atNs);
            case Fact.MET -> count(ring(Fact.clock(what), MET), sign, atNs);
            case Fact.BREACHED -> count(ring(Fact.clock(what), BREACHED), sign, atNs);
            default -> {}
        }
    }

    private void count(int[] ring, int sign, long atNs) {
        long period = periodOf(atNs);
        moveTo(period);
        if (isKept(period)) {
            ring[Math.floorMod(period, PERIODS)] += sign;
        }
    }

    /** Begins a period, unless it has begun: what is a day older is forgotten. */
    void moveTo(long period) {
        for (long next = Math.max(newest + 1, period - PERIODS + 1); next <= period; next++) {
            int at = Math.floorMod(next, PERIODS);
            openings[at] = 0;
            for (int[] ring : decided) {
                if (ring != null) {
                    ring[at] = 0;
                }
            }
        }
        newest = Math.max(newest, period);
    }

    private boolean isKept(long period) {
        return period > newest - PERIODS;
    }

    private int[] ring(int clock, int which) {
        int at = 2 * clock + which;
        if (at >= decided.length) {
            decided = Arrays.copyOf(decided, at + 1);
        }
        if (decided[at] == null) {
            decided[at] = new int[PERIODS];
        }
        return decided[at];
    }

    /** How many tickets are open or pending now. */
    long open() {
        return open;
    }

    /** How many more were open at the end of a period than at its beginning. */
    long openings(long period) {
        return isKept(period) ? openings[Math.floorMod(period, PERIODS)] : 0;
    }

    long met(int clock, long period) {
        return decided(2 * clock + MET, period);
    }

    long breached(int clock, long period) {
        return decided(2 * clock + BREACHED, period);
    }

    private long decided(int at, long period) {
        boolean any = at < decided.length && decided[at] != null && isKept(period);
        return any ? decided[at][Math.floorMod(period, PERIODS)] : 0;
    }

    /** Whether anything happened in a period. */
    boolean hasAny(long period, int clockCount) {
        boolean any = openings(period) != 0;
        for (int clock = 0; clock < clockCount; clock++) {
            any |= met(clock, period) != 0 || breached(clock, period) != 0;
        }
        return any;
    }

    /** Whether nothing of a day, nor of now, is in it. */
    boolean isEmpty() {
        return open == 0 && isZero(openings) && Arrays.stream(decided).allMatch(ring -> ring == null || isZero(ring));
    }

    private static boolean isZero(int[] ring) {
        return Arrays.stream(ring).allMatch(each -> each == 0);
    }
}
