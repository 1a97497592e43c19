package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertRecordWriter;
import io.tocsin.engine.ticket.Attributes;

/**
 * Writes attributes into alerts. Tickets share blocks of them, so the bytes that a block came to are kept for the next alert:
 * one copy instead of one for each name and value, which is a fifth of what a breach costs. Only a shortcut: what is not kept
 * is written anew, and the bytes are the same.
 *
 * <p>The core's thread. Keeps up to {@value #ENTRIES} blocks of up to {@value #MOST_BYTES} bytes, in arrays that grow to the
 * largest they held; otherwise nothing is allocated.
 */
final class EncodedAttributes {
    private static final int ENTRIES = 1 << 12;
    private static final int MOST_BYTES = 1 << 10;

    private final Attributes attributes;
    /** By the lowest bits of a block's serial, which are given in turn: blocks that live at a time seldom meet. */
    private final long[] serials = new long[ENTRIES];

    private final byte[][] bytes = new byte[ENTRIES][];
    private final int[] lengths = new int[ENTRIES];

    EncodedAttributes(Attributes attributes) {
        this.attributes = attributes;
    }

    /** Writes the attributes of a block as the last part of an alert. */
    void write(int ref, AlertRecordWriter writer) {
        int count = attributes.count(ref);
        if (count == 0) {
            return;
        }
        long serial = attributes.serial(ref);
        int entry = (int) serial & ENTRIES - 1;
        if (serials[entry] == serial) {
            writer.attributes(bytes[entry], lengths[entry], count);
            return;
        }
        int begin = writer.position();
        writeEach(ref, count, writer);
        keep(entry, serial, begin, writer);
    }

    private void writeEach(int ref, int count, AlertRecordWriter writer) {
        for (int i = 0; i < count; i++) {
            int name = attributes.nameAt(ref, i);
            int value = attributes.valueAt(ref, i);
            writer.attribute(
                    attributes.valueKind(value),
                    attributes.buffer(name),
                    attributes.offset(name),
                    attributes.length(name),
                    attributes.buffer(value),
                    attributes.offset(value),
                    attributes.length(value));
        }
    }

    private void keep(int entry, long serial, int begin, AlertRecordWriter writer) {
        int length = writer.position() - begin;
        if (length > MOST_BYTES) {
            return;
        }
        if (bytes[entry] == null || length > bytes[entry].length) {
            bytes[entry] = new byte[length];
        }
        writer.buffer().getBytes(begin, bytes[entry], 0, length);
        lengths[entry] = length;
        serials[entry] = serial;
    }
}
