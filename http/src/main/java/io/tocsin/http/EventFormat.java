package io.tocsin.http;

import io.javalin.http.HttpStatus;
import io.tocsin.http.json.EventReader;
import io.tocsin.http.json.EventReader.Dialect;
import io.tocsin.http.json.EventSource;
import io.tocsin.http.json.JsonSource;
import io.tocsin.http.json.JsonSource.Shape;
import io.tocsin.http.json.NdjsonSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which events may come, by content type; parameters such as a charset are not looked at: JSON is UTF-8.
 */
enum EventFormat {
    JSON(Dialect.PLAIN, Shape.OBJECT_OR_ARRAY),
    NDJSON(Dialect.PLAIN, null),
    CLOUD_EVENT(Dialect.CLOUD_EVENTS, Shape.OBJECT),
    CLOUD_EVENTS(Dialect.CLOUD_EVENTS, Shape.ARRAY);

    private final Dialect dialect;
    private final @Nullable Shape shape;

    EventFormat(Dialect dialect, @Nullable Shape shape) {
        this.dialect = dialect;
        this.shape = shape;
    }

    /** The format behind a content type; throws a {@link Problem} if there is none. */
    static EventFormat of(@Nullable String contentType) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/json" -> JSON;
            case "application/x-ndjson", "application/ndjson", "application/jsonl" -> NDJSON;
            case "application/cloudevents+json" -> CLOUD_EVENT;
            case "application/cloudevents-batch+json" -> CLOUD_EVENTS;
            default ->
                throw new Problem(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Type: " + (type.isEmpty() ? "missing" : type + " is not read here")
                                + ": expected application/json, application/x-ndjson, application/cloudevents+json or"
                                + " application/cloudevents-batch+json");
        };
    }

    /** Which object an event is. */
    Dialect dialect() {
        return dialect;
    }

    /** Walks over the events of a body with a reader of this format's dialect. */
    EventSource open(byte[] body, int length, EventReader reader) {
        return shape == null
                ? new NdjsonSource(body, length, reader, NdjsonSource.DEFAULT_MAX_LINE_LENGTH)
                : new JsonSource(body, length, reader, shape);
    }
}
