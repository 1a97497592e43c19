package io.tocsin.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tocsin.engine.event.ValueKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all JSON of the product has in common: limits on reading, and how instants, durations and attributes are
 * written. Any thread; a generator belongs to the thread that asked for it.
 */
public final class Json {
    /** Stands for an instant or duration that does not exist, as in the views and the alert record. */
    static final long NONE = Long.MIN_VALUE;

    /**
     * Nesting is limited because recursion is not the reader's to suffer from; numbers are not, because they are only
     * ever taken as text, and it is nicer to refuse one event than the whole body. Names are not interned: they come
     * from strangers. Input is UTF-8, never guessed to be anything else.
     */
    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Json() {}

    /** A generator that writes UTF-8 to the stream and closes it when it is closed. */
    public static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out);
    }

    /** As {@link #generator}, for one value a line: call {@link #endLine} after each. */
    public static JsonGenerator lines(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out).setRootValueSeparator(null);
    }

    /** Ends a line begun by writing one value to a generator of {@link #lines}. */
    public static void endLine(JsonGenerator json) throws IOException {
        json.writeRaw('\n');
    }

    /** The bytes of what the content writes. */
    public static byte[] bytes(Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = generator(out)) {
            content.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written to", e);
        }
        return out.toByteArray();
    }

    /** An instant as RFC 3339 in UTC, as {@link Instant#toString} prints it. */
    public static String instant(long epochNs) {
        return Instant.ofEpochSecond(Math.floorDiv(epochNs, NANOS_PER_SECOND), Math.floorMod(epochNs, NANOS_PER_SECOND))
                .toString();
    }

    /** A duration in seconds, exact, with at least one decimal: {@code 900.0}, {@code -0.000001}. */
    public static String seconds(long durationNs) {
        long whole = Math.abs(durationNs / NANOS_PER_SECOND);
        long fraction = Math.abs(durationNs % NANOS_PER_SECOND);
        StringBuilder text = new StringBuilder(24);
        if (durationNs < 0) {
            text.append('-');
        }
        text.append(whole).append('.');
        long digit = NANOS_PER_SECOND / 10;
        do {
            text.append((char) ('0' + fraction / digit));
            fraction %= digit;
            digit /= 10;
        } while (fraction > 0);
        return text.toString();
    }

    /** A field with an instant, or null for one that does not exist. */
    public static void instantField(JsonGenerator json, String name, long epochNs) throws IOException {
        if (epochNs == NONE) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, instant(epochNs));
        }
    }

    /** A share or an average; null when there was nothing to divide by. */
    static void numberField(JsonGenerator json, String name, @Nullable Double value) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeNumber(value);
        }
    }

    /** A field with a duration in seconds, or null for one that does not exist. */
    public static void secondsField(JsonGenerator json, String name, long durationNs) throws IOException {
        json.writeFieldName(name);
        if (durationNs == NONE) {
            json.writeNull();
        } else {
            json.writeNumber(seconds(durationNs));
        }
    }

    /** An attribute of a record, whose value is kept as text. */
    static void attribute(JsonGenerator json, String name, ValueKind kind, String value) throws IOException {
        json.writeFieldName(name);
        switch (kind) {
            case STRING -> json.writeString(value);
            case NUMBER -> json.writeNumber(value);
            case BOOLEAN -> json.writeBoolean(value.equals("true"));
            case REMOVED -> json.writeNull();
        }
    }

    /** Attributes of a view: values are {@code String}, {@code Boolean}, {@code BigDecimal} or, in a key, null. */
    public static void attributesField(
            JsonGenerator json, String name, Map<String, ? extends @Nullable Object> attributes) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, ? extends @Nullable Object> attribute : attributes.entrySet()) {
            json.writeFieldName(attribute.getKey());
            value(json, attribute.getKey(), attribute.getValue());
        }
        json.writeEndObject();
    }

    static void value(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number.toPlainString());
        } else {
            throw new IllegalArgumentException("attribute " + name + " is a "
                    + value.getClass().getName() + ", a view holds String, Boolean or BigDecimal");
        }
    }

    /** Writes one or more JSON values. */
    @FunctionalInterface
    public interface Content {
        /** Writes to the generator. */
        void writeTo(JsonGenerator json) throws IOException;
    }
}
