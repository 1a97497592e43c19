package io.tocsin.app.serve;

import io.javalin.util.JavalinBindException;
import io.tocsin.app.Failure;
import io.tocsin.app.serve.ServeConfig.JournalSettings;
import io.tocsin.app.timeline.JournalTimelines;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.AlertJournal;
import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.engine.pipeline.EventGate;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.pipeline.Pipeline;
import io.tocsin.engine.pipeline.PipelineConfig;
import io.tocsin.engine.pipeline.RecoveryReport;
import io.tocsin.engine.pipeline.SyncLevel;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.http.Readiness;
import io.tocsin.http.TocsinServer;
import io.tocsin.journal.ChronicleAlertJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import io.tocsin.journal.SnapshotFolder;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A data folder, an engine and an HTTP server, wired together. Starting: lock the folder, open the journals, listen (not
 * ready), recover, put the policy into force, go live, ready. Stopping: the same backwards, so that whatever was
 * acknowledged is kept.
 *
 * <p>Built, started and closed by one thread.
 */
final class LiveServer implements AutoCloseable {
    private static final int OUTCOME_SLOTS = 1 << 14;
    private static final long POLICY_TIMEOUT_MS = 60_000;

    private final PolicyInForce policyInForce = new PolicyInForce();
    /** What has to be closed, the last opened first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private final ServeConfig config;
    private final Consumer<String> onRemark;
    private final EventJournal eventJournal;
    private final Pipeline pipeline;
    private final SnapshotSchedule snapshots;
    private final TocsinServer http;
    /** It went live and has not failed. */
    private volatile boolean running;

    private volatile Readiness readiness = Readiness.RECOVERING;

    /**
     * Opens everything and listens; events are refused until {@link #start}.
     *
     * @param onFailure is told, on the failing thread, what stopped the engine if it stops by itself
     * @param onRemark is told, on any thread, what went wrong without stopping anything, in a sentence
     * @throws Failure if the configuration does not fit the folder, or the port cannot be listened on
     * @throws IllegalStateException if the folder is in use or damaged
     */
    LiveServer(ServeConfig config, EpochNanoClock clock, Consumer<Throwable> onFailure, Consumer<String> onRemark) {
        this(config, clock, onFailure, onRemark, ChronicleEventJournal::open);
    }

    /** As above, with events kept by something else. */
    LiveServer(
            ServeConfig config,
            EpochNanoClock clock,
            Consumer<Throwable> onFailure,
            Consumer<String> onRemark,
            Function<DataFolder, EventJournal> eventJournals) {
        this.config = config;
        this.onRemark = onRemark;
        try {
            DataFolder folder = opened(DataFolder.open(config.data(), wantedEngine(config)));
            checkEngine(folder.engineConfig());
            eventJournal = opened(eventJournals.apply(folder));
            AlertJournal alertJournal = opened(ChronicleAlertJournal.open(folder));
            pipeline = new Pipeline(
                    pipelineConfig(config),
                    folder.engineConfig(),
                    policyInForce,
                    eventJournal,
                    alertJournal,
                    SnapshotFolder.of(config.data()),
                    clock,
                    SystemNanoClock.INSTANCE,
                    cause -> fail(cause, onFailure));
            opened(this::makeLastSnapshot);
            opened(pipeline);
            http = opened(listen(alertJournal, clock));
            SnapshotProcess snapshotProcess = new SnapshotProcess(config.data());
            snapshots = opened(new SnapshotSchedule(
                    config.snapshots(),
                    pipeline::journalPosition,
                    () -> makeSnapshot(snapshotProcess, clock),
                    onRemark));
            opened(snapshotProcess);
        } catch (RuntimeException e) {
            closeAll(e::addSuppressed);
            throw e;
        }
    }

    /** Writes what is to have happened before the start into the journal, which is empty. */
    void begin(Consumer<EventJournal> past) {
        past.accept(eventJournal);
    }

    /**
     * Recovers, puts the policy into force and lets events in. A policy that is not the journal's last one is journaled.
     *
     * @param policyText null to go on with the policy of the journal
     * @throws Failure if there is no policy at all
     * @throws IllegalStateException if the journal cannot be applied
     * @throws CancellationException after {@link #cancelStart()}
     */
    Recovery start(@Nullable String policyText) throws InterruptedException {
        long startNs = System.nanoTime();
        RecoveryReport report = pipeline.recover();
        report.remarks().forEach(onRemark);
        Recovery recovery = new Recovery(report.snapshotPosition(), report.recordCount(), System.nanoTime() - startNs);
        if (policyText == null && policyInForce.text().isEmpty()) {
            throw noPolicy(config);
        }
        if (policyText == null || policyText.equals(policyInForce.text())) {
            pipeline.start();
        } else {
            startUnder(policyText);
        }
        snapshots.start(report.snapshotPosition());
        running = true;
        readiness = Readiness.READY;
        return recovery;
    }

    /** Lets a {@link #start} that takes long end soon, with a {@link CancellationException}. Any thread. */
    void cancelStart() {
        pipeline.cancelRecovery();
    }

