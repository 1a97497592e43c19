package io.tocsin.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.event.EventRecordWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.IntArrayList;

/**
 * The events of one request: the valid ones as records that lie one after the other, the others as what is wrong with
 * them. Indices count from 0 in the order of the body. Belongs to one thread at a time.
 */
final class EventBatch {
    /** So many errors are told one by one; a body of nothing but errors must not become an answer of a gigabyte. */
    static final int MAX_ERRORS = 10_000;

    private static final int FIRST_LENGTH = 4 * 1024;

    private final MutableDirectBuffer records = new ExpandableArrayBuffer(FIRST_LENGTH);
    private final IntArrayList offsets = new IntArrayList();
    private final IntArrayList indices = new IntArrayList();
    private final List<Rejection> errors = new ArrayList<>();
    private int length;
    private int eventCount;

    /** Makes it empty; the room it has stays. */
    void clear() {
        offsets.clear();
        indices.clear();
        errors.clear();
        length = 0;
        eventCount = 0;
    }

    /** How many bytes of records it has room for. */
    int room() {
        return records.capacity();
    }

    void accept(EventRecordWriter record) {
        offsets.addInt(length);
        indices.addInt(eventCount++);
        records.putBytes(length, record.buffer(), 0, record.length());
        length += record.length();
    }

    void reject(String detail) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new Rejection(eventCount, detail));
        }
        eventCount++;
    }

    /** Valid and invalid events together. */
    int eventCount() {
        return eventCount;
    }

    int recordCount() {
        return offsets.size();
    }

    int rejectedCount() {
        return eventCount - offsets.size();
    }

    /** The buffer that holds the records from offset 0. */
    DirectBuffer records() {
        return records;
    }

    int recordOffset(int record) {
        return offsets.getInt(record);
    }

    int recordLength(int record) {
        return (record + 1 < offsets.size() ? offsets.getInt(record + 1) : length) - offsets.getInt(record);
    }

    /** The index of a record's event in the body; behind the last record, the number of events. */
    int eventIndex(int record) {
        return record < indices.size() ? indices.getInt(record) : eventCount;
    }

    /** The members of the answer: what became of the events before {@code endIndex}, of which so many were accepted. */
    void writeOutcome(JsonGenerator json, int accepted, int rejected, int endIndex) throws IOException {
        json.writeNumberField("accepted", accepted);
        json.writeNumberField("rejected", rejected);
        json.writeArrayFieldStart("errors");
        for (Rejection error : errors) {
            if (error.index < endIndex) {
                json.writeStartObject();
                json.writeNumberField("index", error.index);
                json.writeStringField("detail", error.detail);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private record Rejection(int index, String detail) {}
}
