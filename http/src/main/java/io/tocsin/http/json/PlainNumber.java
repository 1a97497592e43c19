package io.tocsin.http.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Turns the text of a JSON number into its plain decimal form. Pure functions; any thread. */
final class PlainNumber {
    /** Longest number, as written and written out, in characters. */
    static final int MAX_LENGTH = 64;

    private PlainNumber() {}

    /**
     * The number without exponent and superfluous zeros, as ASCII: {@code 5}, {@code 0.25}. The text must be a number
     * in the sense of JSON's grammar.
     *
     * @return null when the number is longer than {@link #MAX_LENGTH} characters, as written or written out
     */
    static byte @Nullable [] of(char[] text, int offset, int length) {
        if (length > MAX_LENGTH) {
            return null;
        }
        return isInteger(text, offset, length) ? integer(text, offset, length) : decimal(text, offset, length);
    }

    private static boolean isInteger(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            char c = text[i];
            if (c == '.' || c == 'e' || c == 'E') {
                return false;
            }
        }
        return true;
    }

    private static byte[] integer(char[] text, int offset, int length) {
        if (length == 2 && text[offset] == '-' && text[offset + 1] == '0') {
            return new byte[] {'0'};
        }
        byte[] plain = new byte[length];
        for (int i = 0; i < length; i++) {
            plain[i] = (byte) text[offset + i];
        }
        return plain;
    }

    private static byte @Nullable [] decimal(char[] text, int offset, int length) {
        BigDecimal number;
        try {
            number = new BigDecimal(text, offset, length).stripTrailingZeros();
        } catch (NumberFormatException | ArithmeticException e) {
            // The text is a number, so it is the exponent that is beyond an int: too long by far.
            return null;
        }
        // Asked before writing it out: 1e999999999 would be a gigabyte of zeros.
        long digits = Math.max(number.precision(), number.precision() - (long) number.scale());
        if (Math.max(digits, number.scale()) > MAX_LENGTH) {
            return null;
        }
        String plain = number.toPlainString();
        return plain.length() > MAX_LENGTH ? null : plain.getBytes(StandardCharsets.US_ASCII);
    }
}
