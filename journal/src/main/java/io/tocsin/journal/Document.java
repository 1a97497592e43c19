package io.tocsin.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.wire.DocumentContext;
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
    /** Stands for a number that is not known, because the queue is read from its end. */
    static final long LAST = -1;

    private static final byte VERSION = 1;
    private static final int VERSION_OFFSET = 0;
    private static final int CHECKSUM_OFFSET = 4;
    private static final int INITIAL_CAPACITY = 64 << 10;

    private final String what;
    private final String remedy;
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer source = new UnsafeBuffer(0, 0);
    private final PointerBytesStore memory = new PointerBytesStore();
    private ByteBuffer bytes;

    /**
     * For one journal's documents.
     *
     * @param what names the journal in messages
     * @param remedy what to do about a damaged one, a whole sentence
     */
    Document(String what, String remedy) {
        this.what = what;
        this.remedy = remedy;
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
     * Copies a document out of the queue and checks it.
     *
     * @param number the position or number that is expected next, for messages, or {@link #LAST}
     * @return its length
     * @throws IllegalStateException if it is damaged or of an unknown version; it names index and number
     */
    int readFrom(DocumentContext context, long number) {
        Bytes<?> queued = context.wire().bytes();
        long length = queued.readRemaining();
        if (length < BODY_OFFSET || length > MAX_LENGTH) {
            throw damaged(context.index(), number, "it is " + length + " bytes long");
        }
        copy(queued, (int) length);
        byte version = buffer.getByte(VERSION_OFFSET);
        if (version != VERSION) {
            throw damaged(context.index(), number, "it is of version " + version + ", this build reads " + VERSION);
        }
        int stored = buffer.getInt(CHECKSUM_OFFSET, LITTLE_ENDIAN);
        int computed = checksum((int) length);
        if (stored != computed) {
            String sums = String.format("its checksum is %08x, its bytes give %08x", stored, computed);
            throw damaged(context.index(), number, sums);
        }
        return (int) length;
    }

    /** An error that says where in which journal something is wrong. */
    IllegalStateException damaged(long index, long number, String why) {
        String place = number == LAST ? "the last document" : "the document of number " + number;
        return new IllegalStateException(
                String.format("%s: %s, at index %x, is damaged: %s. %s", what, place, index, why, remedy));
    }

    private void copy(Bytes<?> queued, int length) {
        ensureCapacity(length);
        source.wrap(queued.addressForRead(queued.readPosition(), length), length);
        buffer.putBytes(0, source, 0, length);
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
