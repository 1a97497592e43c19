package io.tocsin.http.wallboard;

import java.util.concurrent.TimeUnit;

/**
 * How often some questions are asked: once a period at most, one at a time, and not before the engine has rested ten times
 * as long as the last answer took. The wallboard's thread.
 */
final class Pace {
    private static final int REST = 10;
    /** Rounds come at the beats of a timer, which is sometimes a little early. */
    private static final long EARLY_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long periodNs;
    private boolean asking;
    private long askedNs;
    private long restUntilNs;

    /** Nothing was asked yet. */
    Pace(long periodMs, long nowNs) {
        periodNs = TimeUnit.MILLISECONDS.toNanos(periodMs);
        askedNs = nowNs - periodNs;
        restUntilNs = nowNs;
    }

    boolean mayAsk(long nowNs) {
        return !asking && nowNs - askedNs >= periodNs - EARLY_NS && nowNs - restUntilNs >= 0;
    }

    void asked(long nowNs) {
        asking = true;
        askedNs = nowNs;
    }

    /** There is an answer, or none will come. */
    void answered(long nowNs) {
        asking = false;
        restUntilNs = nowNs + REST * (nowNs - askedNs);
    }
}
