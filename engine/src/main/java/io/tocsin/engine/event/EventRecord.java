package io.tocsin.engine.event;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Reads and stamps one journaled record in place. {@link EventRecordWriter} writes it; the two are the format.
 *
 * <pre>
 *   0         1         2           4                   8
 *  +---------+---------+-----------+-------------------+
 *  | version | kind    | flags     | record length     |
 *  +---------+---------+-----------+-------------------+
 *  | arrivalNs: engine time, set by the core's stamp   |  8
 *  +---------------------------------------------------+
 *  | atNs: event time                                  | 16
 *  +-----------+-----------+-----------+---------------+
 *  | ticket len| type len  | id len    | attributes    | 24   kind EVENT
 *  +-----------+-----------+-----------+---------------+
 *  | ticket | type | id | attribute ...                | 32
 *
 *  attribute: value kind (1) | name length (1) | value length (2) | name | value
 *
 *  | text length (4)       | text ...                  | 24   kind POLICY
 *
 *  | timers fired since the record before              | 24   kind SLICE
 *
 *  flags: 1 no event time of its own, until it is stamped; 2 behind timers that were due
 * </pre>
 *
 * Little-endian; texts are UTF-8. One instance belongs to one thread and may be wrapped again and again; it does not
 * allocate, apart from the methods that return a {@code String}. Kind, flags and lengths are read once, when it is wrapped.
 */
public final class EventRecord {
    /** The version of the layout above, in the first byte of every record. */
    public static final byte VERSION = 1;

    /** Longest ticket id in bytes of UTF-8. */
    public static final int MAX_TICKET_LENGTH = 128;
    /** Longest event type in characters. */
    public static final int MAX_TYPE_LENGTH = 64;
    /** Longest idempotency key in bytes of UTF-8. */
    public static final int MAX_ID_LENGTH = 1_024;
    /** Longest attribute name in bytes of UTF-8. */
    public static final int MAX_NAME_LENGTH = 128;
    /** Longest attribute value in bytes of UTF-8. */
    public static final int MAX_VALUE_LENGTH = 4_096;
    /** Most attributes one event may carry. */
    public static final int MAX_ATTRIBUTES = 256;

    /** Set while the event has no time of its own: the stamp becomes its event time. */
    static final short FLAG_AT_ARRIVAL = 1;
    /** Set by the stamp of an event that overtakes timers. */
    static final short FLAG_BEHIND = 2;

    static final int VERSION_OFFSET = 0;
    static final int KIND_OFFSET = 1;
    static final int FLAGS_OFFSET = 2;
    static final int LENGTH_OFFSET = 4;
    static final int ARRIVAL_OFFSET = 8;
    static final int AT_OFFSET = 16;
    static final int LENGTHS_OFFSET = 24;
    static final int TICKET_LENGTH_OFFSET = LENGTHS_OFFSET;
    static final int TYPE_LENGTH_OFFSET = 26;
    static final int ID_LENGTH_OFFSET = 28;
    static final int ATTRIBUTE_COUNT_OFFSET = 30;
    static final int EVENT_HEADER_LENGTH = 32;
    static final int TEXT_LENGTH_OFFSET = 24;
    static final int TEXT_OFFSET = 28;
    static final int FIRED_OFFSET = 24;
    static final int SLICE_LENGTH = 32;
    static final int ATTRIBUTE_HEADER_LENGTH = 4;

    private static final long FLAGS_MASK = 0xFFFFL << FLAGS_OFFSET * Byte.SIZE;

    /** The record pointed at; nothing may be asked before {@link #wrap}. */
    @SuppressWarnings("NullAway.Init")
    private DirectBuffer buffer;

    private int offset;

    /** The first eight bytes: version, kind, flags, length. */
    private long header;
    /** Of an event those of ticket, type and id, and the number of attributes, 16 bits each; else 0. */
    private long lengths;

    /** How many attributes were moved on to. */
    private int attribute;

