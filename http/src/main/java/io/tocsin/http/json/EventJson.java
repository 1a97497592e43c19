package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.event.EventRecord;
import java.io.IOException;

/**
 * Writes journaled records: an event as it may be sent again, with what the journal knows of it in front. Any thread;
 * allocates the record's texts.
 */
public final class EventJson {
    private EventJson() {}

    /** One stamped record as an object. Consumes the record's attributes, so wrap it anew to write it twice. */
    public static void write(JsonGenerator json, EventRecord record, long position) throws IOException {
        json.writeStartObject();
        json.writeNumberField("position", position);
        Json.instantField(json, "arrived", record.arrivalNs());
        switch (record.kind()) {
            case EVENT -> event(json, record);
            case POLICY -> json.writeStringField("policy", record.policyText());
            case SLICE -> json.writeNumberField("fired", record.firedCount());
        }
        json.writeEndObject();
    }

    private static void event(JsonGenerator json, EventRecord record) throws IOException {
        if (record.isBehind()) {
            json.writeBooleanField("behind", true);
        }
        json.writeStringField("ticket", record.ticket());
        json.writeStringField("type", record.type());
        Json.instantField(json, "at", record.atNs());
        if (record.idLength() > 0) {
            json.writeStringField("id", record.id());
        }
        if (record.attributeCount() > 0) {
            json.writeObjectFieldStart("attributes");
            while (record.nextAttribute()) {
                Json.attribute(json, record.name(), record.valueKind(), record.value());
            }
            json.writeEndObject();
        }
    }
}
