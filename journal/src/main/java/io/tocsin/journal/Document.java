package io.tocsin.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One document in memory, on its way into a queue or out of it: a header with version and checksum, then the body. The
 * layout is drawn in the package's description.
 *
 * <p>One instance belongs to one thread. The buffer grows to the largest document seen and is then reused; apart from
 * that nothing is allocated.
 */
final class Document {
    /** Where the body begins. */
    static final int BODY_OFFSET = 8;
    /** The longest document, header and all. */
    static final int MAX_LENGTH = 8 << 20;

    private static final int VERSION = 1;
    private static final int VERSION_OFFSET = 0;
    private static final int CHECKSUM_OFFSET = 4;
    private static final int INITIAL_CAPACITY = 64 << 10;

    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final PointerBytesStore memory = new PointerBytesStore();
    private ByteBuffer bytes;

    Document() {
        use(ByteBuffer.allocateDirect(INITIAL_CAPACITY));
    }

    /** The document from offset 0; changes its place when {@link #ensureCapacity} grows it. */
    MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Makes room for {@code length} bytes, at most {@link #MAX_LENGTH}; keeps what is there. */
    void ensureCapacity(int length) {
        if (length <= buffer.capacity()) {
            return;
        }
        ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(length, Math.min(MAX_LENGTH, 2 * buffer.capacity())));
        buffer.getBytes(0, larger, 0, buffer.capacity());
        use(larger);
    }

    /** Writes the header and appends the first {@code length} bytes to the queue, as one document. */
    void writeTo(ExcerptAppender appender, int length) {
        buffer.putInt(VERSION_OFFSET, VERSION, LITTLE_ENDIAN);
        buffer.putInt(CHECKSUM_OFFSET, checksum(length), LITTLE_ENDIAN);
        memory.set(buffer.addressOffset(), length);
        appender.writeBytes(memory);
    }

    /**
     * Copies a document out of a file and checks it.
     *
     * @return its length
     * @throws DamagedException if it is damaged or of an unknown version
     */
    int readFrom(QueueFile file, long offset) {
        try {
            return readOnce(file, offset);
        } catch (DamagedException e) {
            // Its word may have been seen before its content, on a machine that orders another process's stores freely.
            file.refresh();
            return readOnce(file, offset);
        }
    }

    /** What a content begins with, as a word: the version. */
    static int firstWord() {
        return VERSION;
    }

    private int readOnce(QueueFile file, long offset) {
        int length = file.length(offset);
        if (length < BODY_OFFSET || length > MAX_LENGTH) {
            throw new DamagedException(offset, "it is " + length + " bytes long");
        }
        ensureCapacity(length);
        file.copy(offset, length, bytes);
        int version = buffer.getInt(VERSION_OFFSET, LITTLE_ENDIAN);
        if (version != VERSION) {
            throw new DamagedException(offset, "it is of version " + version + ", this build reads " + VERSION);
        }
        int stored = buffer.getInt(CHECKSUM_OFFSET, LITTLE_ENDIAN);
        int computed = checksum(length);
        if (stored != computed) {
            throw new DamagedException(
                    offset, String.format("its checksum is %08x, its bytes give %08x", stored, computed));
        }
        return length;
    }

    private int checksum(int length) {
        crc.reset();
        crc.update(bytes.limit(length).position(BODY_OFFSET));
        return (int) crc.getValue();
    }

    private void use(ByteBuffer newBytes) {
        bytes = newBytes;
        buffer.wrap(newBytes);
    }
}
