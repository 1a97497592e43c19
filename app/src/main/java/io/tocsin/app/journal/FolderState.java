package io.tocsin.app.journal;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.app.text.Progress;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.nio.file.Path;

/**
 * What the records of a data folder come to.
 *
 * @param stateHash the same for the same records, on any machine
 * @param position how many records are in it: the position of the next one
 * @param engineTimeNs the arrival of the last record; {@link #NO_TIME} when there is none
 */
record FolderState(long stateHash, long position, long engineTimeNs) {
    /** The engine time before the first record. */
    static final long NO_TIME = Long.MIN_VALUE;

    /**
     * Brings a folder's state back in an engine of its own. This is the one place that decides where that begins: for now
     * with the first record.
     *
     * @throws IllegalStateException if a record is missing, damaged, or cannot be applied; it names the position
     */
    static FolderState of(Path folder) {
        EngineConfig config = DataFolder.engineConfig(folder);
        try (EventJournal journal = ChronicleEventJournal.readOnly(folder);
                Progress progress = Progress.ofRecords("replaying", journal.endPosition())) {
            return of(journal, folder, config, progress);
        }
    }

    private static FolderState of(EventJournal journal, Path folder, EngineConfig config, Progress progress) {
        Engine engine = new Engine(config, new PolicyFile(), (buffer, offset, length) -> {});
        EventRecord record = new EventRecord();
        long[] position = {0};
        WholeJournal.replay(journal, folder, (buffer, offset, length, at) -> {
            try {
                engine.apply(record.wrap(buffer, offset));
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "events in " + folder + ": the record at position " + at + " cannot be applied: "
                                + e.getMessage() + "; 'tocsin journal verify " + folder + "' looks at all of them",
                        e);
            }
            position[0] = at + 1;
            progress.to(at + 1);
        });
        return new FolderState(engine.views().stateHash(), position[0], engine.nowNs());
    }
}
