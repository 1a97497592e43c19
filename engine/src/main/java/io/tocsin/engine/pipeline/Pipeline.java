package io.tocsin.engine.pipeline;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.policy.PolicyReader;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.DueQuery;
import io.tocsin.engine.view.DueView;
import io.tocsin.engine.view.EngineGauges;
import io.tocsin.engine.view.ForecastView;
import io.tocsin.engine.view.LatencyBuckets;
import io.tocsin.engine.view.LatencyView;
import io.tocsin.engine.view.PipelineGauges;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketOrigin;
import io.tocsin.engine.view.TicketView;
import io.tocsin.engine.view.TrendView;
import io.tocsin.engine.view.Window;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A whole engine, live: its life from {@link #recover}, which brings the journal back, over {@link #start}, which lets events
 * in, to {@link #close}, which stops and keeps what was accepted. Events enter by an {@link EventRing}, questions by
 * {@link Questions}; the core, the egress and the sync have a thread each.
 *
 * <p>If journaling or applying fails, the engine stops: what was not acknowledged is refused from then on, and
 * {@code onFailure} is told once.
 */
public final class Pipeline implements EventGate, EngineReads, AutoCloseable {
    private static final long KEPT_CHECK_NS = 20_000;
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private final EngineHealth health;
    private final EventRing events;
    private final Questions questions;
    private final RingBuffer<EventSlot> outcomes;
    private final Sequence journalPosition = new Sequence(0);
    private final Sequence durableAsOfNs = new Sequence(0);
    private final Sequence kept = new Sequence(Sequencer.INITIAL_CURSOR_VALUE);

    private final PipelineConfig config;
    private final EngineConfig engineConfig;
    private final PolicyReader policyReader;
    private final EventJournal eventJournal;
    private final AlertJournal alertJournal;
    private final SnapshotStore snapshots;
    private final EpochNanoClock clock;
    private final NanoClock steadyClock;
    private final AgentRunner egress;

    private OutcomeSink sink;
    private Engine engine;
    private AgentRunner core;
    private @Nullable AgentRunner sync;
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
        health = new EngineHealth(onFailure);
        events = new EventRing(config.eventSlots(), config.sync(), clock, steadyClock, health, this::coreEnded);
        questions = new Questions(health, journalPosition);
        // As with the ring of events, nobody ever waits by this strategy.
        outcomes = RingBuffer.createSingleProducer(EventSlot::new, config.outcomeSlots(), new YieldingWaitStrategy());
        outcomes.addGatingSequences(kept);
        sink = newSink();
        engine = new Engine(engineConfig, policyReader, sink);
        core = newCore();
        egress = runner(config.egressIdle().get(), new EgressAgent(outcomes, kept, events.safe(), alertJournal));
        sync = config.sync() == SyncLevel.OS
                ? null
                : runner(
                        config.syncIdle().get(),
                        new SyncAgent(
                                events.journaled(),
                                events.durable(),
                                eventJournal,
                                alertJournal,
                                steadyClock,
                                durableAsOfNs));
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
        return events.offerFirst(buffer, offset, length);
    }

    /**
     * Why the engine could not use a policy file on top of all before it, which would stop it; empty when it could. Any
     * thread; before {@link #start} the one that recovered.
     */
    public CompletableFuture<Optional<String>> refusalOf(PolicySet policies) {
        return health.isOpen()
                ? questions.ask(views -> views.refusalOf(policies))
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
        health.open();
    }

    /** As {@link #start}, but nothing goes on by itself: the caller's thread invokes the core, the egress and the sync. */
    Stepped startStepped() {
        goLive();
        health.open();
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
        return health.isAccepting();
    }

    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        return events.offer(buffer, offset, length);
    }

    @Override
    public long offerAll(DirectBuffer buffer, int offset, int count) {
        return events.offerAll(buffer, offset, count);
    }

    @Override
    public boolean awaitApplied(long position, long timeoutMs) throws InterruptedException {
        return events.awaitApplied(position, timeoutMs);
    }

    @Override
    public int capacity() {
        return events.capacity();
    }

    @Override
    public CompletableFuture<Optional<TicketView>> ticket(String ticket) {
        return questions.ticket(ticket);
    }

    @Override
    public CompletableFuture<TicketOrigin> origin(String ticket) {
        return questions.origin(ticket);
    }

    @Override
    public CompletableFuture<List<DueView>> due(DueQuery query) {
        return questions.due(query);
    }

    @Override
    public CompletableFuture<StatsView> stats(List<String> by, Window window) {
        return questions.stats(by, window);
    }

    @Override
    public CompletableFuture<ForecastView> forecast(List<String> by, List<Long> withinNs) {
        return questions.forecast(by, withinNs);
    }

    @Override
    public CompletableFuture<TrendView> trend(SortedMap<String, String> where, int hours) {
        return questions.trend(where, hours);
    }

    @Override
    public CompletableFuture<CountersView> counters() {
        return questions.counters();
    }

    @Override
    public CompletableFuture<EngineGauges> gauges() {
        return questions.gauges();
    }

    @Override
    public PipelineGauges pipelineGauges() {
        boolean forced = sync != null;
        long unforced = Math.max(0, events.journaled().get() - events.durable().get());
        long waitedNs = steadyClock.nanoTime() - durableAsOfNs.get();
        List<Long> snapshotPositions = snapshots.positions();
        OptionalLong madeMs = snapshots.newestMadeMs();
        return new PipelineGauges(
                events.capacity(),
                events.slots().remainingCapacity(),
                journalPosition.get(),
                forced ? unforced : ClockView.NONE,
                forced ? (unforced == 0 ? 0 : Math.max(0, waitedNs)) : ClockView.NONE,
                snapshotPositions.isEmpty() ? ClockView.NONE : snapshotPositions.get(0),
                madeMs.isEmpty()
                        ? ClockView.NONE
                        : Math.max(0, clock.nanoTime() - TimeUnit.MILLISECONDS.toNanos(madeMs.getAsLong())));
    }

    @Override
    public LatencyBuckets latencyBuckets() {
        return questions.latencyBuckets();
    }

    @Override
    public CompletableFuture<Long> stateHash() {
        return questions.stateHash();
    }

    @Override
    public LatencyView latency() {
        return questions.latency();
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
        boolean started = health.shut();
        try {
            if (started && !health.hasFailed()) {
                events.awaitAll(CLOSE_TIMEOUT_MS);
            }
            core.close();
            if (started && !health.hasFailed()) {
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
        if (started && !health.hasFailed()) {
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
        long[] lastNs = {engine.nowNs()};
        alertJournal.read(
                Math.max(0, alertJournal.lastSeq() - 1),
                1,
                (buffer, offset, length) -> lastNs[0] =
                        Math.max(lastNs[0], alert.wrap(buffer, offset).detectedNs()));
        engine.advance(lastNs[0]);
    }

    private void goLive() {
        long startNs = Math.max(engine.nowNs(), clock.nanoTime());
        journalPosition.set(eventJournal.endPosition());
        durableAsOfNs.set(steadyClock.nanoTime());
        sink.goLive();
        engine.countAlertsFromNow();
        engine.onExpiry((atNs, detectedNs) -> {
            if (atNs >= startNs) {
                questions.detectionLag().record(detectedNs - atNs);
            }
        });
    }

    private void awaitKept() throws InterruptedException {
        long deadlineNs = steadyClock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_TIMEOUT_MS);
        while (kept.get() < outcomes.getCursor()) {
            if (health.hasFailed() || steadyClock.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException(
                        "alerts up to " + outcomes.getCursor() + " were given, only those up to " + kept.get()
                                + " could be kept; a restart gives the rest again");
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for alerts to be kept");
            }
            LockSupport.parkNanos(KEPT_CHECK_NS);
        }
    }

    private boolean coreEnded() {
        return core.isClosed();
    }

    private OutcomeSink newSink() {
        return new OutcomeSink(
                outcomes, events.journaled(), alertJournal, config.coreIdle().get());
    }

    private AgentRunner newCore() {
        CoreAgent agent = new CoreAgent(
                events.slots(),
                events.journaled(),
                journalPosition,
                events.applied(),
                engine,
                sink,
                eventJournal,
                clock,
                questions.queue(),
                questions.ingestToApply());
        return runner(config.coreIdle().get(), agent);
    }

    private AgentInvoker invoker(AgentRunner runner) {
        AgentInvoker invoker = new AgentInvoker(health::fail, null, runner.agent());
        invoker.start();
        return invoker;
    }

    private AgentRunner runner(IdleStrategy idleStrategy, Agent agent) {
        return new AgentRunner(idleStrategy, health::fail, null, new StopOnFailure(agent));
    }
}
