package io.tocsin.engine.event;

import static io.tocsin.engine.event.EventRecord.*;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes one record into a buffer of its own: {@code begin}, then {@code attribute} as often as needed, then
 * {@link #length()} bytes of {@link #buffer()} are the record. See {@link EventRecord} for the layout.
 *
 * <p>One instance belongs to one thread. It checks the limits of the format (an {@link IllegalArgumentException} names
 * the field, the value and the limit), not the contract's rules: those are the reader's of the source. The buffer grows
 * to the largest record seen and is then reused; apart from that nothing is allocated.
 */
public final class EventRecordWriter {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

    /** Written to directly: a growing buffer asks for room with each of the small fields. */
    private byte[] bytes = new byte[512];

    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
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
        put(EVENT_HEADER_LENGTH, texts, ticketOffset, ticketLength);
        put(EVENT_HEADER_LENGTH + ticketLength, texts, typeOffset, typeLength);
        put(EVENT_HEADER_LENGTH + ticketLength + typeLength, texts, idOffset, idLength);
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
        ensureCapacity(length + ATTRIBUTE_HEADER_LENGTH + name.length + valueLength);
        // The header is one number: code, length of the name, length of the value.
        INTS.set(bytes, length, kind.code() | name.length << 8 | valueLength << 16);
        put(length + ATTRIBUTE_HEADER_LENGTH, name, 0, name.length);
        put(length + ATTRIBUTE_HEADER_LENGTH + name.length, values, valueOffset, valueLength);
        length += ATTRIBUTE_HEADER_LENGTH + name.length + valueLength;
        attributeCount++;
        SHORTS.set(bytes, ATTRIBUTE_COUNT_OFFSET, (short) attributeCount);
        INTS.set(bytes, LENGTH_OFFSET, length);
        return this;
    }

    /** As {@link #attribute(ValueKind, byte[], byte[])}, from texts; for callers off the hot path. */
    public EventRecordWriter attribute(ValueKind kind, String name, String value) {
        return attribute(kind, utf8(name), utf8(value));
    }

    /** Makes a whole {@link RecordKind#POLICY} record of a policy file's text. */
    public EventRecordWriter policy(String text) {
        byte[] textBytes = utf8(text);
        ensureCapacity(TEXT_OFFSET + textBytes.length);
        header(RecordKind.POLICY, FLAG_AT_ARRIVAL, 0);
        INTS.set(bytes, TEXT_LENGTH_OFFSET, textBytes.length);
        put(TEXT_OFFSET, textBytes, 0, textBytes.length);
        length = TEXT_OFFSET + textBytes.length;
        INTS.set(bytes, LENGTH_OFFSET, length);
        return this;
    }

    /**
     * Makes a whole {@link RecordKind#SLICE} record, stamped already.
     *
     * @param firedCount how many of the timers due before then have fired since the last record
     */
    public EventRecordWriter slice(long arrivalNs, long firedCount) {
        header(RecordKind.SLICE, (short) 0, arrivalNs);
        LONGS.set(bytes, ARRIVAL_OFFSET, arrivalNs);
        LONGS.set(bytes, FIRED_OFFSET, firedCount);
        length = SLICE_LENGTH;
        INTS.set(bytes, LENGTH_OFFSET, length);
        return this;
    }

    private EventRecordWriter begin(short flags, long atNs, byte[] ticket, byte[] type, byte[] id) {
        beginEvent(flags, atNs, ticket.length, type.length, id.length);
        put(EVENT_HEADER_LENGTH, ticket, 0, ticket.length);
        put(EVENT_HEADER_LENGTH + ticket.length, type, 0, type.length);
        put(EVENT_HEADER_LENGTH + ticket.length + type.length, id, 0, id.length);
        return this;
    }

    private void beginEvent(short flags, long atNs, int ticketLength, int typeLength, int idLength) {
        check("ticket length", ticketLength, 1, MAX_TICKET_LENGTH);
        check("type length", typeLength, 1, MAX_TYPE_LENGTH);
        check("id length", idLength, 0, MAX_ID_LENGTH);
        ensureCapacity(EVENT_HEADER_LENGTH + ticketLength + typeLength + idLength);
        header(RecordKind.EVENT, flags, atNs);
        SHORTS.set(bytes, TICKET_LENGTH_OFFSET, (short) ticketLength);
        SHORTS.set(bytes, TYPE_LENGTH_OFFSET, (short) typeLength);
        SHORTS.set(bytes, ID_LENGTH_OFFSET, (short) idLength);
        SHORTS.set(bytes, ATTRIBUTE_COUNT_OFFSET, (short) 0);
        length = EVENT_HEADER_LENGTH + ticketLength + typeLength + idLength;
        attributeCount = 0;
        INTS.set(bytes, LENGTH_OFFSET, length);
    }

    private void header(RecordKind kind, short flags, long atNs) {
        bytes[VERSION_OFFSET] = VERSION;
        bytes[KIND_OFFSET] = kind.code();
        SHORTS.set(bytes, FLAGS_OFFSET, flags);
        LONGS.set(bytes, ARRIVAL_OFFSET, 0L);
        LONGS.set(bytes, AT_OFFSET, atNs);
    }

    private void put(int offset, byte[] source, int sourceOffset, int sourceLength) {
        System.arraycopy(source, sourceOffset, bytes, offset, sourceLength);
    }

    private void ensureCapacity(int capacity) {
        if (capacity > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(capacity, 2 * bytes.length));
            buffer.wrap(bytes);
        }
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
