package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.http.json.EventReader.Dialect;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What has been read of one event so far, and the first thing that was wrong with it. Each method takes the value its
 * parser stands on, whatever it is, and leaves the parser on the value's last token. Belongs to one {@link
 * EventReader}.
 */
final class EventDraft {
    private static final String TICKET_EXPECTED =
            "expected a string of 1 to " + EventRecord.MAX_TICKET_LENGTH + " bytes of UTF-8, the ticket's id";
    private static final String TYPE_EXPECTED =
            "expected a string that matches [a-z][a-z0-9_.-]{0,63}, like \"opened\"";
    private static final String ID_EXPECTED =
            "expected a string of 1 to " + EventRecord.MAX_ID_LENGTH + " bytes of UTF-8, or no such field";
    private static final String TIME_EXPECTED = "expected RFC 3339 with offset, like 2026-11-22T03:28:44Z";
    private static final String TIME_OR_MILLIS_EXPECTED = TIME_EXPECTED + ", or milliseconds since the epoch";
    private static final int MAX_MILLIS_DIGITS = 15;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long NO_TIME = Long.MIN_VALUE;

    /** Length of a text that has not been read, or not without a mistake. */
    private static final int NONE = -1;

    private final TextBytes texts = new TextBytes();
    private final AttributeDrafts attributes = new AttributeDrafts(texts);
    private int ticketOffset;
    private int ticketLength;
    private int typeOffset;
    private int typeLength;
    private int idOffset;
    private int idLength;
    private int sourceOffset;
    private int sourceLength;
    private boolean isCloudEvent;
    private long atNs;
    private @Nullable String problem;

    void reset() {
        texts.clear();
        attributes.clear();
        ticketLength = NONE;
        typeLength = NONE;
        idLength = NONE;
        sourceLength = NONE;
        isCloudEvent = false;
        atNs = NO_TIME;
        problem = null;
    }

    /** Makes a record of the draft; returns null, or the first thing that is wrong. */
    @Nullable
    String finish(Dialect dialect, long nowNs, long maxFutureSkewNs, EventRecordWriter record) {
        if (problem != null) {
            return problem;
        }
        if (ticketLength == NONE) {
            return dialect.ticketField + ": missing: " + TICKET_EXPECTED;
        }
        if (typeLength == NONE) {
            return "type: missing: " + TYPE_EXPECTED;
        }
        if (dialect == Dialect.CLOUD_EVENTS && (!isCloudEvent || sourceLength == NONE || idLength == NONE)) {
            return (!isCloudEvent ? "specversion" : sourceLength == NONE ? "source" : "id")
                    + ": missing: CloudEvents 1.0 requires it";
        }
        if (atNs != NO_TIME && atNs - maxFutureSkewNs > nowNs) {
            return dialect.timeField + ": " + Json.instant(atNs) + " is " + Json.seconds(atNs - nowNs)
                    + " s after its arrival at " + Json.instant(nowNs) + ": expected at most "
                    + Json.seconds(maxFutureSkewNs) + " s";
        }
        return write(record);
    }

    private @Nullable String write(EventRecordWriter record) {
        int keyOffset = idOffset;
        int keyLength = Math.max(0, idLength);
        if (sourceLength != NONE && idLength != NONE) {
            keyOffset = texts.end();
            texts.append(texts.bytes(), sourceOffset, sourceLength);
            texts.append(' ');
            texts.append(texts.bytes(), idOffset, idLength);
            keyLength = texts.end() - keyOffset;
        }
        if (keyLength > EventRecord.MAX_ID_LENGTH) {
            return "source and id: together " + keyLength + " bytes with the space between them: expected at most "
                    + EventRecord.MAX_ID_LENGTH;
        }
        record.begin(
                atNs == NO_TIME,
                atNs,
                texts.bytes(),
                ticketOffset,
                ticketLength,
                typeOffset,
                typeLength,
                keyOffset,
                keyLength);
        attributes.writeTo(record);
        return null;
    }

    void ticket(String field, JsonParser json) throws IOException {
        ticketOffset = texts.end();
        ticketLength = text(field, json, EventRecord.MAX_TICKET_LENGTH, TICKET_EXPECTED);
    }

