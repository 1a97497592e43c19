package io.tocsin.benchmarks;

import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.AlertJournal;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.pipeline.Pipeline;
import io.tocsin.engine.pipeline.PipelineConfig;
import io.tocsin.engine.pipeline.SnapshotStore;
import io.tocsin.engine.pipeline.SyncLevel;
import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.journal.ChronicleAlertJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

/** A whole engine over a new data folder, in this process and without HTTP: what is measured when all of it is. */
final class LivePipeline implements AutoCloseable {
    private static final long PATIENCE_MS = 60_000;

    private final Path path = Files.createTempDirectory("tocsin-live");
    private final DataFolder folder = DataFolder.open(path);
    private final EventJournal events;
    private final AlertJournal alerts;
    private final Pipeline pipeline;

    /**
     * How it is built.
     *
     * @param coreIdle what the core does while there is nothing to do
     * @param otherIdle what the egress and the sync do
     */
    record Settings(
            int eventSlots, SyncLevel sync, Supplier<IdleStrategy> coreIdle, Supplier<IdleStrategy> otherIdle) {}

    /**
     * One that has not started.
     *
     * @param watchEvents puts something in front of the journal of events that sees what the core does with it
     * @param watchAlerts likewise
     */
    LivePipeline(
            Settings settings,
            PolicyReader policyReader,
            EpochNanoClock clock,
            UnaryOperator<EventJournal> watchEvents,
            UnaryOperator<AlertJournal> watchAlerts)
            throws IOException {
        events = watchEvents.apply(ChronicleEventJournal.open(folder));
        alerts = watchAlerts.apply(ChronicleAlertJournal.open(folder));
        pipeline = new Pipeline(
                new PipelineConfig(
                        settings.eventSlots,
                        settings.eventSlots,
                        settings.coreIdle,
                        settings.otherIdle,
                        settings.sync,
                        settings.otherIdle),
                EngineConfig.DEFAULT,
                policyReader,
                events,
                alerts,
                SnapshotStore.NONE,
                clock,
                SystemNanoClock.INSTANCE,
                Throwable::printStackTrace);
    }

    /** Starts it under a policy. */
    Pipeline start(String policyText) throws InterruptedException {
        EventRecordWriter policy = new EventRecordWriter().policy(policyText);
        pipeline.recover();
        long position = pipeline.offerFirst(policy.buffer(), 0, policy.length());
        pipeline.start();
        awaitApplied(position);
        return pipeline;
    }

    /** Waits until an event is acknowledged. */
    void awaitApplied(long position) throws InterruptedException {
        if (!pipeline.awaitApplied(position, PATIENCE_MS)) {
            throw new IllegalStateException("event " + position + " was not acknowledged within a minute");
        }
    }

    /** Ends it and removes its folder. */
    @Override
    public void close() throws IOException {
        pipeline.close();
        alerts.close();
        events.close();
        folder.close();
        deleteAll(path);
    }

    static void deleteAll(Path path) throws IOException {
        List<Path> found;
        try (Stream<Path> walk = Files.walk(path)) {
            found = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : found) {
            Files.delete(each);
        }
    }
}
