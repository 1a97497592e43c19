package io.tocsin.engine.pipeline;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * One place of a ring: a copy of a record, in a buffer that grows to the largest one it ever held. Written by whoever
 * claimed the slot, read by the ring's consumer; the ring's sequences hand it over.
 */
final class EventSlot {
    private static final int INITIAL_LENGTH = 256;

    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(INITIAL_LENGTH);
    private int length;
    private long mark;

    void copy(DirectBuffer source, int offset, int recordLength, long newMark) {
        buffer.putBytes(0, source, offset, recordLength);
        length = recordLength;
        mark = newMark;
    }

    void clear() {
        length = 0;
    }

    boolean isEmpty() {
        return length == 0;
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    /** What goes with it: of an event when it was offered, in nanoseconds; of an alert the place of the last event before it. */
    long mark() {
        return mark;
    }
}
