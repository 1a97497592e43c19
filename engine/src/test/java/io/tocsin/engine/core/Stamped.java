package io.tocsin.engine.core;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;

/** Turns events of tests into stamped records; the record is valid until the next one. */
final class Stamped {
    private final EventRecordWriter writer = new EventRecordWriter();
    private final EventRecord record = new EventRecord();

    EventRecord record(NaiveSla.Event event) {
        writer.begin(event.atNs(), event.ticket(), event.type(), event.id());
        event.attributes()
                .forEach((name, value) ->
                        writer.attribute(value.isEmpty() ? ValueKind.REMOVED : ValueKind.STRING, name, value));
        record.wrap(writer.buffer(), 0).stamp(event.arrivalNs());
        return record;
    }

    /** As {@link #record}, of an event that overtakes what is due. */
    EventRecord recordBehind(NaiveSla.Event event) {
        record(event).stampBehind(event.arrivalNs());
        return record;
    }

    EventRecord slice(long arrivalNs, long firedCount) {
        writer.slice(arrivalNs, firedCount);
        return record.wrap(writer.buffer(), 0);
    }
}
