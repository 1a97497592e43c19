package io.tocsin.app.journal;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.pipeline.RecoveredEngine;
import io.tocsin.engine.pipeline.SnapshotStore;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import io.tocsin.journal.SnapshotFolder;
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
     * Brings a folder's state back in an engine of its own, as a start would: from the newest snapshot that is whole.
     *
     * @throws IllegalStateException if a record is missing, damaged, or cannot be applied; it names the position
     */
    static FolderState of(Path folder) {
        return recovered(folder, SnapshotFolder.of(folder));
    }

    /** As above, from the first record on, whatever snapshots there are. */
    static FolderState ofAllRecords(Path folder) {
        return recovered(folder, SnapshotStore.NONE);
    }

    private static FolderState recovered(Path folder, SnapshotStore snapshots) {
        try (EventJournal journal = ChronicleEventJournal.readOnly(folder)) {
            RecoveredEngine recovered =
                    RecoveredEngine.of(DataFolder.engineConfig(folder), new PolicyFile(), journal, snapshots);
            Engine engine = recovered.engine();
            engine.advance(engine.nowNs()); // The last events may have overtaken timers.
            return new FolderState(engine.views().stateHash(), recovered.position(), engine.nowNs());
        }
    }
}
