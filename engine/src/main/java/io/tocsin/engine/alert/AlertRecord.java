package io.tocsin.engine.alert;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.memory.Hashing;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one alert in place. {@link AlertRecordWriter} writes it; the two are the format.
 *
 * <pre>
 *   0         1         2           4                   8
 *  +---------+---------+-----------+-------------------+
 *  | version | kind    | level     | record length     |
 *  +---------+---------+-----------+-------------------+
 *  | seq                                               |  8
 *  | atNs                                              | 16
 *  | dueNs, or NONE                                    | 24
 *  | detectedNs                                        | 32
 *  | elapsedNs                                         | 40
 *  | targetNs, or NONE                                 | 48
 *  +-------------------------+-------------------------+
 *  | cycle (4)               | to count (2) | attr (2) | 56
 *  +-------------------------+-------------------------+
 *  | 6 texts: ticket, id, clock, policy, threshold, revokes; then "to" texts; then attributes   | 64
 *
 *  text:      length (2) | bytes
 *  attribute: value kind (1) | name length (1) | value length (2) | name | value
 * </pre>
 *
 * An alert of an objective is of a figure and of no ticket: the ticket's text is empty, and fields that it has no other use
 * for say what the figure is, see {@link #objective()} and those behind it. Its attributes are the group's key.
 *
 * <p>Little-endian; texts are UTF-8. One instance belongs to one thread and may be wrapped again and again; it does not
 * allocate, apart from the methods that return a {@code String}.
 */
public final class AlertRecord {
    /** The version of the layout above, in the first byte of every record. */
    public static final byte VERSION = 1;
    /** Stands for an instant or duration that does not exist. */
    public static final long NONE = Long.MIN_VALUE;

    static final int VERSION_OFFSET = 0;
    static final int KIND_OFFSET = 1;
    static final int LEVEL_OFFSET = 2;
    static final int LENGTH_OFFSET = 4;
    static final int SEQ_OFFSET = 8;
    static final int AT_OFFSET = 16;
    static final int DUE_OFFSET = 24;
    static final int DETECTED_OFFSET = 32;
    static final int ELAPSED_OFFSET = 40;
    static final int TARGET_OFFSET = 48;
    static final int CYCLE_OFFSET = 56;
    static final int TO_COUNT_OFFSET = 60;
    static final int ATTRIBUTE_COUNT_OFFSET = 62;
    static final int TEXTS_OFFSET = 64;
    static final int ATTRIBUTE_HEADER_LENGTH = 4;

    private static final int TEXT_COUNT = 6;

    private final int[] textOffsets = new int[TEXT_COUNT];
    /** The record pointed at; nothing may be asked before {@link #wrap}. */
    @SuppressWarnings("NullAway.Init")
    private DirectBuffer buffer;

    private int offset;
    private int cursor;
    private int toRead;
    private int attributesRead;

    /**
     * Points this flyweight at a record.
     *
     * @throws IllegalArgumentException if the record is of an unknown version
     */
    public AlertRecord wrap(DirectBuffer newBuffer, int newOffset) {
        buffer = newBuffer;
        offset = newOffset;
        byte version = newBuffer.getByte(newOffset + VERSION_OFFSET);
        if (version != VERSION) {
            throw new IllegalArgumentException("alert of version " + version + ", this build reads " + VERSION);
        }
        int position = newOffset + TEXTS_OFFSET;
        for (int i = 0; i < TEXT_COUNT; i++) {
            textOffsets[i] = position;
            position += Short.BYTES + textLength(position);
        }
        cursor = position;
        toRead = 0;
        attributesRead = 0;
        return this;
    }

    /** The alert's kind. */
    public AlertKind kind() {
        return AlertKind.of(buffer.getByte(offset + KIND_OFFSET));
    }

    /** The escalation step from 1; 0 for other kinds. */
    public int level() {
        return buffer.getShort(offset + LEVEL_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** The whole record's length in bytes. */
    public int length() {
        return buffer.getInt(offset + LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    /** The alert's number, from 1, without gaps. */
    public long seq() {
        return buffer.getLong(offset + SEQ_OFFSET, LITTLE_ENDIAN);
    }

    /** The exact instant the threshold was crossed, nanoseconds since the epoch. */
    public long atNs() {
        return buffer.getLong(offset + AT_OFFSET, LITTLE_ENDIAN);
    }

    /** The clock's due instant, or {@link #NONE} while it has none. */
    public long dueNs() {
        return buffer.getLong(offset + DUE_OFFSET, LITTLE_ENDIAN);
    }

    /** The engine time at which it was noticed. */
    public long detectedNs() {
        return buffer.getLong(offset + DETECTED_OFFSET, LITTLE_ENDIAN);
    }

    /** The calendar's time used up at {@link #atNs()}. */
    public long elapsedNs() {
        return buffer.getLong(offset + ELAPSED_OFFSET, LITTLE_ENDIAN);
    }

    /** The target, or {@link #NONE} for one in business days. */
    public long targetNs() {
        return buffer.getLong(offset + TARGET_OFFSET, LITTLE_ENDIAN);
    }

    /** The clock's cycle, from 1. */
    public int cycle() {
        return buffer.getInt(offset + CYCLE_OFFSET, LITTLE_ENDIAN);
    }

    /** The ticket's id. Allocates. */
    public String ticket() {
        return text(textOffsets[0]);
    }

    /** The alert's id, the same on every replay. Allocates. */
    public String id() {
        return text(textOffsets[1]);
    }

    /** The clock's name. Allocates. */
    public String clock() {
        return text(textOffsets[2]);
    }

    /** The policy's name, empty when none applies any more. Allocates. */
    public String policy() {
        return text(textOffsets[3]);
    }

    /** The threshold as written in the policy. Allocates. */
    public String threshold() {
        return text(textOffsets[4]);
    }

    /** The id of the alert that this one takes back, empty for other kinds. Allocates. */
    public String revokes() {
        return text(textOffsets[5]);
    }

    /** Of an objective: its name. Allocates. */
    public String objective() {
        return policy();
    }

    /** Of an objective: whether the figure crossed its bound; else it is well again. */
    public boolean isCrossed() {
        return level() > 0;
    }

    /** Of an objective: the figure's name. Allocates. */
    public String metric() {
        return beforeSpace(revokes());
    }

    /** Of an objective: the name of the window. Allocates. */
    public String window() {
        return revokes().substring(metric().length() + 1);
    }

    /** Of an objective: the figure in millionths, or {@link #NONE} when there is nothing to compute it of. */
    public long valueMillionths() {
        return elapsedNs();
    }

    /** Of an objective: of how many cases the figure is made. */
    public long count() {
        return targetNs();
    }

    private static String beforeSpace(String text) {
        return text.substring(0, text.indexOf(' '));
    }

    /**
     * The next recipient, or null when there is none left. Read all of them before the attributes. Allocates.
     */
    public @Nullable String nextTo() {
        if (toRead == (buffer.getShort(offset + TO_COUNT_OFFSET, LITTLE_ENDIAN) & 0xFFFF)) {
            return null;
        }
        toRead++;
        String to = text(cursor);
        cursor += Short.BYTES + textLength(cursor);
        return to;
    }

    /**
     * Moves on to the next attribute; recipients not yet read are passed over.
     *
     * @return false when there is none left
     */
    public boolean nextAttribute() {
        while (nextTo() != null) {
            // The recipients come first.
        }
        if (attributesRead == (buffer.getShort(offset + ATTRIBUTE_COUNT_OFFSET, LITTLE_ENDIAN) & 0xFFFF)) {
            return false;
        }
        if (attributesRead > 0) {
            cursor += ATTRIBUTE_HEADER_LENGTH + nameLength() + valueLength();
        }
        attributesRead++;
        return true;
    }

    /** The JSON type of the current attribute's value. */
    public ValueKind valueKind() {
        return ValueKind.of(buffer.getByte(cursor));
    }

    /** The current attribute's name. Allocates. */
    public String name() {
        return text(cursor + ATTRIBUTE_HEADER_LENGTH, nameLength());
    }

    /** The current attribute's value. Allocates. */
    public String value() {
        return text(cursor + ATTRIBUTE_HEADER_LENGTH + nameLength(), valueLength());
    }

    /** A hash of a record without the instant at which it was noticed: the same on every replay. */
    public static long hashWithoutDetected(DirectBuffer buffer, int offset, int length) {
        long hash = Hashing.hashOfMany(buffer, offset, DETECTED_OFFSET, 0);
        return Hashing.hashOfMany(buffer, offset + ELAPSED_OFFSET, length - ELAPSED_OFFSET, hash);
    }

    private int nameLength() {
        return buffer.getByte(cursor + 1) & 0xFF;
    }

    private int valueLength() {
        return buffer.getShort(cursor + 2, LITTLE_ENDIAN) & 0xFFFF;
    }

    private int textLength(int textOffset) {
        return buffer.getShort(textOffset, LITTLE_ENDIAN) & 0xFFFF;
    }

    private String text(int textOffset) {
        return text(textOffset + Short.BYTES, textLength(textOffset));
    }

    private String text(int bytesOffset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(bytesOffset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
