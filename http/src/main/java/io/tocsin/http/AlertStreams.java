package io.tocsin.http;

import io.javalin.http.Context;
import io.tocsin.engine.pipeline.AlertJournal;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Alert streams to clients, each on a daemon thread of its own that reads the journal at its client's speed: a client that
 * never reads blocks its own thread until the connection's idle time is up, and nobody else. Jetty's threads only begin a
 * stream. {@link #close()} ends all of them.
 */
final class AlertStreams implements AutoCloseable {
    private static final long CLOSE_PATIENCE_MS = 2_000;

    private final AlertJournal journal;
    private final long commentMs;
    private final int maxStreams;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    AlertStreams(AlertJournal journal, long commentMs, int maxStreams) {
        this.journal = journal;
        this.commentMs = commentMs;
        this.maxStreams = maxStreams;
    }

    /** Answers with the alerts after the given number, for as long as the client stays. */
    void open(Context ctx, long afterSeq) {
        if (closed) {
            throw Problem.unavailable("the server is stopping");
        }
        if (count.incrementAndGet() > maxStreams) {
            count.decrementAndGet();
            throw Problem.unavailable("there are " + maxStreams + " alert streams, which is the limit");
        }
        ctx.contentType("text/event-stream").header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
        ctx.future(() -> begin(ctx, afterSeq));
    }

    /** How many streams there are. */
    int count() {
        return count.get();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join(CLOSE_PATIENCE_MS);
        }
    }

    private CompletableFuture<Void> begin(Context ctx, long afterSeq) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> serve(ctx, afterSeq, end), "alert-stream");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return end;
    }

    private void serve(Context ctx, long afterSeq, CompletableFuture<Void> end) {
        try {
            ServletOutputStream out = ctx.res().getOutputStream();
            new AlertStream(journal, out, commentMs, () -> closed).run(afterSeq);
        } catch (IOException | UncheckedIOException e) {
            // The client has gone, or never read: that is how streams end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.remove(Thread.currentThread());
            count.decrementAndGet();
            end.complete(null);
        }
    }
}
