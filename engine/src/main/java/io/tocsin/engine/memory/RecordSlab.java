package io.tocsin.engine.memory;

import java.util.Arrays;

/**
 * Records of a fixed number of longs. A record's fields lie side by side, so that touching one costs a cache line, not one a
 * field. Freed records are handed out again, the last freed first.
 *
 * <p>A record's number is the place of its first long, counted through all chunks: so a field is found by a shift and a sum
 * of constants, without asking for the shape of the slab; an event asks some 150 times. Records of eight longs lie each in
 * one cache line, and these lines have numbers of their own, dense from 0 on: {@link #line}.
 *
 * <p>Chunks are of one length, which with their array's header fills whole regions of the heap. With a long more they would
 * need another region, which G1 gives to nothing else. A record does not reach from one chunk into the next; so there are
 * gaps.
 *
 * <p>One thread. {@link #allocate} makes a new chunk of 8 MiB when none has room and otherwise allocates nothing; only the
 * first chunk grows by copying.
 */
public final class RecordSlab {
    /** Stands for no record. */
    public static final int NONE = -1;
    /** Most fields of a record. */
    public static final int MOST_LONGS = 1 << 16;

    private static final int CHUNK_BITS = 20;
    private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;
    /** Without the header of an array. */
    private static final int CHUNK_LONGS = (1 << CHUNK_BITS) - 2;
    /** 16 GiB. */
    private static final int MOST_CHUNKS = 1 << Integer.SIZE - 1 - CHUNK_BITS;

    private static final int FIRST_CHUNK_LONGS = 1 << 11;

    private static final int LINE_BITS = 3;
    /** What is left of a cache line behind the header of an array; large arrays begin with a line. */
    private static final int LONGS_TO_NEXT_LINE = 6;

    private final int recordLongs;
    private final int firstLong;
    private long[][] chunks = new long[4][];
    /** The record behind the highest one ever handed out. */
    private int end;

    private int firstFree = NONE;
    private int liveCount;

    /** A slab of records with {@code recordLongs} fields, 1 to {@value #MOST_LONGS}. */
    public RecordSlab(int recordLongs) {
        if (recordLongs < 1 || recordLongs > MOST_LONGS) {
            throw new IllegalArgumentException("records of " + recordLongs + " longs, allowed are 1 to " + MOST_LONGS);
        }
        this.recordLongs = recordLongs;
        firstLong = recordLongs == 1 << LINE_BITS ? LONGS_TO_NEXT_LINE : 0;
        end = firstLong;
    }

    /** The number of the cache line of a record of eight longs. */
    public static int line(int record) {
        return record >>> LINE_BITS;
    }

    /** The record of eight longs in a line. */
    public static int ofLine(int line) {
        return (line << LINE_BITS) + LONGS_TO_NEXT_LINE;
    }

    /**
     * Hands out a record. Its fields are what they happen to be: whoever takes it sets them all.
     *
     * @throws IllegalStateException if there are 16 GiB of them already
     */
    public int allocate() {
        liveCount++;
        if (firstFree != NONE) {
            int record = firstFree;
            firstFree = (int) get(record, 0);
            return record;
        }
        int record = end;
        makeRoomFor(record);
        end = behind(record);
        return record;
    }

    /** Takes a record back; it must not be used any more. */
    public void free(int record) {
        liveCount--;
        set(record, 0, firstFree);
        firstFree = record;
    }

    /** A field's value. */
    public long get(int record, int field) {
        return chunks[record >>> CHUNK_BITS][(record & CHUNK_MASK) + field];
    }

    /** Sets a field. */
    public void set(int record, int field, long value) {
        chunks[record >>> CHUNK_BITS][(record & CHUNK_MASK) + field] = value;
    }

    /** The lower 32 bits of a field. */
    public int getLow(int record, int field) {
        return (int) get(record, field);
    }

    /** The upper 32 bits of a field. */
    public int getHigh(int record, int field) {
        return (int) (get(record, field) >>> 32);
    }

    /** Sets the lower 32 bits of a field. */
    public void setLow(int record, int field, int value) {
        set(record, field, (get(record, field) & 0xFFFF_FFFF_0000_0000L) | (value & 0xFFFF_FFFFL));
    }

    /** Sets the upper 32 bits of a field. */
    public void setHigh(int record, int field, int value) {
        set(record, field, (get(record, field) & 0xFFFF_FFFFL) | ((long) value << 32));
    }

    /** How many records are handed out now. */
    public int liveCount() {
        return liveCount;
    }

    /** The first record ever handed out, or {@link #NONE}. */
    public int first() {
        return end == firstLong ? NONE : firstLong;
    }

    /** The record that lies behind one, handed out now or freed, or {@link #NONE} behind the last. */
    public int next(int record) {
        int next = behind(record);
        return next == end ? NONE : next;
    }

    /** All records of eight longs ever handed out lie in lines below this one. */
    public int lineCount() {
        return line(end);
    }

    /** Whether a line below {@link #lineCount} is none, as it would reach beyond its chunk. */
    public boolean isGap(int line) {
        return !fits(ofLine(line));
    }

    private int behind(int record) {
        int place = record + recordLongs;
        return fits(place) ? place : ((place >>> CHUNK_BITS) + 1 << CHUNK_BITS) + firstLong;
    }

    private boolean fits(int place) {
        return (place & CHUNK_MASK) + recordLongs <= CHUNK_LONGS;
    }

    private void makeRoomFor(int record) {
        int chunk = record >>> CHUNK_BITS;
        if (chunk >= MOST_CHUNKS) {
            throw new IllegalStateException("slab of " + liveCount + " records of " + recordLongs + " longs is full");
        }
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunks.length * 2);
        }
        long[] longs = chunks[chunk];
        int needed = (record & CHUNK_MASK) + recordLongs;
        if (longs == null) {
            chunks[chunk] = new long[chunk == 0 ? Math.max(FIRST_CHUNK_LONGS, needed) : CHUNK_LONGS];
        } else if (needed > longs.length) {
            chunks[chunk] = Arrays.copyOf(longs, Math.min(CHUNK_LONGS, Math.max(needed, longs.length * 2)));
        }
    }
}
