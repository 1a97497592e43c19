package io.tocsin.engine.memory;

import java.util.Arrays;

/**
 * Records of a fixed number of longs, numbered from 0. A record's fields lie side by side, so that touching one costs a
 * cache line, not one a field; records of eight longs lie each in one line. Freed records are handed out again, the last
 * freed first.
 *
 * <p>The last number of each chunk is never handed out: so a chunk and its array's header fill whole regions of the heap.
 * With one record more they would need another region, which G1 gives to nothing else; chunks of 1 MiB took twice their
 * size for it.
 *
 * <p>One thread. {@link #allocate} makes a new chunk of at most 262,144 records when none is free and otherwise allocates
 * nothing; only the first chunk grows by copying.
 */
public final class RecordSlab {
    /** Stands for no record. */
    public static final int NONE = -1;

    private static final int MOST_CHUNK_RECORDS = 1 << 18;
    /** 12 MiB: large records come in chunks of fewer, so that a few of them do not take gigabytes. */
    private static final int MOST_CHUNK_LONGS = 3 << 19;

    private static final int FIRST_CHUNK_LONGS = 1 << 11;
    /** Chunks of fewer records have no number to spare. */
    private static final int FEWEST_WITH_GAP = 1 << 10;

    private static final int LINE_LONGS = 8;
    /** What is left of a cache line behind the header of an array; large arrays begin with a line. */
    private static final int LONGS_TO_NEXT_LINE = 6;

    private final int recordLongs;
    private final int chunkBits;
    private final int chunkMask;
    private final int firstLong;
    private final boolean gaps;
    private long[][] chunks = new long[4][];
    private int recordCount;
    private int firstFree = NONE;
    private int liveCount;

    /** A slab of records with {@code recordLongs} fields. */
    public RecordSlab(int recordLongs) {
        this.recordLongs = recordLongs;
        int chunkRecords = Math.max(1, Math.min(MOST_CHUNK_RECORDS, MOST_CHUNK_LONGS / recordLongs));
        chunkBits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(chunkRecords);
        chunkMask = (1 << chunkBits) - 1;
        firstLong = recordLongs == LINE_LONGS ? LONGS_TO_NEXT_LINE : 0;
        gaps = chunkMask >= FEWEST_WITH_GAP;
    }

    /** Hands out a record; all its fields are 0. */
    public int allocate() {
        liveCount++;
        if (firstFree != NONE) {
            int record = firstFree;
            firstFree = (int) get(record, 0);
            Arrays.fill(chunks[record >>> chunkBits], at(record, 0), at(record, recordLongs), 0);
            return record;
        }
        if (isGap(recordCount)) {
            recordCount++;
        }
        makeRoomFor(recordCount);
        return recordCount++;
    }

    /** Takes a record back; it must not be used any more. */
    public void free(int record) {
        liveCount--;
        set(record, 0, firstFree);
        firstFree = record;
    }

    /** A field's value. */
    public long get(int record, int field) {
        return chunks[record >>> chunkBits][at(record, field)];
    }

    /** Sets a field. */
    public void set(int record, int field, long value) {
        chunks[record >>> chunkBits][at(record, field)] = value;
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

    /** One more than the highest record ever handed out; a scan goes from 0 to here and leaves out {@link #isGap gaps}. */
    public int recordCount() {
        return recordCount;
    }

    /** Whether a number is one that is never handed out; it must not be used. */
    public boolean isGap(int record) {
        return gaps && (record & chunkMask) == chunkMask;
    }

    private void makeRoomFor(int record) {
        int chunk = record >>> chunkBits;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunks.length * 2);
        }
        long[] longs = chunks[chunk];
        int most = firstLong + (gaps ? chunkMask : chunkMask + 1) * recordLongs;
        if (longs == null) {
            int least = Math.max(firstLong + recordLongs, FIRST_CHUNK_LONGS);
            chunks[chunk] = new long[chunk == 0 ? Math.min(most, least) : most];
        } else if (at(record, recordLongs) > longs.length) {
            chunks[chunk] = Arrays.copyOf(longs, (int) Math.min(most, longs.length * 2L));
        }
    }

    private int at(int record, int field) {
        return firstLong + (record & chunkMask) * recordLongs + field;
    }
}
