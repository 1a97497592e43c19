package io.tocsin.http.json;

import java.util.Arrays;

/**
 * Texts in UTF-8, one behind the other, in an array that grows and is used again: an event's texts make no garbage. Belongs to
 * one {@link EventDraft}.
 */
final class TextBytes {
    /** What {@link #append(char[], int, int)} answers for text that is half a surrogate pair somewhere. */
    static final int NOT_TEXT = -1;

    private static final int MOST_BYTES_PER_CHAR = 3;

    private byte[] bytes = new byte[1_024];
    private int end;

    void clear() {
        end = 0;
    }

    /** The array that the texts lie in; another one after the next {@code append}. */
    byte[] bytes() {
        return bytes;
    }

    /** Where the next text will begin. */
    int end() {
        return end;
    }

    /** Appends a text; gives its length in bytes, or {@link #NOT_TEXT}, and then nothing is appended. */
    int append(char[] text, int offset, int length) {
        makeRoom(length * MOST_BYTES_PER_CHAR);
        byte[] to = bytes;
        int at = end;
        int ascii = 0;
        while (ascii < length && text[offset + ascii] < 0x80) {
            to[at + ascii] = (byte) text[offset + ascii];
            ascii++;
        }
        int encoded = ascii;
        if (ascii < length) {
            if (Utf8.encodedLength(text, offset + ascii, length - ascii) < 0) {
                return NOT_TEXT;
            }
            encoded += Utf8.encode(text, offset + ascii, length - ascii, to, at + ascii);
        }
        end = at + encoded;
        return encoded;
    }

    /** Appends bytes that are text. */
    void append(byte[] text, int offset, int length) {
        makeRoom(length);
        System.arraycopy(text, offset, bytes, end, length);
        end += length;
    }

    /** Appends a character of ASCII. */
    void append(char ascii) {
        makeRoom(1);
        bytes[end++] = (byte) ascii;
    }

    private void makeRoom(int length) {
        if (bytes.length - end < length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + length));
        }
    }
}