    void id(String field, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            idOffset = texts.end();
            idLength = text(field, json, EventRecord.MAX_ID_LENGTH, ID_EXPECTED);
        }
    }

    void source(String field, JsonParser json) throws IOException {
        sourceOffset = texts.end();
        sourceLength = text(
                field,
                json,
                EventRecord.MAX_ID_LENGTH,
                "expected a string of 1 to " + EventRecord.MAX_ID_LENGTH
                        + " bytes of UTF-8, where the event comes from");
    }

    void specVersion(String field, JsonParser json) throws IOException {
        isCloudEvent =
                json.currentToken() == JsonToken.VALUE_STRING && json.getText().equals("1.0");
        if (!isCloudEvent) {
            wrong(field, json, "expected \"1.0\"");
        }
    }

    void noBinaryData(String field, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            note(field, "binary data cannot be read: expected \"data\", an object of attributes");
            json.skipChildren();
        }
    }

    void type(String field, JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            type(field, json, json.getTextOffset());
        } else {
            wrong(field, json, TYPE_EXPECTED);
        }
    }

    void lastPartOfType(String field, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            wrong(field, json, TYPE_EXPECTED + " after its last dot");
            return;
        }
        char[] text = json.getTextCharacters();
        int start = json.getTextOffset() + json.getTextLength();
        while (start > json.getTextOffset() && text[start - 1] != '.') {
            start--;
        }
        type(field, json, start);
    }

    private void type(String field, JsonParser json, int start) throws IOException {
        char[] text = json.getTextCharacters();
        int length = json.getTextOffset() + json.getTextLength() - start;
        if (isType(text, start, length)) {
            typeOffset = texts.end();
            typeLength = texts.append(text, start, length);
        } else {
            note(field, quoted(json) + " is not a type: " + TYPE_EXPECTED);
        }
    }

    private static boolean isType(char[] text, int start, int length) {
        if (length < 1 || length > EventRecord.MAX_TYPE_LENGTH || text[start] < 'a' || text[start] > 'z') {
            return false;
        }
        for (int i = start + 1; i < start + length; i++) {
            char c = text[i];
            boolean allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    void at(String field, JsonParser json, boolean millisAllowed) throws IOException {
        String expected = millisAllowed ? TIME_OR_MILLIS_EXPECTED : TIME_EXPECTED;
        switch (json.currentToken()) {
            case VALUE_NULL -> atNs = NO_TIME;
            case VALUE_STRING ->
                at(
                        field,
                        json,
                        Rfc3339.parse(json.getTextCharacters(), json.getTextOffset(), json.getTextLength()),
                        expected);
            case VALUE_NUMBER_INT -> at(field, json, millisAllowed ? fromMillis(json) : Rfc3339.NOT_A_TIME, expected);
            default -> wrong(field, json, expected);
        }
    }

    private void at(String field, JsonParser json, long ns, String expected) throws IOException {
        if (ns == Rfc3339.NOT_A_TIME) {
            note(field, excerpt(json) + " is not a time: " + expected);
        } else if (ns == Rfc3339.OUT_OF_RANGE) {
            note(field, excerpt(json) + " is outside 1970-01-01T00:00:00Z to 2200-01-01T00:00:00Z: " + expected);
        } else {
            atNs = ns;
        }
    }

    private static long fromMillis(JsonParser json) throws IOException {
        char[] text = json.getTextCharacters();
        int start = json.getTextOffset();
        int length = json.getTextLength();
        if (text[start] == '-' || length > MAX_MILLIS_DIGITS) {
            return Rfc3339.OUT_OF_RANGE;
        }
        long millis = 0;
        for (int i = start; i < start + length; i++) {
            millis = millis * 10 + text[i] - '0';
        }
        return millis > Rfc3339.MAX_SECONDS * 1_000 ? Rfc3339.OUT_OF_RANGE : millis * NANOS_PER_MILLI;
    }

    void attributes(String field, JsonParser json) throws IOException {
        attributes.clear();
        if (json.currentToken() == JsonToken.START_OBJECT) {
            note(attributes.read(field, json));
        } else if (json.currentToken() != JsonToken.VALUE_NULL) {
            wrong(field, json, "expected an object of names to strings, numbers, booleans or null");
        }
    }

    /** Keeps a string of 1 to so many bytes; gives its length, or {@link #NONE} after noting what is wrong with it. */
    private int text(String field, JsonParser json, int max, String expected) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            wrong(field, json, expected);
            return NONE;
        }
        char[] text = json.getTextCharacters();
        int offset = json.getTextOffset();
        int length = json.getTextLength();
        // No character takes less than a byte: what is too long is not encoded first.
        int encoded = length > max ? Utf8.encodedLength(text, offset, length) : texts.append(text, offset, length);
        if (encoded < 0) {
            note(field, quoted(json) + " holds half a surrogate pair: " + expected);
            return NONE;
        }
        if (encoded < 1 || encoded > max) {
            note(field, quoted(json) + " is " + encoded + " bytes long: " + expected);
            return NONE;
        }
        return encoded;
    }

    private void wrong(String field, JsonParser json, String expected) throws IOException {
        note(field, "found " + describe(json) + ", " + expected);
        json.skipChildren();
    }

    private void note(String field, String what) {
        note(field + ": " + what);
    }

    private void note(@Nullable String what) {
        if (problem == null) {
            problem = what;
        }
    }

    /** The value that the parser stands on, with its type: {@code the number 5}. */
    static String describe(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the string " + quoted(json);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + excerpt(json);
            default -> excerpt(json);
        };
    }

    static String quoted(JsonParser json) throws IOException {
        return '"' + excerpt(json) + '"';
    }

    private static String excerpt(JsonParser json) throws IOException {
        return Excerpt.of(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    }
}
