package io.tocsin.engine.alert;

import static io.tocsin.engine.alert.AlertRecord.*;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tocsin.engine.event.ValueKind;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes one alert into a buffer of its own, in the order of the layout of {@link AlertRecord}: {@code begin}, the six
 * texts, the recipients, the attributes, then {@link #end()}.
 *
 * <p>Belongs to the core's thread. The buffer grows to the largest alert seen and is then reused; apart from that
 * nothing is allocated.
 */
public final class AlertRecordWriter {
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(1_024);
    private int position;
    private int textLengthOffset;
    private int toCount;
    private int attributeCount;

    /** The buffer that holds the record from offset 0. Valid until the next {@code begin}. */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Begins an alert with its numbers; units and ranges as in {@link AlertRecord}. */
    public AlertRecordWriter begin(
            AlertKind kind,
            int level,
            long seq,
            long atNs,
            long dueNs,
            long detectedNs,
            long elapsedNs,
            long targetNs,
            int cycle) {
        buffer.putByte(VERSION_OFFSET, VERSION);
        buffer.putByte(KIND_OFFSET, kind.code());
        buffer.putShort(LEVEL_OFFSET, (short) level, LITTLE_ENDIAN);
        buffer.putLong(SEQ_OFFSET, seq, LITTLE_ENDIAN);
        buffer.putLong(AT_OFFSET, atNs, LITTLE_ENDIAN);
        buffer.putLong(DUE_OFFSET, dueNs, LITTLE_ENDIAN);
        buffer.putLong(DETECTED_OFFSET, detectedNs, LITTLE_ENDIAN);
        buffer.putLong(ELAPSED_OFFSET, elapsedNs, LITTLE_ENDIAN);
        buffer.putLong(TARGET_OFFSET, targetNs, LITTLE_ENDIAN);
        buffer.putInt(CYCLE_OFFSET, cycle, LITTLE_ENDIAN);
        position = TEXTS_OFFSET;
        toCount = 0;
        attributeCount = 0;
        return this;
    }

    /** Begins the next text; {@code append} fills it, {@link #endText()} closes it. */
    public AlertRecordWriter beginText() {
        textLengthOffset = position;
        position += Short.BYTES;
        return this;
    }

    /** Appends bytes to the text begun. */
    public AlertRecordWriter append(DirectBuffer source, int offset, int length) {
        buffer.putBytes(position, source, offset, length);
        position += length;
        return this;
    }

    /** Appends bytes to the text begun. */
    public AlertRecordWriter append(byte[] source) {
        buffer.putBytes(position, source);
        position += source.length;
        return this;
    }

    /** Appends a decimal number to the text begun. */
    public AlertRecordWriter append(int number) {
        position += buffer.putIntAscii(position, number);
        return this;
    }

    /** Closes the text begun. */
    public AlertRecordWriter endText() {
        buffer.putShort(textLengthOffset, (short) (position - textLengthOffset - Short.BYTES), LITTLE_ENDIAN);
        return this;
    }

    /** Adds a whole text. */
    public AlertRecordWriter text(byte[] text) {
        return beginText().append(text).endText();
    }

    /** Adds a recipient; after the six texts. */
    public AlertRecordWriter to(byte[] recipient) {
        toCount++;
        return text(recipient);
    }

    /** Adds an attribute; after the recipients. */
    public AlertRecordWriter attribute(
            ValueKind kind,
            DirectBuffer name,
            int nameOffset,
            int nameLength,
            DirectBuffer value,
            int valueOffset,
            int valueLength) {
        buffer.putInt(position, kind.code() & 0xFF | nameLength << 8 | valueLength << 16, LITTLE_ENDIAN);
        position += ATTRIBUTE_HEADER_LENGTH;
        append(name, nameOffset, nameLength);
        append(value, valueOffset, valueLength);
        attributeCount++;
        return this;
    }

    /** Adds attributes that were written into an alert before, as they lay there; after the recipients. */
    public AlertRecordWriter attributes(byte[] written, int length, int count) {
        buffer.putBytes(position, written, 0, length);
        position += length;
        attributeCount += count;
        return this;
    }

    /** Where the next part of the alert will begin in {@link #buffer()}. */
    public int position() {
        return position;
    }

    /**
     * Ends the alert.
     *
     * @return the record's length
     */
    public int end() {
        buffer.putShort(TO_COUNT_OFFSET, (short) toCount, LITTLE_ENDIAN);
        buffer.putShort(ATTRIBUTE_COUNT_OFFSET, (short) attributeCount, LITTLE_ENDIAN);
        buffer.putInt(LENGTH_OFFSET, position, LITTLE_ENDIAN);
        return position;
    }
}
