package io.tocsin.http;

import io.javalin.http.HttpStatus;
import io.tocsin.http.json.EventReader;
import io.tocsin.http.json.EventReader.Dialect;
import io.tocsin.http.json.EventSource;
import io.tocsin.http.json.JsonSource;
import io.tocsin.http.json.JsonSource.Shape;
import io.tocsin.http.json.NdjsonSource;
import java.io.ByteArrayInputStream;
import java.util.Locale;

/** The forms in which events may come, by content type; parameters such as a charset are not looked at: JSON is UTF-8. */
enum EventFormat {
    JSON(Dialect.PLAIN, Shape.OBJECT_OR_ARRAY, "application/json"),
    NDJSON(Dialect.PLAIN, null, "application/x-ndjson", "application/ndjson", "application/jsonl"),
    CLOUD_EVENT(Dialect.CLOUD_EVENTS, Shape.OBJECT, "application/cloudevents+json"),
    CLOUD_EVENTS(Dialect.CLOUD_EVENTS, Shape.ARRAY, "application/cloudevents-batch+json");

    private final Dialect dialect;
    private final Shape shape;
    private final String[] contentTypes;

    EventFormat(Dialect dialect, Shape shape, String... contentTypes) {
        this.dialect = dialect;
        this.shape = shape;
        this.contentTypes = contentTypes;
    }

    /** The format behind a content type; throws a {@link Problem} if there is none. */
    static EventFormat of(String contentType) {
        String essence =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        for (EventFormat format : values()) {
            for (String known : format.contentTypes) {
                if (known.equals(essence)) {
                    return format;
                }
            }
        }
        throw new Problem(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                (essence.isEmpty() ? "Content-Type: missing" : "Content-Type: " + essence + " is not read here")
                        + ": expected application/json, application/x-ndjson, application/cloudevents+json or"
                        + " application/cloudevents-batch+json");
    }

    /** Walks over the events of a body. */
    EventSource open(byte[] body, int length, long maxFutureSkewNs) {
        EventReader reader = new EventReader(dialect, maxFutureSkewNs);
        return shape == null
                ? new NdjsonSource(
                        new ByteArrayInputStream(body, 0, length), reader, NdjsonSource.DEFAULT_MAX_LINE_LENGTH)
                : new JsonSource(body, length, reader, shape);
    }
}