    /** The port listened on. */
    int port() {
        return http.port();
    }

    /** Where events enter. */
    EventGate gate() {
        return pipeline;
    }

    /** What the engine can be asked. */
    EngineReads reads() {
        return pipeline;
    }

    /** Stops to listen, lets the engine finish what it accepted, and gives the folder back. */
    @Override
    public void close() {
        readiness = Readiness.DRAINING;
        IllegalStateException failures = new IllegalStateException("could not stop cleanly");
        closeAll(failures::addSuppressed);
        if (failures.getSuppressed().length > 0) {
            throw failures;
        }
    }

    /** What to say when there is neither a policy file nor one in the data folder. */
    static Failure noPolicy(ServeConfig config) {
        return Failure.ofInput("serve: the data folder " + config.data()
                + " holds no policy yet; give one with --policy FILE, or try --demo");
    }

    private void fail(Throwable cause, Consumer<Throwable> onFailure) {
        running = false;
        onFailure.accept(cause);
    }

    /** The policy is the first record of all, so that no event is applied before it. */
    private void startUnder(String policyText) throws InterruptedException {
        PolicySet policies = policyInForce.parse(policyText);
        Optional<String> refusal = pipeline.refusalOf(policies).join();
        if (refusal.isPresent()) {
            throw Failure.ofInput("serve: the policy cannot be used with the data folder " + config.data() + ": "
                    + refusal.get() + "; go on with the policy it has, or start with another data folder");
        }
        EventRecordWriter record = new EventRecordWriter().policy(policyText);
        long position = pipeline.offerFirst(record.buffer(), 0, record.length());
        pipeline.start();
        if (!pipeline.awaitApplied(position, POLICY_TIMEOUT_MS)) {
            throw new IllegalStateException("the policy did not come into force within 60 s");
        }
    }

    private static EngineConfig wantedEngine(ServeConfig config) {
        return new EngineConfig(config.engine().rememberedIds().orElse(EngineConfig.DEFAULT.rememberedIds()));
    }

    private void checkEngine(EngineConfig engine) {
        int wanted = config.engine().rememberedIds().orElse(engine.rememberedIds());
        if (wanted != engine.rememberedIds()) {
            throw Failure.ofInput("engine.remembered_ids is " + wanted + ", but the data folder " + config.data()
                    + " was made with " + engine.rememberedIds() + ", which cannot change as its events would come to"
                    + " something else; leave the setting away, or start with another data folder");
        }
    }

    private static PipelineConfig pipelineConfig(ServeConfig config) {
        Idle idle = config.engine().idle();
        JournalSettings journal = config.journal();
        return new PipelineConfig(
                config.engine().eventSlots(),
                OUTCOME_SLOTS,
                idle::forCore,
                idle::forEgress,
                journal.sync(),
                journal.sync() == SyncLevel.INTERVAL
                        ? () -> new SleepingMillisIdleStrategy(journal.syncEveryMs())
                        : idle::forSync);
    }

    private Optional<String> makeSnapshot(SnapshotProcess process, EpochNanoClock clock) throws InterruptedException {
        Optional<String> why = process.run();
        OptionalLong retentionMs = config.journal().retentionMs();
        List<Long> kept = SnapshotFolder.of(config.data()).positions();
        if (why.isEmpty() && retentionMs.isPresent() && kept.size() > 1) {
            // Before the older one, as the newer one might turn out to be broken.
            long arrivedBeforeNs = clock.nanoTime() - TimeUnit.MILLISECONDS.toNanos(retentionMs.getAsLong());
            eventJournal.giveUpBefore(kept.get(kept.size() - 1), arrivedBeforeNs);
        }
        return why;
    }

    /** What was accepted is kept without it, so that a stop is clean also if it cannot be made. */
    private void makeLastSnapshot() {
        if (!running || !config.snapshots().atStop()) {
            return;
        }
        try (SnapshotProcess process = new SnapshotProcess(config.data())) {
            process.run().ifPresent(onRemark);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            onRemark.accept("no snapshot was made at the stop: interrupted");
        } catch (UncheckedIOException e) {
            onRemark.accept(String.valueOf(e.getMessage()));
        }
    }

    private TocsinServer listen(AlertJournal alertJournal, EpochNanoClock clock) {
        try {
            return new TocsinServer(
                    config.http(),
                    pipeline,
                    pipeline,
                    alertJournal,
                    clock,
                    new LivePolicyDesk(pipeline, policyInForce),
                    new JournalTimelines(config.data(), alertJournal),
                    () -> readiness);
        } catch (JavalinBindException e) {
            throw Failure.ofRun(
                    "cannot listen on port " + config.http().port() + " of "
                            + config.http().host() + " (" + reason(e)
                            + "); stop what listens there, or give another --port or http.host",
                    e);
        }
    }

    /** The innermost cause says it best, if it says anything. */
    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    private void closeAll(Consumer<Exception> onFailure) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                onFailure.accept(e);
            }
        }
    }
}
