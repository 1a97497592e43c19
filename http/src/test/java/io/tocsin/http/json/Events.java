package io.tocsin.http.json;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.RecordKind;

/** Prints records so that tests can compare them at a glance. */
final class Events {
    private Events() {}

    /** {@code ticket type at id|name=kind:value|…}; the time is {@code arrival} where the sender left it open. */
    static String print(EventRecordWriter writer) {
        EventRecord record = new EventRecord().wrap(writer.buffer(), 0);
        if (record.kind() != RecordKind.EVENT || record.length() != writer.length()) {
            throw new AssertionError("not one whole event: " + record.kind() + ", " + record.length() + " bytes");
        }
        StringBuilder text = new StringBuilder()
                .append(record.ticket())
                .append(' ')
                .append(record.type())
                .append(' ')
                .append(record.isAtArrival() ? "arrival" : Json.instant(record.atNs()))
                .append(' ')
                .append(record.idLength() == 0 ? "-" : record.id());
        while (record.nextAttribute()) {
            text.append('|').append(record.name()).append('=').append(record.valueKind());
            text.append(':').append(record.value());
        }
        return text.toString();
    }
}
