package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tocsin.engine.event.EventRecordWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Events as one JSON value: an object, or an array of objects. An element that is JSON but no valid event costs only
 * itself; where the input is not JSON nothing behind it can be told apart, so it is unreadable as a whole.
 */
public final class JsonSource implements EventSource, AutoCloseable {
    private final EventReader reader;
    private final Shape shape;
    private final JsonParser json;
    private final boolean validText;
    private boolean begun;
    private boolean inArray;
    private @Nullable String problem;

    /** Reads the first {@code length} bytes. */
    public JsonSource(byte[] bytes, int length, EventReader reader, Shape shape) {
        int start = NdjsonSource.startsWithByteOrderMark(bytes, 0, length) ? 3 : 0;
        this.reader = reader;
        this.shape = shape;
        this.validText = Utf8.isValid(bytes, start, length - start);
        try {
            this.json = Json.FACTORY.createParser(bytes, start, length - start);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
    }

    @Override
    public boolean next(long nowNs) throws UnreadableJsonException {
        try {
            boolean found = begun ? inArray && json.nextToken() != JsonToken.END_ARRAY : begin();
            if (found) {
                problem = reader.read(json, nowNs);
            }
            if (!found || !inArray) {
                end();
            }
            return found;
        } catch (UnreadableJsonException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw new UnreadableJsonException("not JSON: " + EventReader.describe(e));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
    }

    private boolean begin() throws IOException {
        begun = true;
        if (!validText) {
            throw new UnreadableJsonException("not JSON: the bytes are not valid UTF-8");
        }
        JsonToken first = json.nextToken();
        boolean acceptable = (first == JsonToken.START_OBJECT && shape != Shape.ARRAY)
                || (first == JsonToken.START_ARRAY && shape != Shape.OBJECT);
        if (!acceptable) {
            String found = first == null ? "nothing" : EventDraft.describe(json);
            throw new UnreadableJsonException("found " + found + ", expected " + shape.expected);
        }
        inArray = first == JsonToken.START_ARRAY;
        return !inArray || json.nextToken() != JsonToken.END_ARRAY;
    }

    private void end() throws IOException {
        inArray = false;
        if (json.nextToken() != null) {
            throw new UnreadableJsonException("more follows after the JSON value, at line "
                    + json.currentTokenLocation().getLineNr() + " column "
                    + json.currentTokenLocation().getColumnNr() + ": expected " + shape.expected
                    + "; one object a line is application/x-ndjson");
        }
    }

    @Override
    public @Nullable String problem() {
        return problem;
    }

    @Override
    public EventRecordWriter record() {
        return reader.record();
    }

    @Override
    public void close() {
        try {
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be closed", e);
        }
    }

    /** What the JSON value may be. */
    public enum Shape {
        /** One event. */
        OBJECT("one JSON object"),
        /** Any number of events. */
        ARRAY("a JSON array of objects"),
        /** Either. */
        OBJECT_OR_ARRAY("a JSON object or an array of objects");

        private final String expected;

        Shape(String expected) {
            this.expected = expected;
        }
    }
}
