package io.tocsin.engine.pipeline;

import io.tocsin.engine.alert.AlertRecord;
import org.agrona.DirectBuffer;

/**
 * The alerts that were kept before a start, held against those that recovering raises again: they must be the same but for
 * the instant at which they were noticed. If they are not, the journals do not belong together, and going on would give
 * alerts twice or never. One thread; reads the alert journal in stretches.
 */
final class KeptAlerts {
    /** What to do about alerts that do not belong to the events. */
    static final String REMEDY = "put back the folder from a copy, or move the alerts away, which are then given anew";

    private static final int STRETCH = 1_024;

    private final AlertJournal journal;
    private final long lastSeq;
    private final AlertRecord kept = new AlertRecord();
    private final long[] seqs = new long[STRETCH];
    private final long[] hashes = new long[STRETCH];
    private int count;
    private int next;

    KeptAlerts(AlertJournal journal) {
        this.journal = journal;
        this.lastSeq = journal.lastSeq();
    }

    /** The number of the last alert kept, 0 when there is none. */
    long lastSeq() {
        return lastSeq;
    }

    /**
     * Whether an alert is kept already.
     *
     * @throws IllegalStateException if another one is kept under its number
     */
    boolean contains(AlertRecord alert, DirectBuffer buffer, int offset, int length) {
        long seq = alert.seq();
        if (seq > lastSeq) {
            return false;
        }
        if (isKeptOtherwise(seq, AlertRecord.hashWithoutDetected(buffer, offset, length))) {
            throw new IllegalStateException("alert " + seq + " is kept as " + idOf(seq) + ", but the events give "
                    + alert.id() + ": the events that caused it are lost, or a file of another time was put back; "
                    + REMEDY);
        }
        return true;
    }

    /** Goes to an alert and compares; what was given up of the oldest alerts cannot be compared. */
    private boolean isKeptOtherwise(long seq, long hash) {
        while (next < count && seqs[next] < seq) {
            next++;
        }
        if (next == count) {
            read(seq - 1);
        }
        return next < count && seqs[next] == seq && hashes[next] != hash;
    }

    private void read(long afterSeq) {
        next = 0;
        count = 0;
        journal.read(afterSeq, STRETCH, (buffer, offset, length) -> {
            seqs[count] = kept.wrap(buffer, offset).seq();
            hashes[count] = AlertRecord.hashWithoutDetected(buffer, offset, length);
            count++;
        });
    }

    private String idOf(long seq) {
        String[] id = {""};
        journal.read(
                seq - 1,
                1,
                (buffer, offset, length) -> id[0] = kept.wrap(buffer, offset).id());
        return id[0];
    }
}
