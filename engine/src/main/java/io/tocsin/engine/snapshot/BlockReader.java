package io.tocsin.engine.snapshot;

import static io.tocsin.engine.snapshot.Frame.*;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a snapshot's header and then block after block into buffers of the caller's, and verifies each. It knows nothing
 * of what is in them, so that it can work on a thread of its own, ahead of whoever understands the values.
 */
final class BlockReader {
    private final SnapshotSource source;
    private final int version;
    private final long position;
    private final int rememberedIds;
    private long offset;
    private int lastChecksum;

    /** @throws SnapshotDamagedException if the header is not one that this build reads */
    BlockReader(SnapshotSource source) {
        this.source = source;
        UnsafeBuffer header = new UnsafeBuffer(new byte[HEADER_LENGTH]);
        fill(header, 0, HEADER_LENGTH);
        if (!hasMagic(header)) {
            throw damaged(MAGIC_OFFSET, "it does not begin as a snapshot does");
        }
        version = header.getInt(VERSION_OFFSET, LITTLE_ENDIAN);
        if (version < FIRST_VERSION || version > VERSION) {
            throw damaged(
                    VERSION_OFFSET,
                    "it is of version " + version + " and this build reads versions " + FIRST_VERSION + " to " + VERSION
                            + "; a newer build may have written it");
        }
        verify(header, HEADER_LENGTH, HEADER_CHECKSUM_OFFSET, NO_CHECKSUM, 0);
        position = header.getLong(POSITION_OFFSET, LITTLE_ENDIAN);
        rememberedIds = header.getInt(REMEMBERED_IDS_OFFSET, LITTLE_ENDIAN);
    }

    int version() {
        return version;
    }

    long position() {
        return position;
    }

    int rememberedIds() {
        return rememberedIds;
    }

    /** Where the next block begins, in bytes from the snapshot's beginning. */
    long offset() {
        return offset;
    }

    /**
     * Reads and verifies the next block; its values lie in the buffer from {@link Frame#VALUES_OFFSET} on.
     *
     * @return the length of its values in bytes; 0 at the end, behind which nothing may follow
     * @throws SnapshotDamagedException if it is not as it was written
     */
    int next(UnsafeBuffer block) {
        long start = offset;
        fill(block, 0, VALUES_OFFSET);
        int length = block.getInt(LENGTH_OFFSET, LITTLE_ENDIAN);
        if (length < 0 || length > MOST_VALUES_LENGTH) {
            throw damaged(start, "a block has length " + length + ", the most is " + MOST_VALUES_LENGTH);
        }
        fill(block, VALUES_OFFSET, length);
        verify(block, VALUES_OFFSET + length, CHECKSUM_OFFSET, lastChecksum, start);
        if (length == 0 && source.read(block, 0, 1) > 0) {
            throw damaged(offset, "there are bytes behind the end");
        }
        return length;
    }

    private void verify(UnsafeBuffer buffer, int length, int checksumOffset, int before, long start) {
        int expected = buffer.getInt(checksumOffset, LITTLE_ENDIAN);
        lastChecksum = checksum(buffer, length, checksumOffset, before);
        if (lastChecksum != expected) {
            throw damaged(
                    start,
                    "the checksum of " + length + " bytes is " + Integer.toHexString(lastChecksum) + " and not "
                            + Integer.toHexString(expected));
        }
    }

    private void fill(UnsafeBuffer buffer, int at, int length) {
        int filled = 0;
        while (filled < length) {
            int count = source.read(buffer, at + filled, length - filled);
            if (count <= 0) {
                throw damaged(offset, "it ends here, " + (length - filled) + " bytes early at least");
            }
            filled += count;
            offset += count;
        }
    }

    private static SnapshotDamagedException damaged(long at, String reason) {
        return new SnapshotDamagedException(at, "the frame", reason);
    }
}
