package io.tocsin.engine.ticket;

import io.tocsin.engine.memory.HashIndex;
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
    /** A third of the largest index, so many as there may be. */
    private static final int MOST = 1 << 28;

    private final RecordSlab records = new RecordSlab(RECORD_LONGS);
    private final HashIndex index = new HashIndex();

    /** The highest cycle announced in earlier lives of the ticket with this hash of its id, or 0. */
    public int lastCycle(long idHash) {
        int record = find(idHash);
        return record == RecordSlab.NONE ? 0 : records.getLow(record, LAST_CYCLE);
    }

    /** A ticket leaves memory; cycles up to this number have announced something, at least 1. */
    public void remember(long idHash, int lastCycle) {
        int record = find(idHash);
        if (record == RecordSlab.NONE) {
            add(idHash, lastCycle);
        } else {
            records.set(record, LAST_CYCLE, Math.max(lastCycle, records.getLow(record, LAST_CYCLE)));
        }
    }

    /** Reads where a search for a hash begins; for the reading alone. */
    public long touch(long idHash) {
        return index.touch(idHash);
    }

    /** Writes what is remembered, in the order in which it came. */
    public void save(SnapshotWriter out) {
        out.number(records.liveCount());
        for (int record = records.first(); record != RecordSlab.NONE; record = records.next(record)) {
            out.fixed(records.get(record, HASH));
            out.number(records.get(record, LAST_CYCLE));
        }
    }

    /** Remembers what was written; nothing may be remembered before. */
    public void load(SnapshotReader in) {
        int count = in.upTo(MOST);
        index.makeRoomFor(count);
        for (int i = 0; i < count; i++) {
            add(in.fixed(), in.upTo(Integer.MAX_VALUE));
        }
    }

    /** A hash of what is remembered, independent of the order. */
    public long stateHash() {
        long hash = 0;
        for (int record = records.first(); record != RecordSlab.NONE; record = records.next(record)) {
            hash += Hashing.fold(records.get(record, HASH), records.get(record, LAST_CYCLE));
        }
        return hash;
    }

    private void add(long idHash, int lastCycle) {
        int record = records.allocate();
        records.set(record, HASH, idHash);
        records.set(record, LAST_CYCLE, lastCycle);
        index.add(idHash, record);
    }

    private int find(long idHash) {
        for (int at = index.first(idHash); at != HashIndex.NONE; at = index.next(idHash, at)) {
            if (records.get(index.entry(at), HASH) == idHash) {
                return index.entry(at);
            }
        }
        return RecordSlab.NONE;
    }
}
