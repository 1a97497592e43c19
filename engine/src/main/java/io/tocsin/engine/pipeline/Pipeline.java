package io.tocsin.engine.pipeline;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.core.DueSearch;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.core.EngineViews;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.DueQuery;
import io.tocsin.engine.view.DueView;
import io.tocsin.engine.view.LatencyView;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketView;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A whole engine, live: the rings, the core on its thread and the egress on its own. {@link #recover} brings the journal
 * back, {@link #start} lets events in, {@link #close} stops and keeps what was accepted.
 *
 * <p>If journaling or applying fails, the engine stops: what was not acknowledged is refused from then on, and
 * {@code onFailure} is told once.
 */
public final class Pipeline implements EventGate, EngineReads, AutoCloseable {
    private static final long APPLIED_CHECK_NS = 20_000;
    private static final int CHECKS_BEFORE_PARKING = 200;
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private final RingBuffer<EventSlot> events;
    private final RingBuffer<EventSlot> outcomes;
    private final Sequence journaled = new Sequence(Sequencer.INITIAL_CURSOR_VALUE);
    private final Sequence durable = new Sequence(Sequencer.INITIAL_CURSOR_VALUE);
    private final Sequence journalPosition = new Sequence(0);
    private final Sequence applied = new Sequence(Sequencer.INITIAL_CURSOR_VALUE);
    private final Sequence kept = new Sequence(Sequencer.INITIAL_CURSOR_VALUE);
    /** What cannot be lost any more, as far as the configured level promises it. */
    private final Sequence safe;

    private final Queue<Question<?>> questions = new ManyToOneConcurrentLinkedQueue<>();
    private final LatencyRecorder ingestToApply = new LatencyRecorder();
    private final LatencyRecorder detectionLag = new LatencyRecorder();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private final PipelineConfig config;
    private final EngineConfig engineConfig;
    private final PolicyReader policyReader;
    private final EventJournal eventJournal;
    private final AlertJournal alertJournal;
    private final SnapshotStore snapshots;
    private final EpochNanoClock clock;
    private final NanoClock steadyClock;
    private final AgentRunner egress;
    private final Consumer<Throwable> onFailure;

    private OutcomeSink sink;
    private Engine engine;
    private AgentRunner core;
    private @Nullable AgentRunner sync;
    private volatile boolean accepting;
    private volatile boolean recoveryCancelled;

    /**
     * A pipeline that has not started.
     *
     * @param clock gives engine time
     * @param steadyClock is never set, for how long to wait
     * @param onFailure is told, on the failing thread, what stopped the engine
     */
    public Pipeline(
            PipelineConfig config,
            EngineConfig engineConfig,
            PolicyReader policyReader,
            EventJournal eventJournal,
            AlertJournal alertJournal,
            SnapshotStore snapshots,
            EpochNanoClock clock,
            NanoClock steadyClock,
            Consumer<Throwable> onFailure) {
        this.config = config;
        this.engineConfig = engineConfig;
        this.policyReader = policyReader;
        this.eventJournal = eventJournal;
        this.alertJournal = alertJournal;
        this.snapshots = snapshots;
        this.clock = clock;
        this.steadyClock = steadyClock;
        this.onFailure = onFailure;
        safe = config.sync() == SyncLevel.ALWAYS ? durable : journaled;
        // The rings' own wait strategies are never asked to wait, as both consumers poll; this one costs publishers no
        // signal.
        events = RingBuffer.createMultiProducer(EventSlot::new, config.eventSlots(), new YieldingWaitStrategy());
        events.addGatingSequences(applied);
        outcomes = RingBuffer.createSingleProducer(EventSlot::new, config.outcomeSlots(), new YieldingWaitStrategy());
        outcomes.addGatingSequences(kept);
        sink = newSink();
        engine = new Engine(engineConfig, policyReader, sink);
        core = newCore();
        egress = runner(config.egressIdle().get(), new EgressAgent(outcomes, kept, safe, alertJournal));
        sync = config.sync() == SyncLevel.OS
                ? null
                : runner(config.syncIdle().get(), new SyncAgent(journaled, durable, eventJournal, alertJournal));
    }

    /**
     * Brings back everything the folder holds, on the caller's thread, before {@link #start}: the newest snapshot that is
     * whole, and every record behind it. Alerts that are kept already are compared with those that come up again, the
     * others are given.
     *
     * @throws PoisonedRecordException if a record cannot be applied
     * @throws java.util.concurrent.CancellationException after {@link #cancelRecovery()}
     * @throws IllegalStateException if journals and snapshots do not belong together
     */
    public RecoveryReport recover() {
        if (sync != null) {
            // A process that died may have left records in the system's memory only: they count as safe from now on.
            eventJournal.force();
        }
        long keptSeq = alertJournal.lastSeq();
        Recovery<OutcomeSink> recovery = new Recovery<>(
                        engineConfig,
                        policyReader,
                        eventJournal,
                        snapshots,
                        keptSeq,
                        this::newSink,
                        () -> recoveryCancelled)
                .run();
        sink = recovery.sink();
        engine = recovery.engine();
        core = newCore();
        advanceToLastAlert();
        if (engine.views().lastSeq() < keptSeq) {
            throw new IllegalStateException(keptSeq + " alerts are kept, but the events give only "
                    + engine.views().lastSeq() + ": the last events are lost, or files of another time were put back; "
                    + KeptAlerts.REMEDY);
        }
        return recovery.report();
    }

    /** Lets {@link #recover} end soon, with an exception; nothing is lost by it. Any thread. */
    public void cancelRecovery() {
        recoveryCancelled = true;
    }

    /**
     * Puts a record ahead of everything that will be offered: it is journaled and applied first, after the timers that
     * expired while nothing ran. Between {@link #recover} and {@link #start}, on the thread that calls them.
     *
     * @return the record's position, for {@link #awaitApplied}
     */
    public long offerFirst(DirectBuffer buffer, int offset, int length) {
        return claim(1, sequence -> events.get(sequence).copy(buffer, offset, length, clock.nanoTime()));
    }

    /**
     * Why the engine could not use a policy file on top of all before it, which would stop it; empty when it could. Any
     * thread; before {@link #start} the one that recovered.
     */
    public CompletableFuture<Optional<String>> refusalOf(PolicySet policies) {
        return accepting
                ? ask(views -> views.refusalOf(policies))
                : CompletableFuture.completedFuture(engine.views().refusalOf(policies));
    }

    /** Lets events in and time move on. Timers that expired while nothing ran fire first. */
    public void start() {
        goLive();
        if (sync != null) {
            AgentRunner.startOnThread(sync);
        }
        AgentRunner.startOnThread(egress);
        AgentRunner.startOnThread(core);
        accepting = true;
    }

    /** As {@link #start}, but nothing goes on by itself: the caller's thread invokes the core, the egress and the sync. */
    Stepped startStepped() {
        goLive();
        accepting = true;
        return new Stepped(invoker(core), invoker(egress), sync == null ? null : invoker(sync));
    }

    /** The agents of a pipeline without threads; without a sync if nothing is ever forced. */
    record Stepped(
            AgentInvoker core,
            AgentInvoker egress,
            @Nullable AgentInvoker sync) {}

    /** For whoever knows that the core does not run. */
    Engine engine() {
        return engine;
    }

    /** How many records the journal has, as far as the core has come. Any thread. */
    public long journalPosition() {
        return journalPosition.get();
    }

    /** Whether the engine takes events. */
    public boolean isAccepting() {
        return accepting && failure.get() == null;
    }

    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        checkAccepting();
        return claim(1, sequence -> events.get(sequence).copy(buffer, offset, length, clock.nanoTime()));
    }

    @Override
    public long offerAll(DirectBuffer buffer, int offset, int count) {
        checkAccepting();
        if (count > events.getBufferSize()) {
            throw new IllegalArgumentException(
                    count + " events at once, the ring has room for " + events.getBufferSize());
        }
        long offeredNs = clock.nanoTime();
        EventRecord record = new EventRecord();
        int[] position = {offset};
        return claim(count, sequence -> {
            int length = record.wrap(buffer, position[0]).length();
            events.get(sequence).copy(buffer, position[0], length, offeredNs);
            position[0] += length;
        });
    }

    @Override
    public boolean awaitApplied(long position, long timeoutMs) throws InterruptedException {
        long deadlineNs = steadyClock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        for (int checks = 0; !isAcknowledged(position); checks++) {
            Throwable cause = failure.get();
            if (cause != null || (core.isClosed() && !isAcknowledged(position))) {
                throw stopped(cause);
            }
            if (steadyClock.nanoTime() - deadlineNs > 0) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for event " + position);
            }
            if (checks < CHECKS_BEFORE_PARKING) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(APPLIED_CHECK_NS);
            }
        }
        return true;
    }

    @Override
    public int capacity() {
        return events.getBufferSize();
    }

    @Override
    public CompletableFuture<Optional<TicketView>> ticket(String ticket) {
        return ask(views -> views.ticket(ticket));
    }

    @Override
    public CompletableFuture<List<DueView>> due(DueQuery query) {
        return ask(new Question.Slice<>() {
            @Nullable
            private DueSearch search;

            @Override
            @Nullable
            public List<DueView> work(EngineViews views) {
                if (search == null) {
                    search = new DueSearch(views, query);
                }
                return search.slice();
            }
        });
    }

    @Override
    public CompletableFuture<StatsView> stats(List<String> by) {
        return ask(views -> views.statsSlice(by));
    }

    @Override
    public CompletableFuture<CountersView> counters() {
        return ask(views -> views.counters());
    }

    @Override
    public CompletableFuture<Long> stateHash() {
        return ask(views -> views.stateHash());
    }

    @Override
    public LatencyView latency() {
        return new LatencyView(ingestToApply.quantiles(), detectionLag.quantiles());
    }

    /**
     * Stops: nothing more is let in, what was accepted is applied and its alerts are kept, and both are forced to the
     * device, whatever the level.
     *
     * @throws IllegalStateException if that takes longer than 10 s, or this thread is interrupted; a restart goes on where
     *     this one stopped
     */
    @Override
    public void close() {
        boolean started = accepting;
        accepting = false;
        try {
            if (started && failure.get() == null) {
                awaitAcknowledged();
            }
            core.close();
            if (started && failure.get() == null) {
                awaitKept();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while stopping the engine", e);
        } finally {
            core.close();
            egress.close();
            if (sync != null) {
                sync.close();
            }
        }
        if (started && failure.get() == null) {
            eventJournal.force();
            alertJournal.force();
        }
    }

    /**
     * Timers need no records, as engine time never goes back: what comes later is stamped later. A system clock that was set
     * back since the last run must not break that, so time goes on where the last alert was noticed.
     */
    private void advanceToLastAlert() {
        AlertRecord alert = new AlertRecord();
        alertJournal.read(
                Math.max(0, alertJournal.lastSeq() - 1),
                1,
                (buffer, offset, length) -> engine.advance(
                        Math.max(engine.nowNs(), alert.wrap(buffer, offset).detectedNs())));
    }

    private void goLive() {
        long startNs = Math.max(engine.nowNs(), clock.nanoTime());
        journalPosition.set(eventJournal.endPosition());
        sink.goLive();
        engine.onExpiry((atNs, detectedNs) -> {
            if (atNs >= startNs) {
                detectionLag.record(detectedNs - atNs);
            }
        });
    }

    private long claim(int count, LongConsumer fill) {
        long last;
        try {
            last = events.tryNext(count);
        } catch (InsufficientCapacityException e) {
            return FULL;
        }
        long first = last - count + 1;
        try {
            for (long sequence = first; sequence <= last; sequence++) {
                events.get(sequence).clear();
            }
            for (long sequence = first; sequence <= last; sequence++) {
                fill.accept(sequence);
            }
        } finally {
            // What could not be filled stays empty and is passed over; an unpublished slot would stop the ring.
            events.publish(first, last);
        }
        return last;
    }

    private <T> CompletableFuture<T> ask(Question.Slice<T> slice) {
        Question<T> question = new Question<>(slice);
        if (!isAccepting()) {
            question.fail(stopped(failure.get()));
            return question.answer();
        }
        questions.add(question);
        if (!isAccepting()) {
            // The core may have looked at its questions for the last time before this one came.
            question.fail(stopped(failure.get()));
        }
        return question.answer();
    }

    private void awaitAcknowledged() throws InterruptedException {
        long last = events.getCursor();
        if (!awaitApplied(last, CLOSE_TIMEOUT_MS)) {
            throw new IllegalStateException((last + 1) + " events were taken since the start, only "
                    + (Math.min(applied.get(), safe.get()) + 1)
                    + " could be acknowledged before the stop; their senders were told nothing");
        }
    }

    private void awaitKept() throws InterruptedException {
        long deadlineNs = steadyClock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_TIMEOUT_MS);
        while (kept.get() < outcomes.getCursor()) {
            if (failure.get() != null || steadyClock.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException(
                        "alerts up to " + outcomes.getCursor() + " were given, only those up to " + kept.get()
                                + " could be kept; a restart gives the rest again");
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for alerts to be kept");
            }
            LockSupport.parkNanos(APPLIED_CHECK_NS);
        }
    }

    private void fail(Throwable termination) {
        Throwable cause = termination.getCause() == null ? termination : termination.getCause();
        if (failure.compareAndSet(null, cause)) {
            onFailure.accept(cause);
        }
    }

    private void checkAccepting() {
        if (!isAccepting()) {
            throw stopped(failure.get());
        }
    }

    private static IllegalStateException stopped(@Nullable Throwable cause) {
        return cause == null
                ? new IllegalStateException("the engine is not running")
                : new IllegalStateException("the engine has stopped: " + cause.getMessage(), cause);
    }

    private boolean isAcknowledged(long position) {
        return applied.get() >= position && safe.get() >= position;
    }

    private OutcomeSink newSink() {
        return new OutcomeSink(
                outcomes, journaled, alertJournal, config.coreIdle().get());
    }

    private AgentRunner newCore() {
        CoreAgent agent = new CoreAgent(
                events, journaled, journalPosition, applied, engine, eventJournal, clock, questions, ingestToApply);
        return runner(config.coreIdle().get(), agent);
    }

    private AgentInvoker invoker(AgentRunner runner) {
        AgentInvoker invoker = new AgentInvoker(this::fail, null, runner.agent());
        invoker.start();
        return invoker;
    }

    private AgentRunner runner(IdleStrategy idleStrategy, Agent agent) {
        return new AgentRunner(idleStrategy, this::fail, null, new StopOnFailure(agent));
    }
}
