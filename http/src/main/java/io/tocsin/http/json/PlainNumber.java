package io.tocsin.http.json;

import java.math.BigDecimal;

/** Turns the text of a JSON number into its plain decimal form. Pure functions; any thread. */
final class PlainNumber {
    /** Longest number, as written and written out, in characters. */
    static final int MAX_LENGTH = 64;

    private PlainNumber() {}

    /**
     * Appends the number without exponent and superfluous zeros, as ASCII: {@code 5}, {@code 0.25}. The text must be a number
     * in the sense of JSON's grammar.
     *
     * @return false, and nothing is appended, when the number is longer than {@link #MAX_LENGTH} characters, as written or
     *     written out
     */
    static boolean append(char[] text, int offset, int length, TextBytes to) {
        if (length > MAX_LENGTH) {
            return false;
        }
        if (!isInteger(text, offset, length)) {
            return appendDecimal(text, offset, length, to);
        }
        boolean isMinusZero = length == 2 && text[offset] == '-' && text[offset + 1] == '0';
        to.append(text, isMinusZero ? offset + 1 : offset, isMinusZero ? 1 : length);
        return true;
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

    private static boolean appendDecimal(char[] text, int offset, int length, TextBytes to) {
        BigDecimal number;
        try {
            number = new BigDecimal(text, offset, length).stripTrailingZeros();
        } catch (NumberFormatException | ArithmeticException e) {
            // The text is a number, so it is the exponent that is beyond an int: too long by far.
            return false;
        }
        // Asked before writing it out: 1e999999999 would be a gigabyte of zeros.
        long digits = Math.max(number.precision(), number.precision() - (long) number.scale());
        if (Math.max(digits, number.scale()) > MAX_LENGTH) {
            return false;
        }
        String plain = number.toPlainString();
        if (plain.length() > MAX_LENGTH) {
            return false;
        }
        to.append(plain.toCharArray(), 0, plain.length());
        return true;
    }
}
