package io.tocsin.app.serve;

import io.tocsin.app.demo.DemoTraffic;
import io.tocsin.app.demo.JournaledPast;
import io.tocsin.app.policyfile.BuiltInPolicy;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.EventGate;
import io.tocsin.engine.pipeline.EventJournal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Brings the demo's events to a server: first its past, into the empty journal, so that the board is full at once; then
 * live, from a thread of its own, until it is closed.
 */
final class DemoFeed implements AutoCloseable {
    private static final long SEED = 20_261_122;
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final EpochNanoClock clock;
    private final DemoTraffic traffic;
    private final long pastNs;
    private volatile Thread thread;
    private volatile boolean closed;

    DemoFeed(EpochNanoClock clock) {
        this.clock = clock;
        pastNs = clock.nanoTime() - DemoTraffic.WARM_UP_NS;
        traffic = new DemoTraffic(SEED, pastNs);
    }

    /** Writes the last minutes into an empty journal. */
    void writePast(EventJournal journal) {
        EventRecordWriter policy = new EventRecordWriter().policy(BuiltInPolicy.text());
        new EventRecord().wrap(policy.buffer(), 0).stamp(pastNs);
        journal.append(policy.buffer(), 0, policy.length());
        traffic.advance(clock.nanoTime(), new JournaledPast(journal));
        journal.commit();
    }

    /** Goes on live. */
    void start(EventGate gate) {
        thread = new Thread(() -> run(gate), "tocsin-demo");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        if (thread != null) {
            thread.join();
        }
    }

    private void run(EventGate gate) {
        try {
            while (!closed) {
                traffic.advance(
                        clock.nanoTime(),
                        (buffer, offset, length) -> gate.offer(buffer, offset, length) != EventGate.FULL);
                LockSupport.parkNanos(STEP_NS);
            }
        } catch (IllegalStateException e) {
            // The engine has stopped and said why; there is nobody left to send to.
            closed = true;
        }
    }
}
