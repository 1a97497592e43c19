package io.tocsin.engine.memory;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/**
 * Eight bytes of a buffer at a time, for loops over many: {@link #check} asks once whether a range lies in the buffer, and
 * {@link #at} does not ask again. Asking at each step took a tenth of all that the core does. The first byte comes lowest, on
 * any machine. No allocation.
 */
public final class Words {
    private static final boolean REVERSED = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private Words() {}

    /**
     * Asks whether a range lies in a buffer.
     *
     * @throws IndexOutOfBoundsException if it does not
     */
    public static void check(DirectBuffer buffer, int offset, int length) {
        buffer.boundsCheck(offset, length);
    }

    /** Whether all words of a range, which was {@linkplain #check checked}, are those of an array from a place on. */
    public static boolean areAt(DirectBuffer buffer, int offset, long[] words, int from, int count) {
        byte[] array = buffer.byteArray();
        long first = buffer.addressOffset() + offset;
        for (int i = 0; i < count; i++) {
            if (word(array, first + (long) i * Long.BYTES) != words[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** Eight bytes that lie within a range that was {@linkplain #check checked}. */
    public static long at(DirectBuffer buffer, int offset) {
        return word(buffer.byteArray(), buffer.addressOffset() + offset);
    }

    /** @param array null for memory outside of the heap */
    private static long word(byte @Nullable [] array, long address) {
        long word = UnsafeApi.getLong(array, address);
        return REVERSED ? Long.reverseBytes(word) : word;
    }
}
