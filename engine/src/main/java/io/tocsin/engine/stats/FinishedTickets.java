package io.tocsin.engine.stats;

import io.tocsin.engine.memory.HashIndex;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import io.tocsin.engine.ticket.AttributeTexts;
import io.tocsin.engine.ticket.Attributes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What a grouping needs of tickets that left memory: their attributes, each set of them once, and their facts. A row is a
 * head and the facts, some 50 bytes for a ticket with two cycles; of numbers marked so, only as many bytes are kept as they
 * need:
 *
 * <pre>
 *   head   sizes (1) | opened (8) | attribute set (0-8) | how many facts (0-8)
 *   fact   sizes (1) | kind and clock (2) | instant, as what it adds to the one before (0-8) | value (0-8)
 * </pre>
 *
 * <p>Heads and facts do not reach from one chunk into the next: where the longest has no room, the next one begins. The core's
 * thread. Grows in chunks.
 */
final class FinishedTickets {
    /** A quarter of the largest table. */
    private static final int MOST_SETS = 1 << 28;

    private static final int NO_TICKET = -1;
    private static final int CHUNK_BITS = 18;
    private static final int CHUNK_BYTES = 1 << CHUNK_BITS;
    private static final int SIZE_BITS = 4;
    private static final int SIZE_MASK = (1 << SIZE_BITS) - 1;
    /** So many bytes a head or a fact may take. */
    private static final int LONGEST = 1 + 3 * Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private final Attributes attributes;
    private byte[][] chunks = new byte[4][];
    private long end;
    /** Where the next head or fact is read. */
    private long cursor;
    /** The numbers of the pair that was read last. */
    private long first;

    private long second;

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
        byte[] chunk = roomAt(end);
        int at = inChunk(end);
        LONGS.set(chunk, at + 1, facts.openedNs());
        end += putPair(chunk, at, 1 + Long.BYTES, set, facts.count());
        long lastNs = facts.openedNs();
        for (int i = 0; i < facts.count(); i++) {
            chunk = roomAt(end);
            at = inChunk(end);
            SHORTS.set(chunk, at + 1, (short) facts.what(i));
            end += putPair(chunk, at, 1 + Short.BYTES, turned(facts.atNs(i) - lastNs), turned(facts.value(i)));
            lastNs = facts.atNs(i);
        }
    }

    /** Where the next row will begin. */
    long end() {
        return end;
    }

    /** Reads the facts of the row at a position and returns where the next one begins. */
    long read(long row, Facts facts) {
        cursor = place(row);
        byte[] chunk = chunkOf(cursor);
        long openedNs = (long) LONGS.get(chunk, inChunk(cursor) + 1);
        readPair(chunk, 1 + Long.BYTES);
        set = (int) first;
        facts.begin(NO_TICKET, openedNs);
        long atNs = openedNs;
        for (long left = second; left > 0; left--) {
            cursor = place(cursor);
            chunk = chunkOf(cursor);
            int what = (short) SHORTS.get(chunk, inChunk(cursor) + 1) & 0xFFFF;
            readPair(chunk, 1 + Short.BYTES);
            atNs += turnedBack(first);
            facts.add(what, atNs, turnedBack(second));
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

    /** Puts two numbers behind so many bytes, and in front of these how long they are; tells how many bytes that makes. */
    private static int putPair(byte[] chunk, int at, int behind, long one, long other) {
        int size = bytesOf(one);
        int otherSize = bytesOf(other);
        chunk[at] = (byte) (otherSize << SIZE_BITS | size);
        // What is written beyond a number is written over by what comes next.
        LONGS.set(chunk, at + behind, one);
        LONGS.set(chunk, at + behind + size, other);
        return behind + size + otherSize;
    }

    private void readPair(byte[] chunk, int behind) {
        int at = inChunk(cursor);
        int size = chunk[at] & SIZE_MASK;
        int otherSize = chunk[at] >>> SIZE_BITS & SIZE_MASK;
        first = lowest((long) LONGS.get(chunk, at + behind), size);
        second = lowest((long) LONGS.get(chunk, at + behind + size), otherSize);
        cursor += behind + size + otherSize;
    }

    private static int bytesOf(long number) {
        return Long.SIZE + Byte.SIZE - 1 - Long.numberOfLeadingZeros(number) >>> 3;
    }

    private static long lowest(long word, int bytes) {
        return bytes == 0 ? 0 : word & -1L >>> Long.SIZE - bytes * Byte.SIZE;
    }

    /** A number whose lowest bit is its sign, so that small ones of either sign are short. */
    private static long turned(long number) {
        return number << 1 ^ number >> Long.SIZE - 1;
    }

    private static long turnedBack(long number) {
        return number >>> 1 ^ -(number & 1);
    }

    /** Moves the end to where the longest has room, and gives the chunk there. */
    private byte[] roomAt(long position) {
        end = place(position);
        int chunk = (int) (end >>> CHUNK_BITS);
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk * 2);
        }
        if (chunks[chunk] == null) {
            chunks[chunk] = new byte[CHUNK_BYTES];
        }
        return chunks[chunk];
    }

    /** Where what comes at a position lies: there, or where the next chunk begins. */
    private static long place(long position) {
        return inChunk(position) > CHUNK_BYTES - LONGEST ? (position >>> CHUNK_BITS) + 1 << CHUNK_BITS : position;
    }

    private byte[] chunkOf(long position) {
        return chunks[(int) (position >>> CHUNK_BITS)];
    }

    private static int inChunk(long position) {
        return (int) position & CHUNK_BYTES - 1;
    }
}
