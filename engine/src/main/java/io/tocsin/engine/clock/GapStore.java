package io.tocsin.engine.clock;

import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.memory.RecordSlab;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;

/**
 * What is left out of cycles: stretches {@code [from, to)} of the instant line, per cycle in order and without overlap.
 * A pause that has not ended yet has no end. A gap of a reopening lies between a stop and the {@code reopened} that let
 * the clock run on.
 *
 * <p>The core's thread. Grows in chunks and otherwise allocates nothing.
 */
public final class GapStore {
    /** Stands for no gap. */
    public static final int NONE = RecordSlab.NONE;
    /** The end of a pause that has not ended. */
    public static final long OPEN = Long.MAX_VALUE;

    private static final int RECORD_LONGS = 3;
    private static final int FROM = 0;
    private static final int TO = 1;
    private static final int LINK_AND_KIND = 2;

    private final RecordSlab records = new RecordSlab(RECORD_LONGS);
    private final CycleStore cycles;

    /** Gaps of the cycles of a store. */
    public GapStore(CycleStore cycles) {
        this.cycles = cycles;
    }

    /** Adds a gap behind the cycle's last. */
    public void append(int cycle, long fromNs, long toNs, boolean reopening) {
        appendBehind(last(cycle), cycle, fromNs, toNs, reopening);
    }

    private int appendBehind(int last, int cycle, long fromNs, long toNs, boolean reopening) {
        int gap = records.allocate();
        records.set(gap, FROM, fromNs);
        records.set(gap, TO, toNs);
        records.setLow(gap, LINK_AND_KIND, NONE);
        records.setHigh(gap, LINK_AND_KIND, reopening ? 1 : 0);
        if (last == NONE) {
            cycles.firstGap(cycle, gap);
        } else {
            records.setLow(last, LINK_AND_KIND, gap);
        }
        return gap;
    }

    /** The cycle's last gap, or {@link #NONE}. */
    public int last(int cycle) {
        int last = NONE;
        for (int gap = cycles.firstGap(cycle); gap != NONE; gap = next(gap)) {
            last = gap;
        }
        return last;
    }

    /** The cycle's first gap of a reopening that ends after an instant, or {@link #NONE}. */
    public int reopeningAfter(int cycle, long instantNs) {
        int gap = cycles.firstGap(cycle);
        while (gap != NONE && !(isReopening(gap) && toNs(gap) > instantNs)) {
            gap = next(gap);
        }
        return gap;
    }

    /** The gap after a gap, or {@link #NONE}. */
    public int next(int gap) {
        return records.getLow(gap, LINK_AND_KIND);
    }

    /** Where a gap begins. */
    public long fromNs(int gap) {
        return records.get(gap, FROM);
    }

    /** Where a gap ends, or {@link #OPEN}. */
    public long toNs(int gap) {
        return records.get(gap, TO);
    }

    /** Ends a gap that was open. */
    public void close(int gap, long toNs) {
        records.set(gap, TO, toNs);
    }

    /** Whether it lies between a stop and a reopening; otherwise it is a pause. */
    public boolean isReopening(int gap) {
        return records.getHigh(gap, LINK_AND_KIND) != 0;
    }

    /**
     * Lets the gap of a reopening begin earlier, because the stop before it turned out to be earlier; gaps between the
     * new beginning and the old one go up in it.
     */
    public void beginEarlier(int cycle, int reopening, long fromNs) {
        int before = NONE;
        int gap = cycles.firstGap(cycle);
        while (gap != reopening && fromNs(gap) < fromNs) {
            before = gap;
            gap = next(gap);
        }
        while (gap != reopening) {
            int swallowed = gap;
            gap = next(gap);
            records.free(swallowed);
        }
        if (before == NONE) {
            cycles.firstGap(cycle, reopening);
        } else {
            records.setLow(before, LINK_AND_KIND, reopening);
            if (toNs(before) > fromNs) {
                records.set(before, TO, fromNs);
            }
        }
        records.set(reopening, FROM, fromNs);
    }

    /**
     * Ends a cycle's gaps at an instant: what begins at it or later is given back, what reaches beyond it ends there. For
     * a stop before the pauses that were already known.
     */
    public void cutAt(int cycle, long atNs) {
        int before = NONE;
        int gap = cycles.firstGap(cycle);
        while (gap != NONE && fromNs(gap) < atNs) {
            before = gap;
            gap = next(gap);
        }
        if (before == NONE) {
            cycles.firstGap(cycle, NONE);
        } else {
            records.setLow(before, LINK_AND_KIND, NONE);
            records.set(before, TO, Math.min(toNs(before), atNs));
        }
        while (gap != NONE) {
            int freed = gap;
            gap = next(gap);
            records.free(freed);
        }
    }

    /** Gives all gaps of a cycle back. */
    public void freeAll(int cycle) {
        int gap = cycles.firstGap(cycle);
        while (gap != NONE) {
            int freed = gap;
            gap = next(gap);
            records.free(freed);
        }
        cycles.firstGap(cycle, NONE);
    }

    /** Writes a cycle's gaps in order. */
    public void save(SnapshotWriter out, int cycle) {
        int count = 0;
        for (int gap = cycles.firstGap(cycle); gap != NONE; gap = next(gap)) {
            count++;
        }
        out.number(count);
        for (int gap = cycles.firstGap(cycle); gap != NONE; gap = next(gap)) {
            out.number(isReopening(gap) ? 1 : 0);
            out.fixed(fromNs(gap));
            out.fixed(toNs(gap));
        }
    }

    /** Reads the gaps of a cycle that has none yet. */
    public void load(SnapshotReader in, int cycle) {
        int last = NONE;
        for (int left = in.upTo(Integer.MAX_VALUE); left > 0; left--) {
            boolean reopening = in.upTo(1) == 1;
            long fromNs = in.fixed();
            last = appendBehind(last, cycle, fromNs, in.fixed(), reopening);
        }
    }

    /** A hash of a cycle's gaps. */
    public long stateHash(int cycle) {
        long hash = 0;
        for (int gap = cycles.firstGap(cycle); gap != NONE; gap = next(gap)) {
            hash = Hashing.fold(Hashing.fold(hash, fromNs(gap)), toNs(gap));
            hash = Hashing.fold(hash, isReopening(gap) ? 1 : 0);
        }
        return hash;
    }
}
