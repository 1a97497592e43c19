package io.tocsin.engine.memory;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Byte strings of up to {@value #MAX_LENGTH} bytes, kept in units of 16 bytes: two bytes of length, then the content.
 * Freed strings make room for others of the same number of units.
 *
 * <p>One thread. Allocates a chunk of 1 MiB when nothing fits and otherwise nothing.
 */
public final class ByteArena {
    /** The longest string. */
    public static final int MAX_LENGTH = 8_190;

    private static final int NONE = -1;
    private static final int UNIT_BITS = 4;
    private static final int CHUNK_BITS = 20;
    /** A unit less, so that a chunk and its array's header take 1 MiB, not another region of the heap. */
    private static final int CHUNK_LENGTH = (1 << CHUNK_BITS) - (1 << UNIT_BITS);

    private static final int UNITS_MASK = (1 << (CHUNK_BITS - UNIT_BITS)) - 1;

    private final int[] firstFree = new int[units(MAX_LENGTH) + 1];
    private UnsafeBuffer[] chunks = new UnsafeBuffer[4];
    private int chunkCount;
    private int position = CHUNK_LENGTH;

    /** An empty arena. */
    public ByteArena() {
        Arrays.fill(firstFree, NONE);
    }

    /** Keeps a copy of some bytes and returns its reference. */
    public int put(DirectBuffer source, int offset, int length) {
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("string of " + length + " bytes, the longest is " + MAX_LENGTH);
        }
        int ref = allocate(units(length));
        UnsafeBuffer chunk = buffer(ref);
        int at = start(ref);
        chunk.putShort(at, (short) length);
        chunk.putBytes(at + Short.BYTES, source, offset, length);
        return ref;
    }

    /** Forgets a string; its reference must not be used any more. */
    public void free(int ref) {
        int units = units(length(ref));
        buffer(ref).putInt(start(ref), firstFree[units]);
        firstFree[units] = ref;
    }

    /** The buffer that holds a string, at {@link #offset} and {@link #length}. */
    public UnsafeBuffer buffer(int ref) {
        return chunks[ref >>> (CHUNK_BITS - UNIT_BITS)];
    }

    /** Where a string begins in its buffer. */
    public int offset(int ref) {
        return start(ref) + Short.BYTES;
    }

    /** A string's length in bytes. */
    public int length(int ref) {
        return buffer(ref).getShort(start(ref)) & 0xFFFF;
    }

    /** Whether a string has exactly these bytes. */
    public boolean equals(int ref, DirectBuffer other, int otherOffset, int otherLength) {
        if (length(ref) != otherLength) {
            return false;
        }
        UnsafeBuffer chunk = buffer(ref);
        int at = offset(ref);
        int end = at + otherLength;
        int toOther = otherOffset - at;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            if (chunk.getLong(at) != other.getLong(at + toOther)) {
                return false;
            }
        }
        return at == end || equalTails(chunk, at, end, other, toOther, otherLength);
    }

    /** A string's hash, see {@link Hashing#hash}. */
    public long hash(int ref, long seed) {
        return Hashing.hash(buffer(ref), offset(ref), length(ref), seed);
    }

    /** A string as text. Allocates. */
    public String text(int ref) {
        return buffer(ref).getStringWithoutLengthUtf8(offset(ref), length(ref));
    }

    /** Less than eight bytes; read in one or two steps, which may look at some again, where the length allows it. */
    private static boolean equalTails(
            UnsafeBuffer chunk, int at, int end, DirectBuffer other, int toOther, int length) {
        if (length >= Long.BYTES) {
            return chunk.getLong(end - Long.BYTES) == other.getLong(end - Long.BYTES + toOther);
        }
        if (length >= Integer.BYTES) {
            return chunk.getInt(at) == other.getInt(at + toOther)
                    && chunk.getInt(end - Integer.BYTES) == other.getInt(end - Integer.BYTES + toOther);
        }
        for (int i = at; i < end; i++) {
            if (chunk.getByte(i) != other.getByte(i + toOther)) {
                return false;
            }
        }
        return true;
    }

    private int allocate(int units) {
        int ref = firstFree[units];
        if (ref != NONE) {
            firstFree[units] = buffer(ref).getInt(start(ref));
            return ref;
        }
        int length = units << UNIT_BITS;
        if (position + length > CHUNK_LENGTH) {
            addChunk();
        }
        ref = ((chunkCount - 1) << (CHUNK_BITS - UNIT_BITS)) | (position >>> UNIT_BITS);
        position += length;
        return ref;
    }

    private void addChunk() {
        if (chunkCount == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunkCount * 2);
        }
        chunks[chunkCount++] = new UnsafeBuffer(new byte[CHUNK_LENGTH]);
        position = 0;
    }

    private static int start(int ref) {
        return (ref & UNITS_MASK) << UNIT_BITS;
    }

    private static int units(int length) {
        return (length + Short.BYTES + (1 << UNIT_BITS) - 1) >>> UNIT_BITS;
    }
}
