package io.tocsin.benchmarks.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Events at a fixed rate that waits for nobody, in batches of {@value #BATCH} at planned times, and {@link Marks} among them;
 * from the constructor until {@link #end()}, on threads of its own.
 */
public final class SteadyLoad {
    /** Events in a batch. */
    public static final int BATCH = 100;

    private static final int SENDERS = 4;
    private static final String SENDER = "127.0.0.1";
    private static final long MARK_EVERY_NS = MILLISECONDS.toNanos(20);
    /** From a ticket's opening to its response. */
    private static final long ANSWERED_AFTER_NS = SECONDS.toNanos(2);

    private final Recorder acknowledged = new Recorder(3);
    private final Marks marks;
    private final int port;
    private final long batchEveryNs;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final List<Future<Long>> senders;
    private volatile boolean ending;

    /** Begins. At most so long, for which there is room for marks. */
    public SteadyLoad(int port, int eventsPerSecond, long mostNs) {
        this.port = port;
        batchEveryNs = SECONDS.toNanos(1) * BATCH / eventsPerSecond;
        marks = new Marks((int) (mostNs / MARK_EVERY_NS) + 1);
        senders = List.of(begin(this::sendBatches), begin(this::sendMarks));
    }

    /** The marks that are among the events. */
    public Marks marks() {
        return marks;
    }

    /** From the planned instants of batches to their acknowledgement, since it was asked last. */
    public Histogram acknowledged() {
        return acknowledged.getIntervalHistogram();
    }

    /** Sends no more, and returns when all is answered. */
    public void end() throws InterruptedException, ExecutionException {
        ending = true;
        threads.shutdown();
        for (Future<Long> sender : senders) {
            sender.get();
        }
    }

    private Future<Long> begin(Callable<Long> sender) {
        return threads.submit(sender);
    }

    private long sendBatches() throws IOException {
        Bodies bodies = new Bodies(BATCH, (int) Math.max(1, ANSWERED_AFTER_NS / batchEveryNs));
        try (Callers callers = new Callers(
                port,
                SENDER,
                SENDERS,
                SENDERS * batchEveryNs,
                true,
                (sender, planNs) -> Callers.post(bodies.next()),
                (sender, planNs, answer, bodyStart) -> acknowledged.recordValue(System.nanoTime() - planNs))) {
            return callers.callWhile(() -> !ending);
        }
    }

    private long sendMarks() throws IOException {
        try (Callers callers = new Callers(
                port,
                SENDER,
                1,
                MARK_EVERY_NS,
                true,
                (sender, planNs) -> marks.next(planNs),
                (sender, planNs, answer, bodyStart) -> {})) {
            return callers.callWhile(() -> !ending);
        }
    }
}
