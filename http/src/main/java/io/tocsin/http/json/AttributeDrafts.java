package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes read of one event, in the order of their first mention; of a name that comes twice the last value
 * counts, so that a record never holds a name twice. Belongs to one {@link EventDraft}.
 */
final class AttributeDrafts {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY = {};
    /** Names repeat from event to event; the first so many are encoded only once. */
    private static final int MAX_KNOWN_NAMES = 1_024;

    private final TextBytes texts;
    private final Map<String, byte[]> knownNames = new HashMap<>();
    private String[] names = new String[16];
    private byte[][] encodedNames = new byte[16][];
    private int[] valueOffsets = new int[16];
    private int[] valueLengths = new int[16];
    private ValueKind[] kinds = new ValueKind[16];
    private int count;
    /** How many names of the event before still lie behind {@code count}, all different from each other. */
    private int remembered;

    /** Values go into the texts. */
    AttributeDrafts(TextBytes texts) {
        this.texts = texts;
    }

    void clear() {
        remembered = Math.max(remembered, count);
        count = 0;
    }

    void writeTo(EventRecordWriter record) {
        for (int i = 0; i < count; i++) {
            record.attribute(kinds[i], encodedNames[i], texts.bytes(), valueOffsets[i], valueLengths[i]);
        }
    }

    /** Reads the object that the parser stands on; returns null, or the first thing that is wrong. */
    @Nullable
    String read(String field, JsonParser json) throws IOException {
        String problem = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            String wrong = attribute(field, name, json);
            problem = problem == null ? wrong : problem;
            json.skipChildren();
        }
        return problem;
    }

    private @Nullable String attribute(String field, String name, JsonParser json) throws IOException {
        if (isNextAsBefore(name)) {
            return value(field, name, encodedNames[count], json);
        }
        byte[] encodedName = encodedName(name);
        if (encodedName == null) {
            return field + ": the name \"" + Excerpt.of(name) + "\" is not allowed: expected 1 to "
                    + EventRecord.MAX_NAME_LENGTH + " bytes of valid UTF-8";
        }
        return value(field, name, encodedName, json);
    }

    private @Nullable String value(String field, String name, byte[] encodedName, JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> text(field, name, encodedName, json);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(field, name, encodedName, json);
            case VALUE_TRUE -> put(field, name, encodedName, ValueKind.BOOLEAN, TRUE);
            case VALUE_FALSE -> put(field, name, encodedName, ValueKind.BOOLEAN, FALSE);
            case VALUE_NULL -> put(field, name, encodedName, ValueKind.REMOVED, EMPTY);
            default ->
                path(field, name) + "found " + EventDraft.describe(json)
                        + ", expected a string, number, boolean or null";
        };
    }

    private @Nullable String text(String field, String name, byte[] encodedName, JsonParser json) throws IOException {
        char[] text = json.getTextCharacters();
        int offset = json.getTextOffset();
        int length = json.getTextLength();
        int start = texts.end();
        int encoded = length > EventRecord.MAX_VALUE_LENGTH
                ? Utf8.encodedLength(text, offset, length)
                : texts.append(text, offset, length);
        if (encoded < 0) {
            return path(field, name) + EventDraft.quoted(json) + " holds half a surrogate pair: expected valid Unicode";
        }
        if (encoded > EventRecord.MAX_VALUE_LENGTH) {
            return path(field, name) + EventDraft.quoted(json) + " is " + encoded + " bytes long: expected at most "
                    + EventRecord.MAX_VALUE_LENGTH;
        }
        return put(field, name, encodedName, ValueKind.STRING, start, encoded);
    }

    private @Nullable String number(String field, String name, byte[] encodedName, JsonParser json) throws IOException {
        int start = texts.end();
        if (!PlainNumber.append(json.getTextCharacters(), json.getTextOffset(), json.getTextLength(), texts)) {
            return path(field, name) + EventDraft.describe(json) + " is too long: expected at most "
                    + PlainNumber.MAX_LENGTH + " characters when written without an exponent";
        }
        return put(field, name, encodedName, ValueKind.NUMBER, start, texts.end() - start);
    }

    private @Nullable String put(String field, String name, byte[] encodedName, ValueKind kind, byte[] value) {
        int start = texts.end();
        texts.append(value, 0, value.length);
        return put(field, name, encodedName, kind, start, value.length);
    }

    private @Nullable String put(
            String field, String name, byte[] encodedName, ValueKind kind, int valueOffset, int valueLength) {
        int slot = isNextAsBefore(name) ? count : slotOf(name);
        if (slot == EventRecord.MAX_ATTRIBUTES) {
            return field + ": more than " + EventRecord.MAX_ATTRIBUTES + " attributes: expected at most so many";
        }
        if (slot == names.length) {
            grow();
        }
        count = Math.max(count, slot + 1);
        names[slot] = name;
        encodedNames[slot] = encodedName;
        kinds[slot] = kind;
        valueOffsets[slot] = valueOffset;
        valueLengths[slot] = valueLength;
        return null;
    }

    /**
     * Whether the name is the one that was next in the event before, too: those of one sender have the same names in the same
     * order. Then it is known to be allowed, and to be none of the names so far. The parser gives the same name as the same
     * object, so that looking is enough.
     */
    @SuppressWarnings("ReferenceEquality")
    private boolean isNextAsBefore(String name) {
        return count < remembered && names[count] == name;
    }

    private int slotOf(String name) {
        // From here on what lies behind is of another event than what lies before, and may be the same name twice.
        remembered = 0;
        int slot = 0;
        while (slot < count && !names[slot].equals(name)) {
            slot++;
        }
        return slot;
    }

    private void grow() {
        int length = names.length * 2;
        names = Arrays.copyOf(names, length);
        encodedNames = Arrays.copyOf(encodedNames, length);
        valueOffsets = Arrays.copyOf(valueOffsets, length);
        valueLengths = Arrays.copyOf(valueLengths, length);
        kinds = Arrays.copyOf(kinds, length);
    }

    /** The name's bytes, or null when it is not allowed. */
    private byte @Nullable [] encodedName(String name) {
        byte[] known = knownNames.get(name);
        if (known != null) {
            return known;
        }
        char[] text = name.toCharArray();
        int encodedLength = Utf8.encodedLength(text, 0, text.length);
        if (encodedLength < 1 || encodedLength > EventRecord.MAX_NAME_LENGTH) {
            return null;
        }
        byte[] encoded = new byte[encodedLength];
        Utf8.encode(text, 0, text.length, encoded, 0);
        if (knownNames.size() < MAX_KNOWN_NAMES) {
            knownNames.put(name, encoded);
        }
        return encoded;
    }

    private static String path(String field, String name) {
        return field + '.' + Excerpt.of(name) + ": ";
    }
}
