package io.tocsin.engine.snapshot;

import static io.tocsin.engine.snapshot.Frame.*;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the values of a snapshot in the order in which a {@link SnapshotWriter} wrote them. Any call may throw a
 * {@link SnapshotDamagedException}; then nothing more may be read. One thread, one snapshot. Allocates one block, and each
 * {@link #text}. What the source throws passes through; the source is not closed.
 */
public final class SnapshotReader {
    private static final int NUMBER_BITS = 7;

    private final BlockReader blocks;
    private final byte[] bytes = new byte[VALUES_OFFSET + MOST_VALUES_LENGTH];
    private final UnsafeBuffer block = new UnsafeBuffer(bytes);
    private String section = "the header";
    private int at = VALUES_OFFSET;
    private int end = VALUES_OFFSET;
    private int bytesOffset;

    /** Begins to read a snapshot: its header. */
    public SnapshotReader(SnapshotSource source) {
        blocks = new BlockReader(source);
    }

    /** The version of the format it is written in, from 1. */
    public int version() {
        return blocks.version();
    }

    /** How many records of the journal the snapshot holds. */
    public long position() {
        return blocks.position();
    }

    /** How many idempotency keys the engine remembered that wrote it. */
    public int rememberedIds() {
        return blocks.rememberedIds();
    }

    /** Begins a section: the one written there must be this one. */
    public void section(SnapshotSection expected) {
        long code = number();
        if (code != expected.code()) {
            throw damaged(
                    "here begins section " + code + ", it ought to be " + expected.code() + ", " + expected.text());
        }
        section = expected.text();
    }

    /** An instant or a hash. */
    public long fixed() {
        int from = take(Long.BYTES);
        return block.getLong(from, LITTLE_ENDIAN);
    }

    /** A number. */
    public long number() {
        makeSure();
        long value = 0;
        int shift = 0;
        byte next;
        do {
            if (at == end || shift >= Long.SIZE) {
                throw damaged("a number does not end");
            }
            next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            shift += NUMBER_BITS;
        } while (next < 0);
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number from 0 to {@code most}. */
    public int upTo(int most) {
        return (int) upTo((long) most);
    }

    /** A number from 0 to {@code most}. */
    public long upTo(long most) {
        long value = number();
        if (value < 0 || value > most) {
            throw damaged("a number is " + value + ", allowed are 0 to " + most);
        }
        return value;
    }

    /**
     * A byte string, in {@link #buffer()} from {@link #offset()} on until the next call.
     *
     * @return its length, at most {@code most}
     */
    public int bytes(int most) {
        int length = upTo(most);
        bytesOffset = length == 0 ? at : take(length);
        return length;
    }

    /** Where the last byte string is. */
    public DirectBuffer buffer() {
        return block;
    }

    /** Where the last byte string begins in {@link #buffer()}. */
    public int offset() {
        return bytesOffset;
    }

    /** A text. */
    public String text() {
        byte[] utf8 = new byte[upTo(Integer.MAX_VALUE - Long.BYTES)];
        for (int filled = 0; filled < utf8.length; ) {
            makeSure();
            int count = Math.min(utf8.length - filled, end - at);
            block.getBytes(at, utf8, filled, count);
            at += count;
            filled += count;
        }
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** Makes sure that nothing follows. */
    public void end() {
        if (at != end || nextBlock() != 0) {
            throw damaged("there is more than was expected");
        }
    }

    /** For readers of values that cannot be right: says where this is. */
    public SnapshotDamagedException damaged(String reason) {
        return new SnapshotDamagedException(blocks.offset() - end + at, section, reason);
    }

    private int take(int length) {
        makeSure();
        if (end - at < length) {
            throw damaged("a value of " + length + " bytes runs over the end of its block");
        }
        int from = at;
        at += length;
        return from;
    }

    private void makeSure() {
        if (at == end && nextBlock() == 0) {
            throw damaged("it ends here, and more was expected");
        }
    }

    private int nextBlock() {
        try {
            int length = blocks.next(block);
            at = VALUES_OFFSET;
            end = VALUES_OFFSET + length;
            return length;
        } catch (SnapshotDamagedException e) {
            throw e.in(section);
        }
    }
}
