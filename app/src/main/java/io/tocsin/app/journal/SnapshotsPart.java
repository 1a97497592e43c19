package io.tocsin.app.journal;

import io.tocsin.app.journal.PartReport.Tally;
import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.pipeline.SnapshotStore;
import io.tocsin.engine.snapshot.SnapshotDamagedException;
import io.tocsin.engine.snapshot.SnapshotSource;
import io.tocsin.journal.DataFolder;
import io.tocsin.journal.SnapshotFolder;
import java.nio.file.Path;
import java.util.Comparator;

/** The snapshots: each is read into an engine of its own, as a start would read it. */
final class SnapshotsPart extends Part {
    private final EngineConfig config;
    private final SnapshotStore snapshots;

    SnapshotsPart(Path folder) {
        super(
                folder,
                "snapshots",
                ".snapshot",
                "Delete it: a start then uses the one before it, or the events from the beginning.");
        config = DataFolder.engineConfig(folder);
        snapshots = SnapshotFolder.of(folder);
    }

    @Override
    void read(Tally tally) {
        for (long position :
                snapshots.positions().stream().sorted(Comparator.naturalOrder()).toList()) {
            tally.add(position, engineNs(position));
        }
    }

    private long engineNs(long position) {
        Engine engine = new Engine(config, new PolicyFile(), (buffer, offset, length) -> {});
        try (SnapshotSource source = snapshots.open(position)) {
            long written = engine.readSnapshot(source);
            if (written != position) {
                throw wrong("the snapshot of position " + position + " says it is of position " + written);
            }
            return engine.nowNs();
        } catch (SnapshotDamagedException e) {
            throw wrong("the snapshot of position " + position + " is damaged: " + e.getMessage());
        }
    }
}
