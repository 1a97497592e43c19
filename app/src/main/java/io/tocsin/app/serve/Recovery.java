package io.tocsin.app.serve;

import java.util.Locale;

/**
 * What a start brought back.
 *
 * @param snapshotPosition how many records of the journal came as a snapshot
 * @param recordCount how many were replayed behind it
 * @param tookNs how long it took
 */
record Recovery(long snapshotPosition, long recordCount, long tookNs) {
    private static final double SECOND_NS = 1e9;

    /** How many records the journal had, however they came back. */
    long journalLength() {
        return snapshotPosition + recordCount;
    }

    /** Whether somebody may have wondered what takes so long. */
    boolean wasLong() {
        return tookNs > SECOND_NS;
    }

    /** In one line, for people. */
    @Override
    public String toString() {
        String snapshot =
                snapshotPosition == 0 ? "" : String.format(Locale.ROOT, "a snapshot of %,d and ", snapshotPosition);
        return String.format(
                Locale.ROOT, "recovered %s%,d events in %.1f s", snapshot, recordCount, tookNs / SECOND_NS);
    }
}
