package io.tocsin.app.replay;

import io.tocsin.app.Failure;
import io.tocsin.app.journal.WholeJournal;
import io.tocsin.app.text.Progress;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.RecordKind;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.pipeline.LookAheadReplay;
import io.tocsin.engine.pipeline.PoisonedRecordException;
import io.tocsin.engine.pipeline.RecordTarget;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.nio.file.Path;

/** The event journal of a server's data folder, which may be running: records as they were stamped then. */
final class JournalSource implements Source {
    private final Path folder;
    private final boolean withPolicies;

    /**
     * A source.
     *
     * @param withPolicies whether the journal's own policies come into force; otherwise its events are tried under another
     */
    JournalSource(Path folder, boolean withPolicies) {
        this.folder = folder;
        this.withPolicies = withPolicies;
    }

    @Override
    public void forEach(RecordConsumer consumer) {
        try (EventJournal journal = ChronicleEventJournal.readOnly(folder);
                Progress progress = Progress.ofRecords("events", journal.endPosition())) {
            LookAheadReplay.run(handler -> WholeJournal.replay(journal, folder, handler), new RecordTarget() {
                @Override
                public void expect(EventRecord record) {
                    consumer.expect(record);
                }

                @Override
                public void apply(EventRecord record, long position) {
                    progress.to(position);
                    if (withPolicies) {
                        accept(consumer, record, position);
                    } else if (record.is(RecordKind.EVENT)) {
                        // Under other policies other timers are due: what the server's events overtook says nothing.
                        record.stamp(record.arrivalNs());
                        accept(consumer, record, position);
                    }
                }
            });
        }
    }

    private static void accept(RecordConsumer consumer, EventRecord record, long position) {
        try {
            consumer.accept(record);
        } catch (Failure e) {
            throw e; // An output that cannot be written is not the record's fault.
        } catch (RuntimeException e) {
            throw new PoisonedRecordException(position, record, e);
        }
    }

    @Override
    public EngineConfig engineConfig() {
        return DataFolder.engineConfig(folder);
    }

    @Override
    public long rejected() {
        return 0;
    }
}