    private int attributeOffset;

    /**
     * Points this flyweight at a record.
     *
     * @throws IllegalArgumentException if the record is of an unknown version
     */
    public EventRecord wrap(DirectBuffer newBuffer, int newOffset) {
        buffer = newBuffer;
        offset = newOffset;
        attribute = 0;
        header = newBuffer.getLong(newOffset, LITTLE_ENDIAN);
        checkVersion((byte) header);
        lengths = is(RecordKind.EVENT) ? newBuffer.getLong(newOffset + LENGTHS_OFFSET, LITTLE_ENDIAN) : 0;
        return this;
    }

    /**
     * The length of the record that begins there, for stepping over records that lie one behind the other.
     *
     * @throws IllegalArgumentException if the record is of an unknown version
     */
    public static int lengthAt(DirectBuffer buffer, int offset) {
        checkVersion(buffer.getByte(offset + VERSION_OFFSET));
        return buffer.getInt(offset + LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    /** Whether this is an event, a policy or a slice of timers. */
    public RecordKind kind() {
        return RecordKind.of(kindCode());
    }

    /** Whether it is of a kind; of a kind that this build does not know it is not, and nothing is thrown. */
    public boolean is(RecordKind kind) {
        return kindCode() == kind.code();
    }

    /** The whole record's length in bytes. */
    public int length() {
        return (int) (header >>> LENGTH_OFFSET * Byte.SIZE);
    }

    /** Engine time in nanoseconds since the epoch; meaningful once stamped. */
    public long arrivalNs() {
        return buffer.getLong(offset + ARRIVAL_OFFSET, LITTLE_ENDIAN);
    }

    /** Event time in nanoseconds since the epoch; never after {@link #arrivalNs()} once stamped. */
    public long atNs() {
        return buffer.getLong(offset + AT_OFFSET, LITTLE_ENDIAN);
    }

    /** Whether the sender left the time to the moment of arrival. False after {@link #stamp}. */
    public boolean isAtArrival() {
        return (flags() & FLAG_AT_ARRIVAL) != 0;
    }

    /**
     * Whether the event was let in front of timers that were due before it arrived: of those only its own ticket's fire
     * before it. What fired of the others by then, a {@link RecordKind#SLICE} record in front of it says.
     */
    public boolean isBehind() {
        return (flags() & FLAG_BEHIND) != 0;
    }

    /**
     * Gives the record its engine time; an event time that is absent or lies ahead becomes the arrival. Called once, by
     * the core's thread, before the record is journaled; the buffer wrapped must be a mutable one.
     */
    public void stamp(long arrivalNs) {
        stamp(arrivalNs, (short) 0);
    }

    /** As {@link #stamp}, of an event that {@linkplain #isBehind() overtakes} timers. */
    public void stampBehind(long arrivalNs) {
        stamp(arrivalNs, FLAG_BEHIND);
    }

    private void stamp(long arrivalNs, short flags) {
        MutableDirectBuffer mutable = (MutableDirectBuffer) buffer;
        mutable.putLong(offset + ARRIVAL_OFFSET, arrivalNs, LITTLE_ENDIAN);
        if (isAtArrival() || atNs() > arrivalNs) {
            mutable.putLong(offset + AT_OFFSET, arrivalNs, LITTLE_ENDIAN);
        }
        header = header & ~FLAGS_MASK | (long) flags << FLAGS_OFFSET * Byte.SIZE;
        mutable.putLong(offset, header, LITTLE_ENDIAN);
    }

    /** The buffer that the offsets below point into. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Where the record begins in {@link #buffer()}. */
    public int offset() {
        return offset;
    }

    /** Where the ticket's id begins in {@link #buffer()}. */
    public int ticketOffset() {
        return offset + EVENT_HEADER_LENGTH;
    }

    /** The ticket id's length in bytes, 1 to {@value #MAX_TICKET_LENGTH}. */
    public int ticketLength() {
        return part(0);
    }

    /** Where the type begins in {@link #buffer()}. */
    public int typeOffset() {
        return ticketOffset() + ticketLength();
    }

    /** The type's length in bytes, 1 to {@value #MAX_TYPE_LENGTH}. */
    public int typeLength() {
        return part(1);
    }

    /** Where the idempotency key begins in {@link #buffer()}. */
    public int idOffset() {
        return ticketOffset() + part(0) + part(1);
    }

    /** The idempotency key's length in bytes; 0 when the event has none. */
    public int idLength() {
        return part(2);
    }

    /** Where an event's attributes begin in {@link #buffer()}: all of them as they were written, one behind the other. */
    public int attributesOffset() {
        return ticketOffset() + part(0) + part(1) + part(2);
    }

    /** The length of all of an event's attributes in bytes. */
    public int attributesLength() {
        return offset + length() - attributesOffset();
    }

    /** How many attributes the event carries. */
    public int attributeCount() {
        return part(3);
    }

    /** Moves back before the first attribute. */
    public void firstAttribute() {
        attribute = 0;
    }

    /**
     * Moves on to the next attribute: {@code while (record.nextAttribute()) ...}.
     *
     * @return false when there is none left
     */
    public boolean nextAttribute() {
        if (attribute == attributeCount()) {
            return false;
        }
        attributeOffset = attribute == 0
                ? attributesOffset()
                : attributeOffset + ATTRIBUTE_HEADER_LENGTH + nameLength() + valueLength();
        attribute++;
        return true;
    }

    /** The JSON type of the current attribute's value. */
    public ValueKind valueKind() {
        return ValueKind.of(buffer.getByte(attributeOffset));
    }

    /** Where the current attribute's name begins in {@link #buffer()}. */
    public int nameOffset() {
        return attributeOffset + ATTRIBUTE_HEADER_LENGTH;
    }

    /** The current attribute's name length in bytes. */
    public int nameLength() {
        return buffer.getByte(attributeOffset + 1) & 0xFF;
    }

    /** Where the current attribute's value begins in {@link #buffer()}. */
    public int valueOffset() {
        return nameOffset() + nameLength();
    }

    /** The current attribute's value length in bytes. */
    public int valueLength() {
        return buffer.getShort(attributeOffset + 2, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** The ticket's id as text. Allocates. */
    public String ticket() {
        return text(ticketOffset(), ticketLength());
    }

    /** The event's type as text. Allocates. */
    public String type() {
        return text(typeOffset(), typeLength());
    }

    /** The idempotency key as text, empty when there is none. Allocates. */
    public String id() {
        return text(idOffset(), idLength());
    }

    /** The current attribute's name as text. Allocates. */
    public String name() {
        return text(nameOffset(), nameLength());
    }

    /** The current attribute's value as text. Allocates. */
    public String value() {
        return text(valueOffset(), valueLength());
    }

    /** The text of a {@link RecordKind#POLICY} record. Allocates. */
    public String policyText() {
        return text(offset + TEXT_OFFSET, buffer.getInt(offset + TEXT_LENGTH_OFFSET, LITTLE_ENDIAN));
    }

    /** How many timers a {@link RecordKind#SLICE} record says have fired since the record before it. */
    public long firedCount() {
        return buffer.getLong(offset + FIRED_OFFSET, LITTLE_ENDIAN);
    }

    private static void checkVersion(byte version) {
        if (version != VERSION) {
            throw new IllegalArgumentException("record of version " + version + ", this build reads " + VERSION);
        }
    }

    private byte kindCode() {
        return (byte) (header >>> KIND_OFFSET * Byte.SIZE);
    }

    private short flags() {
        return (short) (header >>> FLAGS_OFFSET * Byte.SIZE);
    }

    private int part(int part) {
        return (int) (lengths >>> part * Short.SIZE) & 0xFFFF;
    }

    private String text(int textOffset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(textOffset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
