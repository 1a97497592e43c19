package io.tocsin.app.serve;

import io.tocsin.engine.pipeline.SyncLevel;
import io.tocsin.http.ServerConfig;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a server runs with.
 *
 * @param policy the policy file; null to go on with the policy of the data folder
 * @param data the data folder
 * @param http how the HTTP server behaves
 * @param engine how the engine behaves
 * @param journal how events are kept
 * @param snapshots when snapshots are made
 */
record ServeConfig(
        @Nullable Path policy,
        Path data,
        ServerConfig http,
        EngineSettings engine,
        JournalSettings journal,
        SnapshotSettings snapshots) {
    /** What holds unless something else is said. */
    static final ServeConfig DEFAULT = new ServeConfig(
            null,
            Path.of("data"),
            ServerConfig.defaults(),
            EngineSettings.DEFAULT,
            JournalSettings.DEFAULT,
            SnapshotSettings.DEFAULT);

    /**
     * How the engine behaves.
     *
     * @param idle what its threads do while there is nothing to do
     * @param eventSlots slots of the ring of events, a power of two
     * @param rememberedIds how many idempotency keys are remembered; empty to leave it as the data folder has it
     */
    record EngineSettings(Idle idle, int eventSlots, OptionalInt rememberedIds) {
        static final EngineSettings DEFAULT = new EngineSettings(Idle.BALANCED, 1 << 14, OptionalInt.empty());
    }

    /**
     * How events are kept.
     *
     * @param sync what an acknowledged event survives
     * @param syncEveryMs how often the journal is forced to the device with {@link SyncLevel#INTERVAL}
     * @param retentionMs how old files of events get that a snapshot stands in for; empty to keep them for ever
     */
    record JournalSettings(SyncLevel sync, long syncEveryMs, OptionalLong retentionMs) {
        static final JournalSettings DEFAULT =
                new JournalSettings(SyncLevel.ALWAYS, TimeUnit.SECONDS.toMillis(1), OptionalLong.empty());
    }

    /**
     * When snapshots are made: after so much time or so many events, whatever comes first, and at a stop.
     *
     * @param everyMs after so much time, if there is anything new
     * @param everyEvents after so many events
     * @param atStop whether a clean stop makes one
     */
    record SnapshotSettings(long everyMs, long everyEvents, boolean atStop) {
        static final SnapshotSettings DEFAULT = new SnapshotSettings(TimeUnit.MINUTES.toMillis(10), 1_000_000, true);
    }

    ServeConfig withPolicy(Path newPolicy) {
        return new ServeConfig(newPolicy, data, http, engine, journal, snapshots);
    }

    ServeConfig withData(Path newData) {
        return new ServeConfig(policy, newData, http, engine, journal, snapshots);
    }

    ServeConfig withHttp(ServerConfig newHttp) {
        return new ServeConfig(policy, data, newHttp, engine, journal, snapshots);
    }

    ServeConfig withEngine(EngineSettings newEngine) {
        return new ServeConfig(policy, data, http, newEngine, journal, snapshots);
    }

    ServeConfig withJournal(JournalSettings newJournal) {
        return new ServeConfig(policy, data, http, engine, newJournal, snapshots);
    }

    ServeConfig withSnapshots(SnapshotSettings newSnapshots) {
        return new ServeConfig(policy, data, http, engine, journal, newSnapshots);
    }
}
