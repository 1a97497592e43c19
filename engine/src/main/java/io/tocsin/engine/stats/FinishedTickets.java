package io.tocsin.engine.stats;

import io.tocsin.engine.memory.HashIndex;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import io.tocsin.engine.ticket.AttributeTexts;
import io.tocsin.engine.ticket.Attributes;
import java.util.Arrays;

/**
 * What a grouping needs of tickets that left memory: their attributes, each set of them once, and their facts. A row takes
 * some 40 bytes for a ticket with two cycles, each number as many as it needs, seven bits a byte:
 *
 * <pre>
 *   attribute set | opened | facts
 *   kind and clock | instant, as what it adds to the one before | value      for each fact
 * </pre>
 *
 * <p>The core's thread. Grows in chunks.
 */
final class FinishedTickets {
    /** A quarter of the largest table. */
    private static final int MOST_SETS = 1 << 28;

    private static final int NO_TICKET = -1;
    private static final int CHUNK_BITS = 18;
    private static final int CHUNK_BYTES = 1 << CHUNK_BITS;
    /** So many bytes the longest number takes. */
    private static final int LONGEST = 10;

    private final Attributes attributes;
    private byte[][] chunks = new byte[4][];
    private long end;
    /** Where the next number is read. */
    private long cursor;

    /** The attribute set of the row that was read last. */
    private int set;

    private final Facts scratch = new Facts();
    private long rowCount;
    private int[] sets = new int[64];
    private int setCount;
    private final HashIndex setIndex = new HashIndex();

    FinishedTickets(Attributes attributes) {
        this.attributes = attributes;
    }

    /** Takes over a ticket's attributes, which are given back when the same set is kept already, and copies its facts. */
    void add(int attributesRef, Facts facts) {
        addOfSet(keep(attributesRef), facts);
    }

    private void addOfSet(int set, Facts facts) {
        rowCount++;
        append(set);
        appendSigned(facts.openedNs());
        append(facts.count());
        long lastNs = facts.openedNs();
        for (int i = 0; i < facts.count(); i++) {
            append(facts.what(i));
            appendSigned(facts.atNs(i) - lastNs);
            appendSigned(facts.value(i));
            lastNs = facts.atNs(i);
        }
    }

    /** Where the next row will begin. */
    long end() {
        return end;
    }

    /** Reads the facts of the row at a position and returns where the next one begins. */
    long read(long row, Facts facts) {
        cursor = row;
        set = (int) next();
        long openedNs = nextSigned();
        facts.begin(NO_TICKET, openedNs);
        long atNs = openedNs;
        for (long left = next(); left > 0; left--) {
            int what = (int) next();
            atNs += nextSigned();
            facts.add(what, atNs, nextSigned());
        }
        return cursor;
    }

    /** The attributes of the row that was read last. */
    int attributes() {
        return sets[set];
    }

    /** Shows the attributes of all sets to a snapshot that is going to be written. */
    void collect(AttributeTexts texts) {
        for (int each = 0; each < setCount; each++) {
            texts.collect(sets[each]);
        }
    }

    /** Writes the sets and the rows, in the order in which they came. */
    void save(SnapshotWriter out, AttributeTexts texts) {
        out.number(setCount);
        for (int each = 0; each < setCount; each++) {
            texts.saveBlock(out, sets[each]);
        }
        out.number(rowCount);
        for (long row = 0; row < end; ) {
            row = read(row, scratch);
            saveRow(out);
        }
    }

    private void saveRow(SnapshotWriter out) {
        out.number(set);
        out.fixed(scratch.openedNs());
        out.number(scratch.count());
        long lastNs = scratch.openedNs();
        for (int i = 0; i < scratch.count(); i++) {
            out.number(scratch.what(i));
            out.number(scratch.atNs(i) - lastNs);
            out.number(scratch.value(i));
            lastNs = scratch.atNs(i);
        }
    }

    /** Reads the sets and the rows; there may be none yet. */
    void load(SnapshotReader in, AttributeTexts texts, int clockCount) {
        setCount = in.upTo(MOST_SETS);
        sets = new int[Math.max(sets.length, setCount)];
        setIndex.makeRoomFor(setCount);
        for (int each = 0; each < setCount; each++) {
            sets[each] = texts.loadBlock(in);
            setIndex.add(hashOf(sets[each]), each);
        }
        for (long left = in.number(); left > 0; left--) {
            int rowSet = in.upTo(setCount - 1);
            if (in.version() == 1) {
                FinishedRow1.load(in, scratch, clockCount);
            } else {
                loadRow(in, clockCount);
            }
            addOfSet(rowSet, scratch);
        }
    }

    private void loadRow(SnapshotReader in, int clockCount) {
        long atNs = in.fixed();
        scratch.begin(NO_TICKET, atNs);
        for (int left = in.upTo(Integer.MAX_VALUE); left > 0; left--) {
            int what = in.upTo(Fact.END - 1);
            if (Fact.kind(what) >= Fact.KINDS || Fact.clock(what) > 0 && Fact.clock(what) >= clockCount) {
                throw in.damaged("a fact is of kind " + Fact.kind(what) + " and clock " + Fact.clock(what)
                        + "; there are " + Fact.KINDS + " kinds and " + clockCount + " clocks");
            }
            atNs += in.number();
            scratch.add(what, atNs, in.number());
        }
    }

    private int keep(int attributesRef) {
        long hash = hashOf(attributesRef);
        for (int at = setIndex.first(hash); at != HashIndex.NONE; at = setIndex.next(hash, at)) {
            int known = setIndex.entry(at);
            if (sets[known] == attributesRef) {
                attributes.free(attributesRef);
                return known;
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
        int at = (int) end & CHUNK_BYTES - 1;
        if (at == 0 || at > CHUNK_BYTES - LONGEST) {
            appendAcross(number);
            return;
        }
        // Forty bytes a ticket are worth a loop that knows its chunk: a tenth of what forgetting costs.
        byte[] chunk = chunks[(int) (end >>> CHUNK_BITS)];
        long rest = number;
        for (; rest >>> 7 != 0; rest >>>= 7) {
            chunk[at++] = (byte) (rest | 0x80);
        }
        chunk[at++] = (byte) rest;
        end += at - ((int) end & CHUNK_BYTES - 1);
    }

    private void appendAcross(long number) {
        long rest = number;
        for (; rest >>> 7 != 0; rest >>>= 7) {
            appendByte((byte) (rest | 0x80));
        }
        appendByte((byte) rest);
    }

    private void appendSigned(long number) {
        append(number << 1 ^ number >> Long.SIZE - 1);
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

    private long nextSigned() {
        long number = next();
        return number >>> 1 ^ -(number & 1);
    }
}
