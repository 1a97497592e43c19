package io.tocsin.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.pipeline.EventJournal.RecordHandler;
import net.openhft.chronicle.queue.ExcerptAppender;
import org.agrona.DirectBuffer;

/**
 * The records between two commits as one document; the layout is drawn in the package's description. Either filled and
 * written, or read and emptied; one instance does one of the two, on one thread. Allocates nothing once its buffer has
 * grown.
 */
final class EventBatch {
    /** The longest record that fits. */
    static final int MAX_RECORD_LENGTH = Document.MAX_LENGTH - EventBatch.RECORDS_OFFSET;

    private static final int FIRST_POSITION_OFFSET = Document.BODY_OFFSET;
    private static final int COUNT_OFFSET = 16;
    private static final int UNUSED_OFFSET = 20;
    private static final int RECORDS_OFFSET = 24;
    private static final int RECORD_HEADER_LENGTH = 8;
    private static final int RECORD_LENGTH_OFFSET = 4;

    private final Document document = new Document();
    private final EventRecord record = new EventRecord();
    private int length = RECORDS_OFFSET;
    private int count;

    /** How many records are in it. */
    int count() {
        return count;
    }

    /** Whether a record of this length still fits. */
    boolean hasRoomFor(int recordLength) {
        return length + recordLength <= Document.MAX_LENGTH;
    }

    /** The document's length so far. */
    int length() {
        return length;
    }

    /** Adds a record. The caller has asked {@link #hasRoomFor}. */
    void add(DirectBuffer source, int offset, int recordLength) {
        checkLength(source, offset, recordLength);
        document.ensureCapacity(length + recordLength);
        document.buffer().putBytes(length, source, offset, recordLength);
        length += recordLength;
        count++;
    }

    /** Writes the batch as one document and empties it. */
    void writeTo(ExcerptAppender appender, long firstPosition) {
        document.buffer().putLong(FIRST_POSITION_OFFSET, firstPosition, LITTLE_ENDIAN);
        document.buffer().putInt(COUNT_OFFSET, count, LITTLE_ENDIAN);
        document.buffer().putInt(UNUSED_OFFSET, 0, LITTLE_ENDIAN);
        document.writeTo(appender, length);
        length = RECORDS_OFFSET;
        count = 0;
    }

    /**
     * Takes a batch out of a file, whatever position it begins with.
     *
     * @throws DamagedException if it is damaged
     */
    void readFrom(QueueFile file, long offset) {
        length = document.readFrom(file, offset);
        count = length < RECORDS_OFFSET ? 0 : document.buffer().getInt(COUNT_OFFSET, LITTLE_ENDIAN);
        if (count <= 0 || firstPosition() < 0) {
            throw new DamagedException(offset, "it has " + count + " records");
        }
        checkRecords(offset);
    }

    /** The position of the first record of the batch that was read. */
    long firstPosition() {
        return document.buffer().getLong(FIRST_POSITION_OFFSET, LITTLE_ENDIAN);
    }

    /** When the first record of the batch that was read arrived. */
    long firstArrivalNs() {
        return record.wrap(document.buffer(), RECORDS_OFFSET).arrivalNs();
    }

    /** Hands every record of the batch that was read to the handler, in order. */
    void forEach(RecordHandler handler) {
        int offset = RECORDS_OFFSET;
        for (int i = 0; i < count; i++) {
            int recordLength = recordLength(offset);
            handler.onRecord(document.buffer(), offset, recordLength, firstPosition() + i);
            offset += recordLength;
        }
    }

    private void checkRecords(long documentOffset) {
        int offset = RECORDS_OFFSET;
        for (int i = 0; i < count; i++) {
            int remaining = length - offset;
            int recordLength = remaining < RECORD_HEADER_LENGTH ? remaining : recordLength(offset);
            if (recordLength < RECORD_HEADER_LENGTH || recordLength > remaining) {
                String why = "its record " + i + " of " + count + " claims " + recordLength + " bytes of " + remaining;
                throw new DamagedException(documentOffset, why);
            }
            offset += recordLength;
        }
    }

    private int recordLength(int offset) {
        return document.buffer().getInt(offset + RECORD_LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    private static void checkLength(DirectBuffer source, int offset, int recordLength) {
        if (recordLength < RECORD_HEADER_LENGTH || recordLength > MAX_RECORD_LENGTH) {
            throw new IllegalArgumentException("record of " + recordLength + " bytes, allowed are "
                    + RECORD_HEADER_LENGTH + " to " + MAX_RECORD_LENGTH);
        }
        int ownLength = source.getInt(offset + RECORD_LENGTH_OFFSET, LITTLE_ENDIAN);
        if (ownLength != recordLength) {
            throw new IllegalArgumentException(
                    "record of " + recordLength + " bytes says in its header that it has " + ownLength);
        }
    }
}
