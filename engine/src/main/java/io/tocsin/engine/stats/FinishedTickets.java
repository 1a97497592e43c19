package io.tocsin.engine.stats;

import io.tocsin.engine.clock.CycleStore;
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
 * cycles count. A row takes some 20 bytes for a ticket with two cycles, each number as many as it needs, seven bits a byte:
 *
 * <pre>
 *   attribute set | resolved | reopened | abandoned | cycles
 *   clock and outcome (low 3 bits) | counted ns + 1      for each cycle
 * </pre>
 *
 * <p>The core's thread. Grows in chunks.
 */
final class FinishedTickets {
    private static final int FLOW_MOST = (1 << 20) - 1;
    private static final int OUTCOME_BITS = 3;
    private static final int OUTCOME_MASK = (1 << OUTCOME_BITS) - 1;
    /** A quarter of the largest table. */
    private static final int MOST_SETS = 1 << 28;

    private static final int CHUNK_BITS = 18;
    private static final int CHUNK_BYTES = 1 << CHUNK_BITS;

    private final Attributes attributes;
    private byte[][] chunks = new byte[4][];
    private long end;
    /** Where the next number is read. */
    private long cursor;

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
        append(set);
        append(resolved);
        append(reopened);
        append(abandoned);
        append(cycles);
    }

    void addCycle(int clock, Outcome outcome, long countedNs) {
        append((long) clock << OUTCOME_BITS | outcome.code());
        append(countedNs - CycleStore.NOT_COUNTED);
    }

    /** Where the next row will begin. */
    long end() {
        return end;
    }

    /** Adds the row at a position to a grouping and returns where the next one begins. */
    long addTo(Grouping grouping, long row) {
        cursor = row;
        Cell cell = grouping.cell(sets[(int) next()]);
        cell.addFlow(1, next(), next(), next(), false);
        for (long cycles = next(); cycles > 0; cycles--) {
            long what = next();
            cell.add(1, clockOf(what), outcomeOf(what), next() + CycleStore.NOT_COUNTED);
        }
        return cursor;
    }

    private static int clockOf(long what) {
        return (int) (what >>> OUTCOME_BITS);
    }

    private static Outcome outcomeOf(long what) {
        return Outcome.of((int) what & OUTCOME_MASK);
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
        cursor = 0;
        for (long row = 0; row < rowCount; row++) {
            saveRow(out);
        }
    }

    private void saveRow(SnapshotWriter out) {
        out.number(next());
        out.number(next());
        out.number(next());
        out.number(next());
        long cycles = next();
        out.number(cycles);
        for (long left = cycles; left > 0; left--) {
            long what = next();
            out.number(clockOf(what));
            out.number(outcomeOf(what).code());
            out.number(next() + CycleStore.NOT_COUNTED);
        }
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
        int resolved = in.upTo(FLOW_MOST);
        int reopened = in.upTo(FLOW_MOST);
        int abandoned = in.upTo(FLOW_MOST);
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

    private void append(long number) {
        long rest = number;
        for (; rest >>> 7 != 0; rest >>>= 7) {
            appendByte((byte) (rest | 0x80));
        }
        appendByte((byte) rest);
    }

    private void appendByte(byte value) {
        int chunk = (int) (end >>> CHUNK_BITS);
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk * 2);
        }
        if (chunks[chunk] == null) {
            chunks[chunk] = new byte[CHUNK_BYTES];
        }
        chunks[chunk][(int) (end++ & CHUNK_BYTES - 1)] = value;
    }

    private long next() {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = chunks[(int) (cursor >>> CHUNK_BITS)][(int) (cursor++ & CHUNK_BYTES - 1)];
            number |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return number;
            }
        }
    }
}
