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
        Words.check(buffer, offset, length);
        long hash = seed ^ (length * GOLDEN);
        int end = offset + length;
        int at = offset;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mix(hash ^ Words.at(buffer, at)) + GOLDEN;
        }
        return mix(hash ^ tail(buffer, offset, at, end));
    }

    /**
     * Another hash, for bytes by the hundred: a step mixes four words side by side, which do not wait for each other, so that
     * long texts cost a third.
     */
    public static long hashOfMany(DirectBuffer buffer, int offset, int length, long seed) {
        Words.check(buffer, offset, length);
        long first = seed ^ (length * GOLDEN);
        long second = first + GOLDEN;
        long third = second + GOLDEN;
        long fourth = third + GOLDEN;
        int end = offset + length;
        int at = offset;
        for (; at + 4 * Long.BYTES <= end; at += 4 * Long.BYTES) {
            first = mix(first ^ Words.at(buffer, at)) + GOLDEN;
            second = mix(second ^ Words.at(buffer, at + Long.BYTES)) + GOLDEN;
            third = mix(third ^ Words.at(buffer, at + 2 * Long.BYTES)) + GOLDEN;
            fourth = mix(fourth ^ Words.at(buffer, at + 3 * Long.BYTES)) + GOLDEN;
        }
        return hash(buffer, at, end - at, term(0, first) + term(1, second) + term(2, third) + term(3, fourth));
    }

    /**
     * The same as {@link #hash(DirectBuffer, int, int, long)} for up to 16 bytes at hand.
     *
     * @param first the first eight, {@link #word}
     * @param second the others, likewise
     */
    public static long hash(long first, long second, int length, long seed) {
        long hash = seed ^ (length * GOLDEN);
        if (length < Long.BYTES) {
            return mix(hash ^ tail(first, length));
        }
        hash = mix(hash ^ first) + GOLDEN;
        if (length < 2 * Long.BYTES) {
            return mix(hash ^ tail(second, length - Long.BYTES));
        }
        return mix(mix(hash ^ second) + GOLDEN);
    }

    /** Up to eight of some bytes from one on, the first in the lowest bits; 0 in place of those behind the end. */
    public static long word(DirectBuffer buffer, int offset, int length, int from) {
        int left = length - from;
        if (left >= Long.BYTES) {
            return buffer.getLong(offset + from, LITTLE_ENDIAN);
        }
        if (left <= 0) {
            return 0;
        }
        int end = offset + length;
        if (end >= Long.BYTES) {
            // What lies before them is shifted out.
            return buffer.getLong(end - Long.BYTES, LITTLE_ENDIAN) >>> (Long.BYTES - left) * Byte.SIZE;
        }
        long word = 0;
        for (int i = length; i-- > from; ) {
            word = word << Byte.SIZE | buffer.getByte(offset + i) & 0xFF;
        }
        return word;
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

    /**
     * What a value adds to a sum that, folded or mixed, is a hash of several values, each at a place of its own. Unlike folds,
     * terms do not wait for each other: a chain of mixes takes the processor some five times as long.
     */
    public static long term(int place, long value) {
        return mix(value ^ (place + 1) * GOLDEN);
    }

    private static long tail(long word, int length) {
        return length == 0 ? 0 : Long.reverseBytes(word) >>> (Long.BYTES - length) * Byte.SIZE;
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
