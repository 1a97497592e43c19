package io.tocsin.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.engine.timeline.Timeline;
import io.tocsin.engine.view.TicketOrigin;
import io.tocsin.http.json.Json;
import io.tocsin.http.json.TimelineJson;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /v1/tickets/{id}/timeline}: why a promise was kept or broken. The core is asked one small question; the journal
 * is read on the reader's own thread, by few at a time and not for long, so that nobody's curiosity delays an alert.
 */
final class TimelineResource {
    static final String SUFFIX = "/timeline";

    private static final Logger LOGGER = LoggerFactory.getLogger(TimelineResource.class);
    private static final int MOST_AT_A_TIME = 2;
    private static final long TIME_LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

    private final EngineReads reads;
    private final Timelines timelines;
    private final long timeoutMs;
    private final Semaphore readers = new Semaphore(MOST_AT_A_TIME, true);

    TimelineResource(EngineReads reads, Timelines timelines, long timeoutMs) {
        this.reads = reads;
        this.timelines = timelines;
        this.timeoutMs = timeoutMs;
    }

    void get(Context ctx) {
        String path = ctx.path();
        String id =
                PercentCoded.decode(path.substring(TicketsResource.PATH.length() + 1, path.length() - SUFFIX.length()));
        acquire();
        try {
            Optional<Timeline> timeline = read(id, path);
            if (timeline.isEmpty()) {
                throw new Problem(HttpStatus.NOT_FOUND, "no event of ticket \"" + id + "\" is kept");
            }
            Answers.json(ctx, Json.bytes(json -> TimelineJson.write(json, timeline.get())));
        } finally {
            readers.release();
        }
    }

    private Optional<Timeline> read(String id, String path) {
        TicketOrigin origin = Answers.await(reads.origin(id), timeoutMs);
        long endNs = System.nanoTime() + TIME_LIMIT_NS;
        try {
            return timelines.read(id, origin, () -> {
                if (System.nanoTime() - endNs > 0) {
                    throw Problem.unavailable("the journal is too long to be read in "
                            + TimeUnit.NANOSECONDS.toSeconds(TIME_LIMIT_NS)
                            + " s; 'tocsin explain' takes its time with the data folder, beside the server");
                }
            });
        } catch (IllegalStateException e) {
            // A damaged journal, say; what is wrong with it is for those who run the server, in one line.
            LOGGER.error("GET {} failed: {}", path, e.getMessage());
            throw new Problem(
                    HttpStatus.INTERNAL_SERVER_ERROR, "the timeline cannot be read: the server's log says why");
        }
    }

    private void acquire() {
        try {
            if (!readers.tryAcquire(timeoutMs, TimeUnit.MILLISECONDS)) {
                throw Problem.unavailable("other timelines are being read, " + MOST_AT_A_TIME + " at a time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the server is stopping");
        }
    }
}
