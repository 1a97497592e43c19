package io.tocsin.engine.ticket;

import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.memory.RecordSlab;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;

/**
 * Of tickets that left memory after something was announced of them: the highest cycle it was announced of. A ticket
 * opened again under the same id numbers its cycles on from there, so that no alert's id is ever used twice.
 *
 * <p>Two longs a ticket, found by the hash of its id alone: where two ids share one, the other's cycles begin with a
 * higher number than they would have to, and the ids of alerts stay apart all the same. Of ten million kept, one opening
 * in 10^12 is such a one. The core's thread. Grows in chunks, its index doubles.
 */
public final class EarlierLives {
    private static final int RECORD_LONGS = 2;
    private static final int HASH = 0;
    private static final int LAST_CYCLE = 1;
    /** A quarter of the largest index. */
    private static final int MOST = 1 << 28;

    private final RecordSlab records = new RecordSlab(RECORD_LONGS);
    private int[] index = new int[256];

    /** The highest cycle announced in earlier lives of the ticket with this hash of its id, or 0. */
    public int lastCycle(long idHash) {
        int entry = index[find(idHash)];
        return entry == 0 ? 0 : records.getLow(entry - 1, LAST_CYCLE);
    }

    /** A ticket leaves memory; cycles up to this number have announced something, at least 1. */
    public void remember(long idHash, int lastCycle) {
        int at = find(idHash);
        if (index[at] == 0) {
            int added = records.allocate();
            records.set(added, HASH, idHash);
            index[at] = added + 1;
        }
        int record = index[at] - 1;
        records.set(record, LAST_CYCLE, Math.max(lastCycle, records.getLow(record, LAST_CYCLE)));
        if (records.liveCount() * 2 > index.length) {
            makeIndex(index.length * 2);
        }
    }

    /** Writes what is remembered, in the order in which it came. */
    public void save(SnapshotWriter out) {
        out.number(records.liveCount());
        for (int record = 0; record < records.recordCount(); record++) {
            if (!records.isGap(record)) {
                out.fixed(records.get(record, HASH));
                out.number(records.get(record, LAST_CYCLE));
            }
        }
    }

    /** Remembers what was written; nothing may be remembered before. */
    public void load(SnapshotReader in) {
        int count = in.upTo(MOST);
        for (int i = 0; i < count; i++) {
            int record = records.allocate();
            records.set(record, HASH, in.fixed());
            records.set(record, LAST_CYCLE, in.upTo(Integer.MAX_VALUE));
        }
        makeIndex(Math.max(index.length, Integer.highestOneBit(Math.max(1, count)) * 4));
    }

    /** A hash of what is remembered, independent of the order. */
    public long stateHash() {
        long hash = 0;
        for (int record = 0; record < records.recordCount(); record++) {
            if (!records.isGap(record)) {
                hash += Hashing.fold(records.get(record, HASH), records.get(record, LAST_CYCLE));
            }
        }
        return hash;
    }

    /** Where in the index a hash stands, or the empty place where it would. */
    private int find(long idHash) {
        int mask = index.length - 1;
        int at = (int) idHash & mask;
        while (index[at] != 0 && records.get(index[at] - 1, HASH) != idHash) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void makeIndex(int length) {
        index = new int[length];
        for (int record = 0; record < records.recordCount(); record++) {
            if (!records.isGap(record)) {
                index[find(records.get(record, HASH))] = record + 1;
            }
        }
    }
}
