package io.tocsin.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.policy.BuiltInClocks;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.policy.Warning;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A pipeline over journals in memory and a clock that stands still unless it is moved. Times are seconds after the start.
 * {@link #restart} is what a new process finds.
 */
final class Rig implements AutoCloseable {
    static final long START_NS = 1_795_420_800_000_000_000L;
    static final long SECOND_NS = 1_000_000_000L;
    /** A first response in 15 minutes, with a warning and an escalation; a resolution in an hour. */
    static final String POLICY = "first_response: 15m";

    static final int SLOTS = 64;

    private static final long DEADLINE_MS = 20_000;

    final MemoryEventJournal events = new MemoryEventJournal();
    final MemoryAlertJournal alerts = new MemoryAlertJournal();
    final MemorySnapshotStore snapshots = new MemorySnapshotStore();
    final Clock clock = new Clock();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    /** Is run on the core's thread when a policy is applied. */
    Runnable onPolicy = () -> {};
    /** For how long to wait, of the next pipeline. */
    NanoClock steadyClock = SystemNanoClock.INSTANCE;

    /** Of the next pipeline. */
    SyncLevel sync = SyncLevel.OS;

    private final EventRecordWriter writer = new EventRecordWriter();
    Pipeline pipeline = newPipeline();

    /** Stands still until it is moved, or goes on by a step with each look at it. */
    static final class Clock implements EpochNanoClock {
        private final AtomicLong nowNs = new AtomicLong(START_NS);
        private volatile long stepNs;

        void add(long ns) {
            nowNs.addAndGet(ns);
        }

        void goOnBy(long eachNs) {
            stepNs = eachNs;
        }

        @Override
        public long nanoTime() {
            return nowNs.addAndGet(stepNs);
        }
    }

    /** A rig whose pipeline runs and has its policy. */
    static Rig started() {
        Rig rig = new Rig();
        rig.pipeline.start();
        rig.applied(rig.offerPolicy(POLICY));
        return rig;
    }

    Pipeline newPipeline() {
        return new Pipeline(
                new PipelineConfig(
                        SLOTS,
                        SLOTS,
                        BackoffIdleStrategy::new,
                        BackoffIdleStrategy::new,
                        sync,
                        BackoffIdleStrategy::new),
                EngineConfig.DEFAULT,
                this::read,
                events,
                alerts,
                snapshots,
                clock,
                steadyClock,
                failures::add);
    }

    /** A new pipeline over the same journals, recovered and started. */
    void restart() {
        pipeline.close();
        pipeline = newPipeline();
        pipeline.recover();
        pipeline.start();
    }

    @Override
    public void close() {
        pipeline.close();
        assertThat(failures).isEmpty();
    }

    // ---- what goes in

    void setClock(long seconds) {
        clock.nowNs.set(START_NS + seconds * SECOND_NS);
    }

    /**
     * Sets the clock and waits until the core goes by it. The cycle that answers the first question may have looked at
     * the clock before; the one that answers the second began after that.
     */
    void at(long seconds) {
        setClock(seconds);
        if (pipeline.isAccepting()) {
            answer(pipeline.counters());
            answer(pipeline.counters());
        }
    }

    long offerPolicy(String text) {
        writer.policy(text);
        return pipeline.offer(writer.buffer(), 0, writer.length());
    }

    long offerPolicyFirst(String text) {
        writer.policy(text);
        return pipeline.offerFirst(writer.buffer(), 0, writer.length());
    }

    /** As a process leaves it that died before it could force what it journaled. */
    void journalWithoutForcing(String policyText) {
        writer.policy(policyText);
        new EventRecord().wrap(writer.buffer(), 0).stamp(clock.nanoTime());
        events.append(writer.buffer(), 0, writer.length());
        events.commit();
    }

    /** An event that happens now; attributes as {@code name=value}. */
    long offer(String ticket, String type, String... attributes) {
        writer.begin(clock.nanoTime(), ticket, type, "");
        for (String attribute : attributes) {
            String[] pair = attribute.split("=", 2);
            writer.attribute(ValueKind.STRING, pair[0], pair[1]);
        }
        return pipeline.offer(writer.buffer(), 0, writer.length());
    }

    /** Waits until a record is applied. */
    void applied(long position) {
        assertThat(position).isNotEqualTo(EventGate.FULL);
        await("record " + position + " to be applied", () -> isApplied(position));
    }

    private boolean isApplied(long position) {
        try {
            return pipeline.awaitApplied(position, -1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // ---- what comes out

    static <T> T answer(CompletableFuture<T> question) {
        return question.orTimeout(DEADLINE_MS, TimeUnit.MILLISECONDS).join();
    }

    static void await(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("waited " + DEADLINE_MS + " ms in vain for " + what);
            }
            LockSupport.parkNanos(50_000);
        }
    }

    void awaitAlerts(int count) {
        await(count + " alerts", () -> alerts.lastSeq() >= count);
    }

    // ---- policies

    /** The reader of policies. */
    PolicySet read(String text) {
        onPolicy.run();
        if (!text.equals(POLICY)) {
            throw new IllegalArgumentException("no such policy: " + text);
        }
        Target firstResponse = new Target(
                new TargetTime.Elapsed(900 * SECOND_NS),
                CalendarSpec.ALWAYS,
                List.of(Warning.ofShare("50%", 500_000)),
                List.of(new EscalationStep("5m", 300 * SECOND_NS, 0, 1, List.of("lead"))));
        Target resolution =
                new Target(new TargetTime.Elapsed(3_600 * SECOND_NS), CalendarSpec.ALWAYS, List.of(), List.of());
        return new PolicySet(
                ZoneOffset.UTC,
                PolicySet.DEFAULT_FORGET_AFTER_NS,
                List.of(CalendarSpec.always(ZoneOffset.UTC)),
                BuiltInClocks.all(),
                List.of(new Policy(
                        "all",
                        Map.of(),
                        List.of(),
                        Map.of("first_response", firstResponse, "resolution", resolution))));
    }
}
