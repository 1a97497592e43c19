package io.tocsin.app.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.RecordKind;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.http.json.EventJson;
import io.tocsin.journal.ChronicleEventJournal;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** Events, policies and slices by their positions. */
final class EventEntries extends Entries {
    private final EventJournal journal;

    EventEntries(Path folder) {
        this(ChronicleEventJournal.readOnly(folder));
    }

    /** For a journal that keeps nothing open. */
    EventEntries(EventJournal journal) {
        this.journal = journal;
    }

    @Override
    long first() {
        return journal.firstPosition();
    }

    @Override
    long end() {
        return journal.endPosition();
    }

    @Override
    void read(long from, Consumer consumer) {
        EventEntry entry = new EventEntry();
        journal.replay(
                from, (buffer, offset, length, position) -> consumer.accept(entry.wrap(buffer, offset, position)));
    }

    private static final class EventEntry implements Entry {
        private final EventRecord record = new EventRecord();
        private long position;

        Entry wrap(DirectBuffer buffer, int offset, long newPosition) {
            record.wrap(buffer, offset);
            position = newPosition;
            return this;
        }

        @Override
        public long number() {
            return position;
        }

        @Override
        public long instantNs() {
            return record.arrivalNs();
        }

        @Override
        public boolean isOfTicket() {
            return record.kind() == RecordKind.EVENT;
        }

        @Override
        public String ticket() {
            return record.ticket();
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            EventJson.write(json, record, position);
        }
    }
}
