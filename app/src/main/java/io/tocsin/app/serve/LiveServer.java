package io.tocsin.app.serve;

import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.AlertJournal;
import io.tocsin.engine.pipeline.EventGate;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.pipeline.Pipeline;
import io.tocsin.engine.pipeline.PipelineConfig;
import io.tocsin.http.Readiness;
import io.tocsin.http.TocsinServer;
import io.tocsin.journal.ChronicleAlertJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A data folder, an engine and an HTTP server, wired together. Starting: lock the folder, open the journals, listen (not
 * ready), recover, go live, put the policy into force, ready. Stopping: the same backwards, so that whatever was
 * acknowledged is kept.
 *
 * <p>Built, started and closed by one thread. {@link #failed()} completes, on the failing thread, when the engine stops by
 * itself.
 */
final class LiveServer implements AutoCloseable {
    private static final int OUTCOME_SLOTS = 1 << 14;
    private static final long POLICY_TIMEOUT_MS = 60_000;

    private final PolicyInForce policyInForce = new PolicyInForce();
    private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
    /** What has to be closed, the last opened first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private final EventJournal eventJournal;
    private final Pipeline pipeline;
    private final TocsinServer http;
    private volatile Readiness readiness = Readiness.RECOVERING;

    /**
     * Opens everything and listens; events are refused until {@link #start}.
     *
     * @throws IllegalStateException if the folder is in use or damaged
     * @throws io.javalin.util.JavalinBindException if the port is taken
     */
    LiveServer(ServeConfig config, EpochNanoClock clock) {
        try {
            DataFolder folder = opened(DataFolder.open(config.data()));
            eventJournal = opened(ChronicleEventJournal.open(folder));
            AlertJournal alertJournal = opened(ChronicleAlertJournal.open(folder));
            pipeline = opened(new Pipeline(
                    new PipelineConfig(
                            config.eventSlots(), OUTCOME_SLOTS, config.idle()::forCore, config.idle()::forEgress),
                    new EngineConfig(config.rememberedIds()),
                    policyInForce,
                    eventJournal,
                    alertJournal,
                    clock,
                    failed::complete));
            http = opened(new TocsinServer(
                    config.http(), pipeline, pipeline, alertJournal, clock, policyInForce::text, () -> readiness));
        } catch (RuntimeException e) {
            closeAll(e::addSuppressed);
            throw e;
        }
    }

    /**
     * Recovers, lets events in and puts the policy into force.
     *
     * @param policyText null to go on with the policy of the journal
     * @param past writes what is to have happened before, into a journal that is empty; null for nothing
     * @throws IllegalStateException if the journal cannot be applied, or there is no policy at all
     */
    void start(@Nullable String policyText, @Nullable Consumer<EventJournal> past) throws InterruptedException {
        if (past != null) {
            past.accept(eventJournal);
        }
        pipeline.recover();
        if (policyText == null && policyInForce.text().isEmpty()) {
            throw new NoPolicyException();
        }
        pipeline.start();
        if (policyText != null && !policyText.equals(policyInForce.text())) {
            replacePolicy(policyText);
        }
        readiness = Readiness.READY;
    }

    /** The port listened on. */
    int port() {
        return http.port();
    }

    /** Where events enter. */
    EventGate gate() {
        return pipeline;
    }

    /** Completes with what stopped the engine, if anything does. */
    CompletableFuture<Throwable> failed() {
        return failed;
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

    private void replacePolicy(String text) throws InterruptedException {
        EventRecordWriter record = new EventRecordWriter().policy(text);
        long position = pipeline.offer(record.buffer(), 0, record.length());
        if (position == EventGate.FULL || !pipeline.awaitApplied(position, POLICY_TIMEOUT_MS)) {
            throw new IllegalStateException("the policy did not come into force within 60 s");
        }
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

    /** There is neither a policy file nor one in the data folder. */
    static final class NoPolicyException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        NoPolicyException() {
            super("the data folder holds no policy yet; give one with --policy FILE");
        }
    }
}
