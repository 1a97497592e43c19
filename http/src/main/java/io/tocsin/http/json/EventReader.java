package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tocsin.engine.event.EventRecordWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one event after the other from JSON into one record writer, and is the place that says what a valid event is.
 *
 * <p>One instance belongs to one thread. Decisions where the contract is silent: a key that comes twice counts as it
 * came last, though a faulty value is an error wherever it stands; {@code null} for an optional field is the same as
 * leaving it out; an event has at most 256 attributes with names of 1 to 128 and values of up to 4,096 bytes; {@code
 * at} lies between 1970-01-01 and 2200-01-01.
 *
 * <p>Allocates names of attributes never seen, and a parser where it is given bytes; nothing else in normal operation. A faulty
 * event is a normal answer, not an exception: the first thing that is wrong with it, in words for its sender.
 */
public final class EventReader {
    /** For {@code nowNs} where there is no arrival that {@code at} could lie after, as in the replay of a file. */
    public static final long ANY_TIME = Long.MAX_VALUE;

    private static final int MAX_MESSAGE_LENGTH = 200;

    private final Dialect dialect;
    private final long maxFutureSkewNs;
    private final EventDraft draft = new EventDraft();
    private final EventRecordWriter record = new EventRecordWriter();

    /** A reader; an {@code at} more than {@code maxFutureSkewNs} after the arrival is refused. */
    public EventReader(Dialect dialect, long maxFutureSkewNs) {
        this.dialect = dialect;
        this.maxFutureSkewNs = maxFutureSkewNs;
    }

    /** The event read last, while {@link #read} said that it is valid. Valid until the next one is read. */
    public EventRecordWriter record() {
        return record;
    }

    /**
     * Reads bytes that hold exactly one event.
     *
     * @param nowNs the arrival, nanoseconds since the epoch, or {@link #ANY_TIME}
     * @return null when {@link #record()} holds the event, else what is wrong with it
     */
    public @Nullable String read(byte[] json, int offset, int length, long nowNs) {
        if (!Utf8.isValid(json, offset, length)) {
            return "not JSON: the bytes are not valid UTF-8";
        }
        try (JsonParser parser = Json.FACTORY.createParser(json, offset, length)) {
            parser.nextToken();
            String problem = read(parser, nowNs);
            if (problem == null && parser.nextToken() != null) {
                return "more follows after the event, at column "
                        + parser.currentTokenLocation().getColumnNr() + ": expected one object";
            }
            return problem;
        } catch (JsonProcessingException e) {
            return "not JSON: " + describe(e);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
    }

    /**
     * Reads the value that the parser stands on, and leaves the parser on its last token.
     *
     * @return null when {@link #record()} holds the event, else what is wrong with it
     * @throws JsonProcessingException if the input is not JSON; nothing more can be read from the parser
     */
    @Nullable
    String read(JsonParser json, long nowNs) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            String found = json.currentToken() == null ? "nothing" : EventDraft.describe(json);
            json.skipChildren();
            return "found " + found + ", expected an event, an object with \"" + dialect.ticketField
                    + "\" and \"type\"";
        }
        draft.reset();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            if (dialect == Dialect.PLAIN) {
                plainField(field, json);
            } else {
                cloudEventField(field, json);
            }
        }
        return draft.finish(dialect, nowNs, maxFutureSkewNs, record);
    }

    private void plainField(String field, JsonParser json) throws IOException {
        switch (field) {
            case "ticket" -> draft.ticket(field, json);
            case "type" -> draft.type(field, json);
            case "at" -> draft.at(field, json, true);
            case "id" -> draft.id(field, json);
            case "attributes" -> draft.attributes(field, json);
            default -> json.skipChildren();
        }
    }

    private void cloudEventField(String field, JsonParser json) throws IOException {
        switch (field) {
            case "specversion" -> draft.specVersion(field, json);
            case "subject" -> draft.ticket(field, json);
            case "type" -> draft.lastPartOfType(field, json);
            case "time" -> draft.at(field, json, false);
            case "source" -> draft.source(field, json);
            case "id" -> draft.id(field, json);
            case "data" -> draft.attributes(field, json);
            case "data_base64" -> draft.noBinaryData(field, json);
            default -> json.skipChildren();
        }
    }

    /** What the parser found wrong and, if it knows, where, on one line. */
    static String describe(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        String where =
                location == null ? "" : ", at line " + location.getLineNr() + " column " + location.getColumnNr();
        return Excerpt.of(e.getOriginalMessage(), MAX_MESSAGE_LENGTH) + where;
    }

    /** Which object an event is. */
    public enum Dialect {
        /** The contract's own. */
        PLAIN("ticket", "at"),
        /**
         * CloudEvents 1.0: subject = ticket, last part of type = type, time = at, source and id = id, data =
         * attributes.
         */
        CLOUD_EVENTS("subject", "time");

        final String ticketField;
        final String timeField;

        Dialect(String ticketField, String timeField) {
            this.ticketField = ticketField;
            this.timeField = timeField;
        }
    }
}
