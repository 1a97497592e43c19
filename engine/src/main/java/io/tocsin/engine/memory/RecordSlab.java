package io.tocsin.engine.memory;

import java.util.Arrays;

/**
 * Records of a fixed number of longs, numbered from 0. A record's fields lie side by side, so that touching one costs a
 * cache line, not one a field. Freed records are handed out again, the last freed first.
 *
 * <p>One thread. {@link #allocate} makes a new chunk of at most 16,384 records when none is free and otherwise
 * allocates nothing.
 */
public final class RecordSlab {
    /** Stands for no record. */
    public static final int NONE = -1;

    private static final int MOST_CHUNK_RECORDS = 1 << 14;
    /** 8 MiB: large records come in chunks of fewer, so that a few of them do not take gigabytes. */
    private static final int MOST_CHUNK_LONGS = 1 << 20;

    private final int recordLongs;
    private final int chunkBits;
    private final int chunkMask;
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
    }

    /** Hands out a record; all its fields are 0. */
    public int allocate() {
        liveCount++;
        if (firstFree != NONE) {
            int record = firstFree;
            firstFree = (int) get(record, 0);
            Arrays.fill(chunks[record >>> chunkBits], base(record), base(record) + recordLongs, 0);
            return record;
        }
        int chunk = recordCount >>> chunkBits;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunks.length * 2);
        }
        if (chunks[chunk] == null) {
            chunks[chunk] = new long[(chunkMask + 1) * recordLongs];
        }
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
        return chunks[record >>> chunkBits][base(record) + field];
    }

    /** Sets a field. */
    public void set(int record, int field, long value) {
        chunks[record >>> chunkBits][base(record) + field] = value;
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

    /** One more than the highest record ever handed out; a scan goes from 0 to here. */
    public int recordCount() {
        return recordCount;
    }

    private int base(int record) {
        return (record & chunkMask) * recordLongs;
    }
}
