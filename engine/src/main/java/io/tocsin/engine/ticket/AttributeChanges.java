package io.tocsin.engine.ticket;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.memory.Words;
import org.agrona.DirectBuffer;

/**
 * What events' attributes made of blocks lately: the same bytes on the same block make the same block again, so that eight
 * attributes of an event cost one hash and one comparison of their bytes instead of sixteen look-ups. Only a shortcut: what
 * is not known here is worked out, and the outcome is the same.
 *
 * <p>An entry has {@value #ENTRY_LONGS} longs: the serial of the block before, that of the block after and its reference, the
 * length of the bytes, the bytes; longer ones are not kept. It has two places, of which the one that was filled less lately
 * is filled anew. Doubles up to 4 MiB while entries drive each other out, forgetting everything, and otherwise allocates
 * nothing. The core's thread.
 */
final class AttributeChanges {
    private static final int ENTRY_LONGS = 32;
    private static final int LINE_LONGS = 8;
    private static final int BEFORE = 0;
    private static final int AFTER = 1;
    private static final int REF_AND_LENGTH = 2;
    private static final int BYTES = 3;
    private static final int MOST_BYTES = (ENTRY_LONGS - BYTES) * Long.BYTES - 1;

    private static final int FIRST_ENTRIES = 1 << 6;
    private static final int MOST_ENTRIES = 1 << 14;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private long[] entries = new long[FIRST_ENTRIES * ENTRY_LONGS];
    private int drivenOut;
    /** Of the entry found last: the serial of the block. */
    private long foundSerial;

    /**
     * The block that an event's attributes made of a block, or {@link Attributes#EMPTY} if that is not known.
     *
     * @param place {@link #placeOf} them; another one is searched in vain
     */
    int find(int place, long before, EventRecord event) {
        int entry = place;
        if (!isOf(entry, before, event)) {
            entry ^= ENTRY_LONGS;
            if (!isOf(entry, before, event)) {
                return Attributes.EMPTY;
            }
        }
        foundSerial = entries[entry + AFTER];
        return (int) entries[entry + REF_AND_LENGTH];
    }

    /** The serial of the block found; if it has another by now, it is another block. */
    long foundSerial() {
        return foundSerial;
    }

    /** Reads all lines of a place; for the reading alone. */
    long touch(int place) {
        return entries[place]
                ^ entries[place + LINE_LONGS]
                ^ entries[place + 2 * LINE_LONGS]
                ^ entries[place + 3 * LINE_LONGS];
    }

    /** The block that is known of a place, whatever made it, or {@link Attributes#EMPTY}. */
    int blockAt(int place) {
        return entries[place + AFTER] == 0 ? Attributes.EMPTY : (int) entries[place + REF_AND_LENGTH];
    }

    /** Keeps what an event's attributes made of a block; not known until now. */
    void add(long before, EventRecord event, int after, long afterSerial) {
        int length = event.attributesLength();
        if (length > MOST_BYTES) {
            return;
        }
        int entry = placeOf(before, event);
        if (entries[entry + AFTER] > entries[(entry ^ ENTRY_LONGS) + AFTER]) {
            entry ^= ENTRY_LONGS;
        }
        if (entries[entry + AFTER] != 0 && ++drivenOut > entries.length / ENTRY_LONGS) {
            makeLarger();
            entry = placeOf(before, event);
        }
        entries[entry + BEFORE] = before;
        entries[entry + AFTER] = afterSerial;
        entries[entry + REF_AND_LENGTH] = (long) length << 32 | after & 0xFFFF_FFFFL;
        DirectBuffer buffer = event.buffer();
        int offset = event.attributesOffset();
        Words.check(buffer, offset, length);
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            entries[entry + BYTES + at / Long.BYTES] = Words.at(buffer, offset + at);
        }
        entries[entry + BYTES + at / Long.BYTES] = lastWord(buffer, offset, offset + length);
    }

    private void makeLarger() {
        drivenOut = 0;
        if (entries.length < MOST_ENTRIES * ENTRY_LONGS) {
            entries = new long[entries.length * 2];
        }
    }

    /**
     * The first of the two places; the other one is its neighbour. A weak hash is enough, as all bytes are compared; two of them
     * side by side do not wait for each other's products.
     */
    int placeOf(long before, EventRecord event) {
        DirectBuffer buffer = event.buffer();
        int offset = event.attributesOffset();
        int end = event.offset() + event.length();
        Words.check(buffer, offset, end - offset);
        long hash = before;
        long other = 0;
        int at = offset;
        for (; at + 2 * Long.BYTES <= end; at += 2 * Long.BYTES) {
            hash = (Long.rotateLeft(hash, 5) ^ Words.at(buffer, at)) * MULTIPLIER;
            other = (Long.rotateLeft(other, 5) ^ Words.at(buffer, at + Long.BYTES)) * MULTIPLIER;
        }
        if (at + Long.BYTES <= end) {
            hash = (Long.rotateLeft(hash, 5) ^ Words.at(buffer, at)) * MULTIPLIER;
        }
        hash = (Long.rotateLeft(hash, 5) ^ lastWord(buffer, offset, end) ^ other >>> 32) * MULTIPLIER;
        return ((int) (hash >>> 40) & entries.length / ENTRY_LONGS - 1) * ENTRY_LONGS;
    }

    private boolean isOf(int entry, long before, EventRecord event) {
        int length = event.attributesLength();
        return entries[entry + BEFORE] == before
                && (int) (entries[entry + REF_AND_LENGTH] >>> 32) == length
                && hasBytes(entry + BYTES, event.buffer(), event.attributesOffset(), length);
    }

    private boolean hasBytes(int from, DirectBuffer buffer, int offset, int length) {
        Words.check(buffer, offset, length);
        int words = length / Long.BYTES;
        return entries[from + words] == lastWord(buffer, offset, offset + length)
                && Words.areAt(buffer, offset, entries, from, words);
    }

    /** The last bytes, less than eight. Those before them are part of the same record. */
    private static long lastWord(DirectBuffer buffer, int offset, int end) {
        int left = end - offset & Long.BYTES - 1;
        return left == 0 ? 0 : Words.at(buffer, end - Long.BYTES) >>> (Long.BYTES - left) * Byte.SIZE;
    }
}
