package io.tocsin.engine.pipeline;

import io.tocsin.engine.alert.AlertSink;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.policy.PolicyReader;

/**
 * An engine as a start would bring it back, for looking into a folder without serving it. Belongs to the thread that made
 * it.
 *
 * @param engine has given its alerts to nobody
 * @param position the journal position of the record that it expects next
 * @param report what it was brought back from
 */
public record RecoveredEngine(Engine engine, long position, RecoveryReport report) {
    private static final AlertSink NOBODY = (buffer, offset, length) -> {};

    /**
     * Recovers from what is there; kept alerts are not looked at.
     *
     * @throws PoisonedRecordException if a record cannot be applied
     * @throws IllegalStateException if journal and snapshots do not reach each other
     */
    public static RecoveredEngine of(
            EngineConfig config, PolicyReader policyReader, EventJournal journal, SnapshotStore snapshots) {
        Recovery<AlertSink> recovery = new Recovery<>(
                        config, policyReader, journal, snapshots, Long.MAX_VALUE, () -> NOBODY, () -> false)
                .run();
        return new RecoveredEngine(recovery.engine(), recovery.endPosition(), recovery.report());
    }
}
