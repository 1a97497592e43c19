package io.tocsin.http.wallboard;

/**
 * How often some questions are asked: one round of them at a time, a period after the one before; later when they are much work,
 * so that the engine rests ten times as long as it works, but not so late that figures become too old. Only a round that is
 * more than a fifth of the engine's time lets it rest however old the figures become. The wallboard's thread.
 */
final class Pace {
    private static final int REST = 10;
    private static final int MUCH = 5;

    private final long periodNs;
    private final long latestNs;
    private boolean asking;
    private long askedNs;
    private long nextNs;

    /**
     * Nothing was asked yet.
     *
     * @param periodNs how soon after a round that was little work the next one is due
     * @param latestNs how late it may become for the engine's rest
     */
    Pace(long periodNs, long latestNs, long nowNs) {
        this.periodNs = periodNs;
        this.latestNs = latestNs;
        nextNs = nowNs;
    }

    boolean mayAsk(long nowNs) {
        return !asking && nowNs - nextNs >= 0;
    }

    void asked(long nowNs) {
        asking = true;
        askedNs = nowNs;
    }

    /**
     * There is an answer, or none will come.
     *
     * @param workNs for how long the engine worked on it
     */
    void answered(long nowNs, long workNs) {
        asking = false;
        nextNs = workNs > latestNs / MUCH
                ? nowNs + REST * workNs
                : askedNs + Math.min(latestNs, Math.max(periodNs, REST * workNs));
    }

    /** How long ago the questions were asked. */
    long sinceAskedNs(long nowNs) {
        return nowNs - askedNs;
    }
}
