package io.tocsin.http.wallboard;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.http.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A server-sent event, made once for all boards of a view. A newer frame of a kind stands in for every older one.
 *
 * @param kind what it tells
 * @param bytes as they are sent; not to be changed
 */
record Frame(Kind kind, byte[] bytes) {
    /** What a frame tells, in the order in which frames that wait are sent. */
    enum Kind {
        /** The figures, what is due, and how the engine fares. */
        BOARD("board"),
        /** The newest breaches and escalations. */
        ALERTS("alerts"),
        /** How it was in the last hours. */
        TREND("trend"),
        /** What comes due. */
        FORECAST("forecast"),
        /** Nothing but that the server is there. */
        COMMENT("");

        private final String event;

        Kind(String event) {
            this.event = event;
        }
    }

    /** Shows that the server is there. */
    static final Frame COMMENT = new Frame(Kind.COMMENT, ":\n\n".getBytes(US_ASCII));

    /** Tells the browser to come back soon when the connection is lost. */
    static final byte[] HELLO = "retry: 1000\n\n".getBytes(US_ASCII);

    /** An event without a number. */
    static Frame of(Kind kind, Json.Content data) {
        return new Frame(kind, bytes("event: " + kind.event, data));
    }

    /** An event with a number, which the browser gives back when it comes again. */
    static Frame of(Kind kind, long id, Json.Content data) {
        return new Frame(kind, bytes("id: " + id + "\nevent: " + kind.event, data));
    }

    private static byte[] bytes(String head, Json.Content data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8 * 1024);
        try {
            out.write((head + "\ndata: ").getBytes(US_ASCII));
            try (JsonGenerator json = Json.generator(out)) {
                data.writeTo(json);
            }
            out.write("\n\n".getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written to", e);
        }
        return out.toByteArray();
    }
}
