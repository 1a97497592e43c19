package io.tocsin.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.pipeline.AlertJournal;
import io.tocsin.http.json.AlertJson;
import io.tocsin.http.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/alerts} and {@code GET /v1/alerts/stream}: alerts in order, kept ones and those to come. */
final class AlertsResource {
    private static final Logger LOGGER = LoggerFactory.getLogger(AlertsResource.class);
    private static final int MAX_LIMIT = 1_000;
    private static final int DEFAULT_LIMIT = 100;

    private final AlertJournal journal;
    private final AlertStreams streams;

    AlertsResource(AlertJournal journal, AlertStreams streams) {
        this.journal = journal;
        this.streams = streams;
    }

    void list(Context ctx) {
        long after = Query.number(ctx, "after", 0, Long.MAX_VALUE, 0);
        int limit = (int) Query.number(ctx, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        try {
            Answers.json(ctx, page(after, limit));
        } catch (IllegalStateException e) {
            // A damaged alert, say; what is wrong with it is for those who run the server, in one line.
            LOGGER.error("GET /v1/alerts failed: {}", e.getMessage());
            throw new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "the alerts cannot be read: the server's log says why");
        }
    }

    private byte[] page(long after, int limit) {
        AlertRecord alert = new AlertRecord();
        return Json.bytes(json -> {
            json.writeStartArray();
            journal.read(after, limit, (buffer, offset, length) -> {
                try {
                    AlertJson.write(json, alert.wrap(buffer, offset));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            json.writeEndArray();
        });
    }

    /** Goes on after the alert the client saw last; without one, with what comes from now on. */
    void stream(Context ctx) throws IOException {
        long lastSeq = journal.lastSeq();
        long after = lastSeen(ctx, lastSeq);
        // A number the journal has not come to is of another journal; waiting for it would be silence for ever.
        streams.open(ctx, after > lastSeq ? lastSeq : after);
    }

    private static long lastSeen(Context ctx, long absent) {
        String header = ctx.header("Last-Event-ID");
        if (header != null && !header.isBlank()) {
            return Query.number("Last-Event-ID", header.strip(), 0, Long.MAX_VALUE);
        }
        long parameter = Query.number(ctx, "after", 0, Long.MAX_VALUE, absent);
        return Query.number(ctx, "last_event_id", 0, Long.MAX_VALUE, parameter);
    }
}
