package io.tocsin.engine.memory;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * One 64-bit hash of bytes, the same on any machine and in any process: state hashes and the window of known ids are
 * built on it. Eight bytes at a step, mixed with the finalizer of SplitMix64 (Steele, Lea, Flood 2014). No allocation.
 */
public final class Hashing {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Hashing() {}

    /** Hashes bytes; different seeds give independent hashes. */
    public static long hash(DirectBuffer buffer, int offset, int length, long seed) {
        long hash = seed ^ (length * GOLDEN);
        int end = offset + length;
        int at = offset;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mix(hash ^ buffer.getLong(at, LITTLE_ENDIAN)) + GOLDEN;
        }
        return mix(hash ^ tail(buffer, offset, at, end));
    }

    /** Spreads every bit of the input over the output. */
    public static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Folds a value into a hash; the order of folding matters. */
    public static long fold(long hash, long value) {
        return mix(hash * 31 + GOLDEN ^ value);
    }

    /** The last bytes, less than eight, as one number; read in one or two steps where the bytes before allow it. */
    private static long tail(DirectBuffer buffer, int offset, int at, int end) {
        int bits = (end - at) * Byte.SIZE;
        if (end - offset >= Long.BYTES) {
            return buffer.getLong(end - Long.BYTES, BIG_ENDIAN) & ((1L << bits) - 1);
        }
        if (end - at >= Integer.BYTES) {
            long last = buffer.getInt(end - Integer.BYTES, BIG_ENDIAN) & 0xFFFF_FFFFL;
            return ((buffer.getInt(at, BIG_ENDIAN) & 0xFFFF_FFFFL) << (bits - Integer.SIZE)) | last;
        }
        long tail = 0;
        for (int i = at; i < end; i++) {
            tail = (tail << 8) | (buffer.getByte(i) & 0xFF);
        }
        return tail;
    }
}
