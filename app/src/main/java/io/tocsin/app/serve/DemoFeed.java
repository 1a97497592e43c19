package io.tocsin.app.serve;

import io.tocsin.app.demo.DemoTraffic;
import io.tocsin.app.demo.JournaledPast;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.EventGate;
import io.tocsin.engine.pipeline.EventJournal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Brings the demo's events to a server: first its past, into the empty journal, so that the board is full at once; then
 * live, on a thread of its own, until it is closed. Made, started and closed by one thread.
 */
final class DemoFeed implements AutoCloseable {
    private static final long SEED = 20_261_122;
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final EpochNanoClock clock;
    private final String policyText;
    private final long pastNs;
    private final DemoTraffic traffic;
    private volatile boolean closed;

    @Nullable
    private Thread thread;

    /** A feed whose past happened under the given policy. */
    DemoFeed(EpochNanoClock clock, String policyText) {
        this.clock = clock;
        this.policyText = policyText;
        pastNs = clock.nanoTime() - DemoTraffic.WARM_UP_NS;
        traffic = new DemoTraffic(SEED, pastNs);
    }

    /** Writes the policy and the last minutes into an empty journal. */
    void writePast(EventJournal journal) {
        EventRecordWriter policy = new EventRecordWriter().policy(policyText);
        new EventRecord().wrap(policy.buffer(), 0).stamp(pastNs);
        journal.append(policy.buffer(), 0, policy.length());
        traffic.advance(clock.nanoTime(), new JournaledPast(journal));
        journal.commit();
    }

    /** Goes on live; what goes wrong is told on the feed's thread. */
    void start(EventGate gate, Consumer<Throwable> onFailure) {
        Thread feeder = new Thread(() -> run(gate, onFailure), "tocsin-demo");
        feeder.setDaemon(true);
        feeder.start();
        thread = feeder;
    }

    /** Stops to feed. */
    @Override
    public void close() {
        closed = true;
        Thread feeder = thread;
        if (feeder == null) {
            return;
        }
        try {
            feeder.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while stopping the demo", e);
        }
    }

    private void run(EventGate gate, Consumer<Throwable> onFailure) {
        try {
            while (!closed) {
                traffic.advance(
                        clock.nanoTime(),
                        (buffer, offset, length) -> gate.offer(buffer, offset, length) != EventGate.FULL);
                LockSupport.parkNanos(STEP_NS);
            }
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
    }
}
