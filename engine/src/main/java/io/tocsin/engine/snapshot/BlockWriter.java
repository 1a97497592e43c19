package io.tocsin.engine.snapshot;

import static io.tocsin.engine.snapshot.Frame.*;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.concurrent.UnsafeBuffer;

/** Writes a snapshot's header, its blocks and its end, each with a checksum. One thread. */
final class BlockWriter {
    private final SnapshotSink sink;
    private int lastChecksum;

    BlockWriter(SnapshotSink sink, long position, int rememberedIds) {
        this.sink = sink;
        UnsafeBuffer header = new UnsafeBuffer(new byte[HEADER_LENGTH]);
        putMagic(header);
        header.putInt(VERSION_OFFSET, VERSION, LITTLE_ENDIAN);
        header.putInt(REMEMBERED_IDS_OFFSET, rememberedIds, LITTLE_ENDIAN);
        header.putLong(POSITION_OFFSET, position, LITTLE_ENDIAN);
        write(header, HEADER_LENGTH, HEADER_CHECKSUM_OFFSET, NO_CHECKSUM);
    }

    /** Writes a block whose values lie in a buffer from {@link Frame#VALUES_OFFSET} on; without any, the end. */
    void write(UnsafeBuffer block, int valuesLength) {
        block.putInt(LENGTH_OFFSET, valuesLength, LITTLE_ENDIAN);
        write(block, VALUES_OFFSET + valuesLength, CHECKSUM_OFFSET, lastChecksum);
    }

    private void write(UnsafeBuffer buffer, int length, int checksumOffset, int before) {
        lastChecksum = checksum(buffer, length, checksumOffset, before);
        buffer.putInt(checksumOffset, lastChecksum, LITTLE_ENDIAN);
        sink.write(buffer, 0, length);
    }
}
