package io.tocsin.app.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tocsin.engine.event.ValueKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Goes through the fields of a record one after the other and never beyond its end, as somebody must before a flyweight may
 * trust its lengths. Every mistake is an {@link IllegalArgumentException} that says what is wrong. One thread.
 */
final class FieldWalk {
    private static final int ATTRIBUTE_HEADER_LENGTH = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private byte[] scratch = new byte[4_096];

    @SuppressWarnings("NullAway.Init")
    private DirectBuffer buffer;

    private int offset;
    private int next;
    private int end;

    /** Begins a record of so many bytes. */
    void begin(DirectBuffer newBuffer, int newOffset, int length) {
        buffer = newBuffer;
        offset = newOffset;
        next = newOffset;
        end = newOffset + length;
    }

    /** Passes over a header, whose fields can be asked for from then on. */
    void header(int length) {
        take("header", length);
    }

    /** The two bytes at an offset of the header. */
    int unsignedShort(int field) {
        return buffer.getShort(offset + field, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** The four bytes at an offset of the header. */
    int integer(int field) {
        return buffer.getInt(offset + field, LITTLE_ENDIAN);
    }

    /** Passes over a text whose length stands in the header. */
    void text(String what, int length, int min, int max) {
        if (length < min || length > max) {
            throw new IllegalArgumentException(
                    "its " + what + " is " + length + " bytes long, allowed are " + min + " to " + max);
        }
        utf8(what, take(what, length), length);
    }

    /** Passes over a text with its length in front. */
    void text(String what) {
        int length = buffer.getShort(take(what + "'s length", Short.BYTES), LITTLE_ENDIAN) & 0xFFFF;
        utf8(what, take(what, length), length);
    }

    /** Passes over so many attributes. */
    void attributes(int count, int max) {
        if (count > max) {
            throw new IllegalArgumentException("it has " + count + " attributes, allowed are up to " + max);
        }
        for (int i = 0; i < count; i++) {
            attribute("attribute " + i);
        }
    }

    /** The record must end here. */
    void end() {
        if (next != end) {
            throw new IllegalArgumentException("its fields take " + (next - offset) + " bytes of " + (end - offset));
        }
    }

    private void attribute(String what) {
        int at = take(what, ATTRIBUTE_HEADER_LENGTH);
        ValueKind.of(buffer.getByte(at));
        int nameLength = buffer.getByte(at + 1) & 0xFF;
        int valueLength = buffer.getShort(at + 2, LITTLE_ENDIAN) & 0xFFFF;
        utf8(what, take(what, nameLength), nameLength);
        utf8(what, take(what, valueLength), valueLength);
    }

    private int take(String what, int length) {
        if (length > end - next) {
            throw new IllegalArgumentException(
                    "its " + what + " takes " + length + " bytes, " + (end - next) + " are left");
        }
        int at = next;
        next += length;
        return at;
    }

    private void utf8(String what, int at, int length) {
        if (length > scratch.length) {
            scratch = new byte[length];
        }
        buffer.getBytes(at, scratch, 0, length);
        if (isAscii(length)) {
            return;
        }
        try {
            decoder.decode(ByteBuffer.wrap(scratch, 0, length));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("its " + what + " is not UTF-8", e);
        }
    }

    private boolean isAscii(int length) {
        for (int i = 0; i < length; i++) {
            if (scratch[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
