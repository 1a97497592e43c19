package io.tocsin.engine.snapshot;

import static io.tocsin.engine.snapshot.Frame.*;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes values into a snapshot, block by block; the format is in the package's description. One thread, one snapshot.
 * Allocates one block, and a copy of each {@link #text}. What the sink throws passes through.
 */
public final class SnapshotWriter {
    /** The longest byte string. */
    public static final int MOST_BYTES = 65_536;

    private static final int MOST_NUMBER_LENGTH = 10;
    private static final int BLOCK_END = VALUES_OFFSET + MOST_VALUES_LENGTH;

    private final BlockWriter blocks;
    private final byte[] bytes = new byte[BLOCK_END];
    private final UnsafeBuffer block = new UnsafeBuffer(bytes);
    private int at = VALUES_OFFSET;

    /**
     * Begins a snapshot.
     *
     * @param position how many records of the journal it holds
     * @param rememberedIds how many idempotency keys the engine remembers
     */
    public SnapshotWriter(SnapshotSink sink, long position, int rememberedIds) {
        blocks = new BlockWriter(sink, position, rememberedIds);
    }

    /** Begins a section. */
    public void section(SnapshotSection section) {
        number(section.code());
    }

    /** An instant or a hash: 8 bytes. */
    public void fixed(long value) {
        makeRoom(Long.BYTES);
        block.putLong(at, value, LITTLE_ENDIAN);
        at += Long.BYTES;
    }

    /** A number that is likely small: 1 byte from -64 to 63, then 1 more for every 7 bits. */
    public void number(long value) {
        makeRoom(MOST_NUMBER_LENGTH);
        long left = (value << 1) ^ (value >> 63);
        while ((left & ~0x7FL) != 0) {
            bytes[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[at++] = (byte) left;
    }

    /** A byte string of up to {@value #MOST_BYTES} bytes. */
    public void bytes(DirectBuffer buffer, int offset, int length) {
        if (length > MOST_BYTES) {
            throw new IllegalArgumentException("byte string of " + length + " bytes, the longest is " + MOST_BYTES);
        }
        makeRoom(MOST_NUMBER_LENGTH + length);
        number(length);
        block.putBytes(at, buffer, offset, length);
        at += length;
    }

    /** A text of any length. */
    public void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        for (int from = 0; from < utf8.length; ) {
            makeRoom(1);
            int count = Math.min(utf8.length - from, BLOCK_END - at);
            block.putBytes(at, utf8, from, count);
            at += count;
            from += count;
        }
    }

    /** Ends the snapshot; nothing may be written any more. */
    public void end() {
        flush();
        blocks.write(block, 0);
    }

    private void makeRoom(int length) {
        if (at + length > BLOCK_END) {
            flush();
        }
    }

    private void flush() {
        if (at > VALUES_OFFSET) {
            blocks.write(block, at - VALUES_OFFSET);
            at = VALUES_OFFSET;
        }
    }
}
