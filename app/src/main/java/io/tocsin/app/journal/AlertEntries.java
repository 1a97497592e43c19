package io.tocsin.app.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.http.json.AlertJson;
import io.tocsin.journal.ReadOnlyAlerts;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** Alerts by their numbers. */
final class AlertEntries extends Entries {
    private final ReadOnlyAlerts alerts;

    AlertEntries(Path folder) {
        alerts = new ReadOnlyAlerts(folder);
    }

    @Override
    long first() {
        return alerts.firstSeq();
    }

    @Override
    long end() {
        return alerts.lastSeq() + 1;
    }

    @Override
    void read(long from, Consumer consumer) {
        AlertEntry entry = new AlertEntry();
        alerts.read(from, (buffer, offset, length) -> consumer.accept(entry.wrap(buffer, offset)));
    }

    private static final class AlertEntry implements Entry {
        private final AlertRecord alert = new AlertRecord();

        Entry wrap(DirectBuffer buffer, int offset) {
            alert.wrap(buffer, offset);
            return this;
        }

        @Override
        public long number() {
            return alert.seq();
        }

        @Override
        public long instantNs() {
            return alert.detectedNs();
        }

        @Override
        public boolean isOfTicket() {
            return true;
        }

        @Override
        public String ticket() {
            return alert.ticket();
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            AlertJson.write(json, alert);
        }
    }
}
