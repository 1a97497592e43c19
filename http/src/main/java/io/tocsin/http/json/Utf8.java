package io.tocsin.http.json;

/**
 * Strict UTF-8. Jackson accepts overlong forms and encoded surrogates, and JSON's escapes can spell half a character;
 * what reaches the journal must be text that every reader reads alike. Pure functions; any thread.
 */
final class Utf8 {
    private Utf8() {}

    /** Whether the bytes are well-formed UTF-8 (Unicode, table 3-7). */
    static boolean isValid(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int position = offset;
        while (position < end) {
            position = Scan.pastAscii(bytes, position, end);
            if (position < end) {
                int size = sequenceLength(bytes, position, end);
                if (size == 0) {
                    return false;
                }
                position += size;
            }
        }
        return true;
    }

    /** The length of the multi-byte sequence at the position, 0 if it is malformed. */
    private static int sequenceLength(byte[] bytes, int position, int end) {
        int lead = bytes[position] & 0xFF;
        int size = lead >= 0xC2 && lead <= 0xDF
                ? 2
                : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
        if (size == 0 || position + size > end) {
            return 0;
        }
        int second = bytes[position + 1] & 0xFF;
        // The second byte's range rules out overlong forms, surrogates and what lies beyond U+10FFFF.
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((bytes[position + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }

    /** The text's length in UTF-8, -1 if it holds half a surrogate pair. */
    static int encodedLength(char[] text, int offset, int length) {
        int bytes = 0;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            char c = text[i];
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text[i + 1])) {
                bytes += 4;
                i++;
            } else {
                return -1;
            }
        }
        return bytes;
    }

    /** Writes the text in UTF-8 and gives its length in bytes. It must be one that {@link #encodedLength} has a length of. */
    static int encode(char[] text, int offset, int length, byte[] bytes, int start) {
        int position = start;
        for (int i = offset; i < offset + length; i++) {
            char c = text[i];
            if (c < 0x80) {
                bytes[position++] = (byte) c;
            } else if (c < 0x800) {
                bytes[position++] = (byte) (0xC0 | (c >> 6));
                bytes[position++] = continuation(c);
            } else if (!Character.isSurrogate(c)) {
                bytes[position++] = (byte) (0xE0 | (c >> 12));
                bytes[position++] = continuation(c >> 6);
                bytes[position++] = continuation(c);
            } else {
                int point = Character.toCodePoint(c, text[++i]);
                bytes[position++] = (byte) (0xF0 | (point >> 18));
                bytes[position++] = continuation(point >> 12);
                bytes[position++] = continuation(point >> 6);
                bytes[position++] = continuation(point);
            }
        }
        return position - start;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }
}
