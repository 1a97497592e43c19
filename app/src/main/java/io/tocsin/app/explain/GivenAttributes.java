package io.tocsin.app.explain;

import io.tocsin.engine.event.EventRecord;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A ticket's attributes as a command line gives them: {@code NAME=VALUE}, separated by commas.
 *
 * <p>A name ends at its first {@code =}, a value at the next comma, so that a value may hold {@code =}. Spaces around both
 * are left out. A value that begins with a double quote ends at the next one and is taken as it is between them. A
 * backslash, in quotes or not, takes the next character as it is. A value may be empty, which is not to be without it. Values
 * are texts; a policy compares numbers and booleans as texts too.
 *
 * @param values in the order given, immutable
 */
record GivenAttributes(Map<String, String> values) {
    /** A ticket about which nothing is known. */
    static final GivenAttributes NONE = new GivenAttributes(Map.of());

    GivenAttributes {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Reads a text by the rule above; an empty one has no attributes.
     *
     * @throws IllegalArgumentException if it does not follow the rule, or the engine takes no such attribute; the message
     *     says where and what would be right
     */
    static GivenAttributes parse(String text) {
        return text.isBlank() ? NONE : new GivenAttributes(new Parser(text).parse());
    }

    /** For the command line. */
    static final class Converter implements ITypeConverter<GivenAttributes> {
        @Override
        public GivenAttributes convert(String value) {
            try {
                return parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Goes once over one text. */
    private static final class Parser {
        private static final char END = '\uFFFF';

        private final String text;
        private final Map<String, String> values = new LinkedHashMap<>();
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Map<String, String> parse() {
            add();
            while (at < text.length()) {
                at++;
                add();
            }
            return values;
        }

        private void add() {
            int start = at;
            String name = plain("=,");
            if (peek() != '=') {
                throw wrong(start, "is no attribute, expected NAME=VALUE such as channel=phone");
            }
            at++;
            String value = value();
            checkLength(start, "name", name, 1, EventRecord.MAX_NAME_LENGTH);
            checkLength(start, "value", value, 0, EventRecord.MAX_VALUE_LENGTH);
            if (values.put(name, value) != null) {
                throw wrong(start, "gives " + name + " again; give each attribute once");
            }
            if (values.size() > EventRecord.MAX_ATTRIBUTES) {
                throw wrong(
                        start, "is one too many, at most " + EventRecord.MAX_ATTRIBUTES + " attributes are allowed");
            }
        }

        private String value() {
            skipSpaces();
            if (peek() != '"') {
                return plain(",");
            }
            int start = at++;
            StringBuilder value = new StringBuilder();
            while (peek() != '"') {
                if (peek() == END) {
                    throw wrong(start, "has no closing double quote");
                }
                value.append(next(start));
            }
            at++;
            skipSpaces();
            if (peek() != ',' && peek() != END) {
                throw wrong(start, "goes on after its closing double quote; put a backslash before quotes within it");
            }
            return value.toString();
        }

        /** Up to one of the ends, without the spaces around it; those with a backslash stay. */
        private String plain(String ends) {
            skipSpaces();
            int start = at;
            StringBuilder found = new StringBuilder();
            int kept = 0;
            while (peek() != END && ends.indexOf(peek()) < 0) {
                boolean isSpace = peek() == ' ';
                found.append(next(start));
                kept = isSpace ? kept : found.length();
            }
            found.setLength(kept);
            return found.toString();
        }

        private char next(int start) {
            if (text.charAt(at) == '\\') {
                at++;
                if (at == text.length()) {
                    throw wrong(start, "ends with a backslash; write two for one");
                }
            }
            return text.charAt(at++);
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : END;
        }

        private void skipSpaces() {
            while (peek() == ' ') {
                at++;
            }
        }

        private void checkLength(int start, String what, String value, int least, int most) {
            int length = value.getBytes(StandardCharsets.UTF_8).length;
            if (length < least || length > most) {
                throw wrong(start, "has a " + what + " of " + length + " bytes, allowed are " + least + " to " + most);
            }
        }

        private IllegalArgumentException wrong(int start, String what) {
            return new IllegalArgumentException("'" + text.substring(start) + "' " + what);
        }
    }
}
