package io.tocsin.app.serve;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.nio.file.Path;
import org.agrona.concurrent.SystemEpochNanoClock;

/** A data folder with so many tickets, and no snapshot, that it takes a while to bring them back. */
final class BigFolder {
    private static final int BATCH = 512;
    private static final String CALM = """
            version: 1
            policies:
            - name: calm
              targets: {first_response: 100h, resolution: 1000h}
            """;

    private BigFolder() {}

    static void write(Path path, int tickets) {
        long nowNs = new SystemEpochNanoClock().nanoTime();
        EventRecordWriter writer = new EventRecordWriter();
        EventRecord record = new EventRecord();
        try (DataFolder folder = DataFolder.open(path);
                EventJournal journal = ChronicleEventJournal.open(folder)) {
            record.wrap(writer.policy(CALM).buffer(), 0).stamp(nowNs);
            journal.append(writer.buffer(), 0, writer.length());
            for (int i = 0; i < tickets; i++) {
                record.wrap(writer.begin(nowNs, "T" + i, "opened", "").buffer(), 0)
                        .stamp(nowNs);
                journal.append(writer.buffer(), 0, writer.length());
                if (i % BATCH == 0) {
                    journal.commit();
                }
            }
            journal.commit();
        }
    }
}
