package io.tocsin.app.journal;

import io.tocsin.app.journal.PartReport.Tally;
import io.tocsin.app.text.Progress;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.ReadOnlyAlerts;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** The events: checksums and positions, which the journal checks as it reads, and what is in the records. */
final class EventsPart extends Part {
    private final EventJournal journal;
    private final ReadOnlyAlerts alerts;
    private final EventCheck check = new EventCheck();

    EventsPart(Path folder) {
        this(folder, ChronicleEventJournal.readOnly(folder));
    }

    /** With another view of the folder's events, for tests. */
    EventsPart(Path folder, EventJournal journal) {
        super(folder, "events", QUEUE_FILE, "Put back the folder from a copy.");
        this.journal = journal;
        alerts = new ReadOnlyAlerts(folder);
    }

    @Override
    void read(Tally tally) {
        long first = journal.firstPosition();
        try (Progress progress = Progress.ofRecords(name(), journal.endPosition() - first)) {
            journal.replay(first, (buffer, offset, length, position) -> {
                tally.add(position, arrivalNs(buffer, offset, length, position, tally.lastNs()));
                progress.to(position - first);
            });
        }
        if (tally.records() == 0 && alerts.lastSeq() > 0) {
            throw wrong("there are none, yet " + alerts.lastSeq() + " alerts were raised from them");
        }
    }

    private long arrivalNs(DirectBuffer buffer, int offset, int length, long position, long lastNs) {
        try {
            long arrivalNs = check.check(buffer, offset, length).arrivalNs();
            if (arrivalNs < lastNs) {
                throw new IllegalArgumentException("it arrived before the record ahead of it");
            }
            return arrivalNs;
        } catch (IllegalArgumentException e) {
            throw new Malformed("the record at position " + position, e);
        }
    }
}
