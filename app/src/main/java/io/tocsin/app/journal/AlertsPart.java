package io.tocsin.app.journal;

import io.tocsin.app.journal.PartReport.Tally;
import io.tocsin.app.text.Progress;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.journal.ReadOnlyAlerts;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** The alerts: checksums and numbers, which the journal checks as it reads, and what is in the records. */
final class AlertsPart extends Part {
    private final ReadOnlyAlerts alerts;
    private final AlertCheck check = new AlertCheck();

    AlertsPart(Path folder) {
        super(
                folder,
                "alerts",
                QUEUE_FILE,
                "Move the folder away: at the next start the alerts are raised again from the events.");
        alerts = new ReadOnlyAlerts(folder);
    }

    @Override
    void read(Tally tally) {
        long first = alerts.firstSeq();
        try (Progress progress = Progress.ofRecords(name(), alerts.lastSeq() + 1 - first)) {
            alerts.read(first, (buffer, offset, length) -> {
                AlertRecord alert = check(buffer, offset, length, first + tally.records());
                tally.add(alert.seq(), alert.detectedNs());
                progress.to(alert.seq() - first);
            });
        }
    }

    private AlertRecord check(DirectBuffer buffer, int offset, int length, long seq) {
        try {
            return check.check(buffer, offset, length);
        } catch (IllegalArgumentException e) {
            throw new Malformed("alert " + seq, e);
        }
    }
}
