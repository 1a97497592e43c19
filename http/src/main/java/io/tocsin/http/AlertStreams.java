package io.tocsin.http;

import io.javalin.http.Context;
import io.tocsin.engine.pipeline.AlertJournal;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alert streams to clients, each on a daemon thread of its own that reads the journal at its client's speed: a client
 * that stops reading blocks its own thread, and nobody else, until it has taken nothing for the patience given; then its
 * connection is closed, and when it comes back it goes on where it was. Jetty's threads only begin a stream. To close: {@link #end()}, close the connections, {@link #join()}.
 */
final class AlertStreams {
    private static final Logger LOGGER = LoggerFactory.getLogger(AlertStreams.class);
    private static final long CLOSE_PATIENCE_MS = 2_000;

    private final AlertJournal journal;
    private final long commentMs;
    private final long patienceMs;
    private final int maxStreams;
    private final Map<Thread, AlertStream> streams = new ConcurrentHashMap<>();
    private volatile boolean ended;

    AlertStreams(AlertJournal journal, long commentMs, long patienceMs, int maxStreams) {
        this.journal = journal;
        this.commentMs = commentMs;
        this.patienceMs = patienceMs;
        this.maxStreams = maxStreams;
    }

    /** Answers with the alerts after the given number, for as long as the client stays. */
    void open(Context ctx, long afterSeq) throws IOException {
        if (ended) {
            throw Problem.unavailable("the server is stopping");
        }
        if (streams.size() >= maxStreams) {
            throw Problem.unavailable("there are " + maxStreams + " alert streams, which is the limit");
        }
        AlertStream stream = new AlertStream(journal, ctx.res().getOutputStream(), commentMs);
        EventStreams.begin(ctx, patienceMs, request -> begin(stream, afterSeq, request));
    }

    /** How many streams there are. */
    int count() {
        return streams.size();
    }

    /** Begins no stream any more and ends those that wait for an alert; the others end with their connections. */
    void end() {
        ended = true;
        streams.values().forEach(AlertStream::end);
    }

    /** Waits for the streams' threads. */
    void join() throws InterruptedException {
        for (Thread thread : streams.keySet()) {
            thread.join(CLOSE_PATIENCE_MS);
        }
    }

    private void begin(AlertStream stream, long afterSeq, AsyncContext request) {
        Thread thread = new Thread(() -> serve(stream, afterSeq, request), "alert-stream");
        thread.setDaemon(true);
        streams.put(thread, stream);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // The system has no thread left for us; the request fails, the others go on.
            streams.remove(thread);
            throw e;
        }
        if (ended) {
            // Closed since it was asked: nobody else would end it.
            stream.end();
        }
    }

    private void serve(AlertStream stream, long afterSeq, AsyncContext request) {
        try {
            stream.run(afterSeq);
        } catch (IOException e) {
            LOGGER.debug("an alert stream's client has gone, or never read", e);
        } catch (InterruptedException e) {
            LOGGER.debug("an alert stream ends with the server");
        } catch (IllegalStateException e) {
            LOGGER.error("an alert stream ends: {}", e.getMessage()); // A damaged alert, say.
        } catch (RuntimeException e) {
            LOGGER.error("an alert stream failed", e);
        } finally {
            streams.remove(Thread.currentThread());
            complete(request);
        }
    }

    private static void complete(AsyncContext request) {
        try {
            request.complete();
        } catch (IllegalStateException e) {
            LOGGER.debug("an alert stream's request was completed by the web server, which saw its client go", e);
        }
    }
}
