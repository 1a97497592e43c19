package io.tocsin.benchmarks;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.AlertJournal;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.pipeline.Pipeline;
import io.tocsin.engine.pipeline.PipelineConfig;
import io.tocsin.engine.pipeline.SyncLevel;
import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.journal.ChronicleAlertJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import io.tocsin.journal.SnapshotFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

/** A whole engine over a data folder, in this process and without HTTP: what is measured when all of it is. */
final class LivePipeline implements AutoCloseable {
    private static final long PATIENCE_MS = 60_000;

    private final Path path;
    private final boolean temporary;
    private final DataFolder folder;
    private final EventJournal events;
    private final AlertJournal alerts;
    private final Pipeline pipeline;

    /**
     * How it is built.
     *
     * @param coreIdle what the core does while there is nothing to do
     * @param otherIdle what the egress and the sync do
     */
    record Settings(int eventSlots, SyncLevel sync, Supplier<IdleStrategy> coreIdle, Supplier<IdleStrategy> otherIdle) {
        /** One where all that have nothing to do spin a little and then park. */
        static Settings parking(SyncLevel sync) {
            return new Settings(1 << 14, sync, LivePipeline::parking, LivePipeline::parking);
        }
    }

    /** One over a folder that may hold something already and stays; it has not started. */
    LivePipeline(Path path, Settings settings, EpochNanoClock clock) {
        this(path, false, settings, new PolicyFile(), clock, UnaryOperator.identity(), UnaryOperator.identity());
    }

    /**
     * One over a new folder, which is removed at the end; it has not started.
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
        this(Files.createTempDirectory("tocsin-live"), true, settings, policyReader, clock, watchEvents, watchAlerts);
    }

    private LivePipeline(
            Path path,
            boolean temporary,
            Settings settings,
            PolicyReader policyReader,
            EpochNanoClock clock,
            UnaryOperator<EventJournal> watchEvents,
            UnaryOperator<AlertJournal> watchAlerts) {
        this.path = path;
        this.temporary = temporary;
        folder = DataFolder.open(path);
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
                folder.engineConfig(),
                policyReader,
                events,
                alerts,
                SnapshotFolder.of(path),
                clock,
                SystemNanoClock.INSTANCE,
                Throwable::printStackTrace);
    }

    /** What it is. */
    Pipeline pipeline() {
        return pipeline;
    }

    /** Where its alerts are kept. */
    AlertJournal alerts() {
        return alerts;
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

    /** Ends it, and removes its folder if it was a new one. */
    @Override
    public void close() throws IOException {
        pipeline.close();
        alerts.close();
        events.close();
        folder.close();
        if (temporary) {
            deleteAll(path);
        }
    }

    /** Spins a little, then parks, for 50 µs at most. */
    static IdleStrategy parking() {
        return new BackoffIdleStrategy(100, 20, 1_000, 50_000);
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
