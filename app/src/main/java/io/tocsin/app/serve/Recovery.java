package io.tocsin.app.serve;

import java.util.Locale;

/**
 * What a start brought back.
 *
 * @param recordCount how many records of the journal
 * @param tookNs how long it took
 */
record Recovery(long recordCount, long tookNs) {
    private static final double SECOND_NS = 1e9;

    /** Whether somebody may have wondered what takes so long. */
    boolean wasLong() {
        return tookNs > SECOND_NS;
    }

    /** In one line, for people. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "recovered %,d events in %.1f s", recordCount, tookNs / SECOND_NS);
    }
}
