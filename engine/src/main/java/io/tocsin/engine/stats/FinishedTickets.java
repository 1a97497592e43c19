package io.tocsin.engine.stats;

import io.tocsin.engine.clock.Outcome;
import io.tocsin.engine.memory.Hashing;
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
    private static final int CHUNK_BITS = 16;
    private static final int CHUNK_LONGS = 1 << CHUNK_BITS;

    private final Attributes attributes;
    private long[][] chunks = new long[4][];
    private long end;
    private int[] sets = new int[64];
    private int setCount;
    private int[] setTable = new int[256];

    FinishedTickets(Attributes attributes) {
        this.attributes = attributes;
    }

    /** Takes over a ticket's attributes; they are given back when the same set is kept already. */
    void beginRow(int attributesRef, int resolved, int reopened, int abandoned, int cycles) {
        append((long) keep(attributesRef) << 32 | cycles);
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

    private int keep(int attributesRef) {
        long hash = Hashing.mix(attributes.stateHash(attributesRef));
        int mask = setTable.length - 1;
        int at = (int) hash & mask;
        for (; setTable[at] != 0; at = at + 1 & mask) {
            int known = sets[setTable[at] - 1];
            if (attributes.sameContent(known, attributesRef)) {
                attributes.free(attributesRef);
                return setTable[at] - 1;
            }
        }
        if (setCount == sets.length) {
            sets = Arrays.copyOf(sets, setCount * 2);
        }
        sets[setCount] = attributesRef;
        setTable[at] = ++setCount;
        if (setCount * 2 > setTable.length) {
            growTable();
        }
        return setCount - 1;
    }

    private void growTable() {
        setTable = new int[setTable.length * 2];
        int mask = setTable.length - 1;
        for (int set = 0; set < setCount; set++) {
            int at = (int) Hashing.mix(attributes.stateHash(sets[set])) & mask;
            while (setTable[at] != 0) {
                at = at + 1 & mask;
            }
            setTable[at] = set + 1;
        }
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
