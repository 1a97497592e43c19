package io.tocsin.engine.event;

import static io.tocsin.engine.event.EventRecord.*;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes one record into a buffer of its own: {@code begin}, then {@code attribute} as often as needed, then
 * {@link #length()} bytes of {@link #buffer()} are the record. See {@link EventRecord} for the layout.
 *
 * <p>One instance belongs to one thread. It checks the limits of the format (an {@link IllegalArgumentException} names
 * the field, the value and the limit), not the contract's rules: those are the reader's of the source. The buffer grows
 * to the largest record seen and is then reused; apart from that nothing is allocated.
 */
public final class EventRecordWriter {
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(512);
    private int length;
    private int attributeCount;

    /** The buffer that holds the record from offset 0. Valid until the next {@code begin}. */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** The record's length so far. */
    public int length() {
        return length;
    }

    /**
     * Begins an event that happens when it arrives.
     *
     * @param id the idempotency key; empty for none
     */
    public EventRecordWriter beginAtArrival(byte[] ticket, byte[] type, byte[] id) {
        return begin(FLAG_AT_ARRIVAL, 0, ticket, type, id);
    }

    /** Begins an event that happened at {@code atNs}, nanoseconds since the epoch. */
    public EventRecordWriter begin(long atNs, byte[] ticket, byte[] type, byte[] id) {
        return begin((short) 0, atNs, ticket, type, id);
    }

    /**
     * As {@link #begin(long, byte[], byte[], byte[])}, from texts that lie somewhere in one array, each with its offset and
     * its length.
     *
     * @param atArrival whether it happens when it arrives; then {@code atNs} means nothing
     */
    public EventRecordWriter begin(
            boolean atArrival,
            long atNs,
            byte[] texts,
            int ticketOffset,
            int ticketLength,
            int typeOffset,
            int typeLength,
            int idOffset,
            int idLength) {
        beginEvent(atArrival ? FLAG_AT_ARRIVAL : 0, atArrival ? 0 : atNs, ticketLength, typeLength, idLength);
        buffer.putBytes(EVENT_HEADER_LENGTH, texts, ticketOffset, ticketLength);
        buffer.putBytes(EVENT_HEADER_LENGTH + ticketLength, texts, typeOffset, typeLength);
        buffer.putBytes(EVENT_HEADER_LENGTH + ticketLength + typeLength, texts, idOffset, idLength);
        return this;
    }

    /** As {@link #begin(long, byte[], byte[], byte[])}, from texts; for callers off the hot path. */
    public EventRecordWriter begin(long atNs, String ticket, String type, String id) {
        return begin(atNs, utf8(ticket), utf8(type), utf8(id));
    }

    /** Adds an attribute; for {@link ValueKind#REMOVED} the value is empty. */
    public EventRecordWriter attribute(ValueKind kind, byte[] name, byte[] value) {
        return attribute(kind, name, value, 0, value.length);
    }

    /** As {@link #attribute(ValueKind, byte[], byte[])}, with a value that lies somewhere in an array. */
    public EventRecordWriter attribute(ValueKind kind, byte[] name, byte[] values, int valueOffset, int valueLength) {
        check("attributes", attributeCount + 1, 1, MAX_ATTRIBUTES);
        check("attribute name length", name.length, 1, MAX_NAME_LENGTH);
        check("attribute value length", valueLength, 0, MAX_VALUE_LENGTH);
        // The header is one number: code, length of the name, length of the value.
        buffer.putInt(length, kind.code() | name.length << 8 | valueLength << 16, LITTLE_ENDIAN);
        buffer.putBytes(length + ATTRIBUTE_HEADER_LENGTH, name);
        buffer.putBytes(length + ATTRIBUTE_HEADER_LENGTH + name.length, values, valueOffset, valueLength);
        length += ATTRIBUTE_HEADER_LENGTH + name.length + valueLength;
        attributeCount++;
        buffer.putShort(ATTRIBUTE_COUNT_OFFSET, (short) attributeCount, LITTLE_ENDIAN);
        buffer.putInt(LENGTH_OFFSET, length, LITTLE_ENDIAN);
        return this;
    }

    /** As {@link #attribute(ValueKind, byte[], byte[])}, from texts; for callers off the hot path. */
    public EventRecordWriter attribute(ValueKind kind, String name, String value) {
        return attribute(kind, utf8(name), utf8(value));
    }

    /** Makes a whole {@link RecordKind#POLICY} record of a policy file's text. */
    public EventRecordWriter policy(String text) {
        byte[] bytes = utf8(text);
        header(RecordKind.POLICY, FLAG_AT_ARRIVAL, 0);
        buffer.putInt(TEXT_LENGTH_OFFSET, bytes.length, LITTLE_ENDIAN);
        buffer.putBytes(TEXT_OFFSET, bytes);
        length = TEXT_OFFSET + bytes.length;
        buffer.putInt(LENGTH_OFFSET, length, LITTLE_ENDIAN);
        return this;
    }

    /**
     * Makes a whole {@link RecordKind#SLICE} record, stamped already.
     *
     * @param firedCount how many of the timers due before then have fired since the last record
     */
    public EventRecordWriter slice(long arrivalNs, long firedCount) {
        header(RecordKind.SLICE, (short) 0, arrivalNs);
        buffer.putLong(ARRIVAL_OFFSET, arrivalNs, LITTLE_ENDIAN);
        buffer.putLong(FIRED_OFFSET, firedCount, LITTLE_ENDIAN);
        length = SLICE_LENGTH;
        buffer.putInt(LENGTH_OFFSET, length, LITTLE_ENDIAN);
        return this;
    }

    private EventRecordWriter begin(short flags, long atNs, byte[] ticket, byte[] type, byte[] id) {
        beginEvent(flags, atNs, ticket.length, type.length, id.length);
        buffer.putBytes(EVENT_HEADER_LENGTH, ticket);
        buffer.putBytes(EVENT_HEADER_LENGTH + ticket.length, type);
        buffer.putBytes(EVENT_HEADER_LENGTH + ticket.length + type.length, id);
        return this;
    }

    private void beginEvent(short flags, long atNs, int ticketLength, int typeLength, int idLength) {
        check("ticket length", ticketLength, 1, MAX_TICKET_LENGTH);
        check("type length", typeLength, 1, MAX_TYPE_LENGTH);
        check("id length", idLength, 0, MAX_ID_LENGTH);
        header(RecordKind.EVENT, flags, atNs);
        buffer.putShort(TICKET_LENGTH_OFFSET, (short) ticketLength, LITTLE_ENDIAN);
        buffer.putShort(TYPE_LENGTH_OFFSET, (short) typeLength, LITTLE_ENDIAN);
        buffer.putShort(ID_LENGTH_OFFSET, (short) idLength, LITTLE_ENDIAN);
        buffer.putShort(ATTRIBUTE_COUNT_OFFSET, (short) 0, LITTLE_ENDIAN);
        length = EVENT_HEADER_LENGTH + ticketLength + typeLength + idLength;
        attributeCount = 0;
        buffer.putInt(LENGTH_OFFSET, length, LITTLE_ENDIAN);
    }

    private void header(RecordKind kind, short flags, long atNs) {
        buffer.putByte(VERSION_OFFSET, VERSION);
        buffer.putByte(KIND_OFFSET, kind.code());
        buffer.putShort(FLAGS_OFFSET, flags, LITTLE_ENDIAN);
        buffer.putLong(ARRIVAL_OFFSET, 0, LITTLE_ENDIAN);
        buffer.putLong(AT_OFFSET, atNs, LITTLE_ENDIAN);
    }

    private static void check(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is " + value + ", allowed are " + min + " to " + max);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
