package io.tocsin.engine.stats;

import io.tocsin.engine.clock.Outcome;
import io.tocsin.engine.memory.HashIndex;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import io.tocsin.engine.ticket.AttributeTexts;
import io.tocsin.engine.ticket.Attributes;
import java.util.Arrays;

/**
 * What a grouping needs of tickets that left memory: their attributes, each set of them once, and how they and their
 * cycles count. A row takes 16 bytes, and 16 more for each cycle.
 *
 * <pre>
 *   attribute set (32) | cycles (32)
 *   resolved (20) | reopened (20) | abandoned (20)
 *   clock (32) | outcome (32)      for each cycle
 *   counted ns
 * </pre>
 *
 * <p>The core's thread. Grows in chunks.
 */
final class FinishedTickets {
    private static final long FLOW_MASK = (1L << 20) - 1;
    /** A quarter of the largest table. */
    private static final int MOST_SETS = 1 << 28;

    private static final int CHUNK_BITS = 16;
    private static final int CHUNK_LONGS = 1 << CHUNK_BITS;

    private final Attributes attributes;
    private long[][] chunks = new long[4][];
    private long end;
    private long rowCount;
    private int[] sets = new int[64];
    private int setCount;
    private final HashIndex setIndex = new HashIndex();

    FinishedTickets(Attributes attributes) {
        this.attributes = attributes;
    }

    /** Takes over a ticket's attributes; they are given back when the same set is kept already. */
    void beginRow(int attributesRef, int resolved, int reopened, int abandoned, int cycles) {
        beginRowOfSet(keep(attributesRef), resolved, reopened, abandoned, cycles);
    }

    private void beginRowOfSet(int set, int resolved, int reopened, int abandoned, int cycles) {
        rowCount++;
        append((long) set << 32 | cycles);
        append(((long) resolved << 40) | ((long) reopened << 20) | abandoned);
    }

    void addCycle(int clock, Outcome outcome, long countedNs) {
        append((long) clock << 32 | outcome.code());
        append(countedNs);
    }

    /** Where the next row will begin. */
    long end() {
        return end;
    }

    /** Adds the row at a position to a grouping and returns where the next one begins. */
    long addTo(Grouping grouping, long row) {
        long head = get(row);
        Cell cell = grouping.cell(sets[(int) (head >>> 32)]);
        long flow = get(row + 1);
        cell.addFlow(1, flow >>> 40, flow >>> 20 & FLOW_MASK, flow & FLOW_MASK, false);
        int cycles = (int) head;
        long next = row + 2;
        for (int i = 0; i < cycles; i++) {
            long what = get(next);
            cell.add(1, (int) (what >>> 32), Outcome.of((int) what), get(next + 1));
            next += 2;
        }
        return next;
    }

    /** Shows the attributes of all sets to a snapshot that is going to be written. */
    void collect(AttributeTexts texts) {
        for (int set = 0; set < setCount; set++) {
            texts.collect(sets[set]);
        }
    }

    /** Writes the sets and the rows, in the order in which they came. */
    void save(SnapshotWriter out, AttributeTexts texts) {
        out.number(setCount);
        for (int set = 0; set < setCount; set++) {
            texts.saveBlock(out, sets[set]);
        }
        out.number(rowCount);
        long at = 0;
        for (long row = 0; row < rowCount; row++) {
            at = saveRow(out, at);
        }
    }

    private long saveRow(SnapshotWriter out, long row) {
        long head = get(row);
        long flow = get(row + 1);
        int cycles = (int) head;
        out.number(head >>> 32);
        out.number(flow >>> 40);
        out.number(flow >>> 20 & FLOW_MASK);
        out.number(flow & FLOW_MASK);
        out.number(cycles);
        long next = row + 2;
        for (int i = 0; i < cycles; i++) {
            long what = get(next);
            out.number(what >>> 32);
            out.number((int) what);
            out.number(get(next + 1));
            next += 2;
        }
        return next;
    }

    /** Reads the sets and the rows; there may be none yet. */
    void load(SnapshotReader in, AttributeTexts texts, int clockCount) {
        setCount = in.upTo(MOST_SETS);
        sets = new int[Math.max(sets.length, setCount)];
        setIndex.makeRoomFor(setCount);
        for (int set = 0; set < setCount; set++) {
            sets[set] = texts.loadBlock(in);
            setIndex.add(hashOf(sets[set]), set);
        }
        for (long left = in.number(); left > 0; left--) {
            loadRow(in, clockCount);
        }
    }

    private void loadRow(SnapshotReader in, int clockCount) {
        int set = in.upTo(setCount - 1);
        int resolved = in.upTo((int) FLOW_MASK);
        int reopened = in.upTo((int) FLOW_MASK);
        int abandoned = in.upTo((int) FLOW_MASK);
        int cycles = in.upTo(Integer.MAX_VALUE);
        beginRowOfSet(set, resolved, reopened, abandoned, cycles);
        for (int i = 0; i < cycles; i++) {
            int clock = in.upTo(clockCount - 1);
            addCycle(clock, Outcome.of(in.upTo(Outcome.COUNT - 1)), in.number());
        }
    }

    private int keep(int attributesRef) {
        long hash = hashOf(attributesRef);
        for (int at = setIndex.first(hash); at != HashIndex.NONE; at = setIndex.next(hash, at)) {
            int set = setIndex.entry(at);
            if (sets[set] == attributesRef) {
                attributes.free(attributesRef);
                return set;
            }
        }
        if (setCount == sets.length) {
            sets = Arrays.copyOf(sets, setCount * 2);
        }
        sets[setCount] = attributesRef;
        setIndex.add(hash, setCount);
        return setCount++;
    }

    private long hashOf(int attributesRef) {
        return Hashing.mix(attributes.stateHash(attributesRef));
    }

    private void append(long value) {
        int chunk = (int) (end >>> CHUNK_BITS);
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk * 2);
        }
        if (chunks[chunk] == null) {
            chunks[chunk] = new long[CHUNK_LONGS];
        }
        chunks[chunk][(int) (end++ & CHUNK_LONGS - 1)] = value;
    }

    private long get(long at) {
        return chunks[(int) (at >>> CHUNK_BITS)][(int) (at & CHUNK_LONGS - 1)];
    }
}
