package io.tocsin.benchmarks;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.benchmarks.peer.TicketStream;
import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.pipeline.EventGate;
import io.tocsin.engine.pipeline.Pipeline;
import io.tocsin.engine.pipeline.SyncLevel;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A live engine and what sends to it. The core spins, so the sender must not: it sends a group of {@value #GROUP} events every
 * so often and parks in between. How late it wakes is in what is measured, since that counts from the planned time.
 *
 * <p>When an event was applied is seen by the clock: the core looks at it when it has applied what it drained together.
 */
final class LatencyRig implements AutoCloseable {
    private static final String POLICY = """
            version: 1
            forget_after: 10s
            policies: [{name: all, targets: {first_response: 1h, resolution: 72h}}]
            """;

    private static final int SLOTS = 1 << 16;
    private static final int GROUP = 10;
    /** Of the tickets that are opened, every so manieth breaches its first response, so long afterwards. */
    private static final int BREACHES_EVERY = 10;

    private static final long BREACH_AFTER_NS = MILLISECONDS.toNanos(300);
    private static final long TARGET_NS = HOURS.toNanos(1);
    /** How many tickets later one is answered, and resolved. */
    private static final int ANSWERED_AFTER = 20_000;

    private static final int RESOLVED_AFTER = 40_000;
    /** Between deadlines being put in place and the first of them. */
    private static final long LEAD_NS = MILLISECONDS.toNanos(500);

    private final EventMaker maker = new EventMaker(new Openings(false, new SplittableRandom(42)), false);
    private final MutableDirectBuffer group = new UnsafeBuffer(new byte[GROUP * 512]);
    private final int rate;
    private final EpochNanoClock clock = new SystemEpochNanoClock();
    private final LatencyWatch watch = new LatencyWatch(clock, GROUP);
    private final LivePipeline live;
    private final Pipeline pipeline;
    private final Histogram sent = new Histogram(3);
    private final Histogram detected = new Histogram(3);
    private final AtomicLong detectedCount = new AtomicLong();
    private long nextTicket = RESOLVED_AFTER;
    private long sentCount;
    private long lastPlace;

    LatencyRig(SyncLevel sync, int rate) throws IOException, InterruptedException {
        this(sync, rate, BusySpinIdleStrategy::new, LivePipeline::parking);
    }

    /**
     * Starts an engine.
     *
     * @param rate events a second
     * @param coreIdle what the core does while there is nothing to do
     * @param otherIdle what the other threads do
     */
    LatencyRig(SyncLevel sync, int rate, Supplier<IdleStrategy> coreIdle, Supplier<IdleStrategy> otherIdle)
            throws IOException, InterruptedException {
        this.rate = rate;
        live = new LivePipeline(
                new LivePipeline.Settings(SLOTS, sync, coreIdle, otherIdle),
                new PolicyFile(),
                watch,
                watch::watch,
                journal -> new WatchedAlerts(journal, this::onAlert));
        pipeline = live.start(POLICY);
    }

    /** Sends for so long, and waits until all of it is acknowledged. */
    void load(int seconds) throws InterruptedException {
        reset();
        long gapNs = SECONDS.toNanos(1) * GROUP / rate;
        long startNs = clock.nanoTime() + gapNs;
        int groups = (int) ((long) seconds * rate / GROUP);
        watch.begin(startNs, gapNs, groups);
        for (int i = 0; i < groups; i++) {
            long plannedNs = startNs + i * gapNs;
            watch.handOver(i, sleepUntil(plannedNs));
            lastPlace = send(plannedNs);
            sent.recordValue(Math.max(0, clock.nanoTime() - plannedNs));
        }
        live.awaitApplied(lastPlace);
        watch.end();
    }

    /** Lets so many deadlines a second come, for so long, and nothing else. */
    void timers(int seconds, int perSecond) throws InterruptedException {
        sleepUntil(clock.nanoTime() + 2 * BREACH_AFTER_NS); // What load left behind.
        int count = seconds * perSecond;
        long firstNs = clock.nanoTime() + LEAD_NS;
        for (int i = 0; i < count; i += GROUP) {
            int length = 0;
            for (int j = 0; j < GROUP; j++) {
                long dueNs = firstNs + (i + j) * (SECONDS.toNanos(1) / perSecond);
                length = put(length, nextTicket++, TicketStream.OPENED, dueNs - TARGET_NS);
            }
            lastPlace = offer();
        }
        live.awaitApplied(lastPlace);
        reset();
        sleepUntil(firstNs + SECONDS.toNanos(seconds));
        while (detectedCount.get() < count) {
            LockSupport.parkNanos(MILLISECONDS.toNanos(1));
        }
    }

    /** What the core and the sync did with the load. */
    LatencyWatch watch() {
        return watch;
    }

    /** From due to noticed. */
    Histogram detected() {
        return detected.copy();
    }

    /** From planned to handed over: how late the sender woke up, which is in all that counts from the planned time. */
    Histogram sent() {
        return sent.copy();
    }

    @Override
    public void close() throws IOException {
        live.close();
    }

    private void reset() {
        detected.reset();
        detectedCount.set(0);
        sent.reset();
    }

    private long send(long plannedNs) {
        int length = 0;
        for (int i = 0; i < GROUP; i++, sentCount++) {
            switch ((int) (sentCount % TicketFlow.EVENTS_PER_STEP)) {
                case 0 -> {
                    boolean breaches = nextTicket % BREACHES_EVERY == 0;
                    long openedNs = breaches ? plannedNs + BREACH_AFTER_NS - TARGET_NS : plannedNs;
                    length = put(length, nextTicket, TicketStream.OPENED, openedNs);
                }
                case 1 -> length = put(length, nextTicket - ANSWERED_AFTER, TicketStream.RESPONDED, plannedNs);
                default -> length = put(length, nextTicket++ - RESOLVED_AFTER, TicketStream.RESOLVED, plannedNs);
            }
        }
        return offer();
    }

    private int put(int offset, long ticket, int type, long atNs) {
        EventRecord event = maker.make(ticket, type, atNs);
        group.putBytes(offset, event.buffer(), 0, event.length());
        return offset + event.length();
    }

    private long offer() {
        long place = pipeline.offerAll(group, 0, GROUP);
        while (place == EventGate.FULL) {
            Thread.yield();
            place = pipeline.offerAll(group, 0, GROUP);
        }
        return place;
    }

    private void onAlert(AlertRecord alert) {
        if (alert.kind() == AlertKind.BREACH) {
            detected.recordValue(Math.max(0, alert.detectedNs() - alert.atNs()));
            detectedCount.incrementAndGet();
        }
    }

    /** Returns the time when it woke up. */
    private long sleepUntil(long ns) {
        long nowNs = clock.nanoTime();
        for (; nowNs < ns; nowNs = clock.nanoTime()) {
            LockSupport.parkNanos(ns - nowNs);
        }
        return nowNs;
    }
}
