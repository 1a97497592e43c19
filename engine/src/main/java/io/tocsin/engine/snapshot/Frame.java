package io.tocsin.engine.snapshot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Offsets of a snapshot's header and blocks, and their checksum; the picture is in the package's description. */
final class Frame {
    static final int VERSION = 2;
    static final int FIRST_VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int REMEMBERED_IDS_OFFSET = 12;
    static final int POSITION_OFFSET = 16;
    static final int HEADER_CHECKSUM_OFFSET = 24;
    static final int HEADER_LENGTH = 28;

    static final int LENGTH_OFFSET = 0;
    static final int CHECKSUM_OFFSET = 4;
    static final int VALUES_OFFSET = 8;
    static final int MOST_VALUES_LENGTH = 256 * 1_024;

    /** What the checksum of the header begins with. */
    static final int NO_CHECKSUM = 0;

    private static final byte[] MAGIC = "TOCSNAP\u001A".getBytes(StandardCharsets.US_ASCII);

    private Frame() {}

    static void putMagic(UnsafeBuffer header) {
        header.putBytes(MAGIC_OFFSET, MAGIC);
    }

    static boolean hasMagic(UnsafeBuffer header) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (header.getByte(MAGIC_OFFSET + i) != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /** The checksum of the first bytes of a buffer, with the checksum before it, which is put where it will stand. */
    static int checksum(UnsafeBuffer buffer, int length, int checksumOffset, int before) {
        buffer.putInt(checksumOffset, before, LITTLE_ENDIAN);
        CRC32C crc = new CRC32C();
        crc.update(buffer.byteArray(), 0, length);
        return (int) crc.getValue();
    }
}
