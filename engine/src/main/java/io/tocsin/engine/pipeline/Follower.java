package io.tocsin.engine.pipeline;

import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.policy.PolicyReader;
import java.util.OptionalLong;

/**
 * Makes the next snapshot out of the last one and the journal behind it, with an engine of its own, so that the live core
 * neither stops nor knows. Reads what is committed; may run in another process, one at a time. It gives no alerts: those of
 * the live core count.
 *
 * <p>So a snapshot is a function of the records before its position and of nothing else: engine time is the last one's
 * arrival, and what idle time brought afterwards comes up again behind it.
 */
public final class Follower {
    private Follower() {}

    /**
     * Follows the journal to its end and keeps a snapshot of that.
     *
     * @param journal is read and forced, not written
     * @return its position; empty if the newest snapshot has all of the journal
     * @throws PoisonedRecordException if a record cannot be applied
     * @throws IllegalStateException if another snapshot is being made, or the disk has no room for one
     */
    public static OptionalLong run(
            EngineConfig config, PolicyReader policyReader, EventJournal journal, SnapshotStore snapshots) {
        if (snapshots.positions().contains(journal.endPosition())) {
            return OptionalLong.empty();
        }
        RecoveredEngine followed = RecoveredEngine.of(config, policyReader, journal, snapshots);
        keep(followed, journal, snapshots);
        return OptionalLong.of(followed.position());
    }

    /** What a snapshot holds must not be lost by the journal any more, so that is forced before. */
    private static void keep(RecoveredEngine followed, EventJournal journal, SnapshotStore snapshots) {
        try (SnapshotStore.Draft draft = snapshots.begin(followed.position())) {
            followed.engine().writeSnapshot(draft, followed.position());
            journal.force();
            draft.commit();
        }
    }
}
