package io.tocsin.benchmarks;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * {@value #COUNT} records of tickets that are opened, with eight attributes each, made beforehand so that making an event
 * allocates nothing: it is a copy of one of them with the ticket's id and the event's key filled in.
 */
final class Openings {
    static final String[] PRIORITIES = {"urgent", "high", "normal", "low"};
    static final int DIGITS = 13;
    /** A ticket's id, its number still to be filled in behind the first three characters. */
    static final String TICKET = "INC" + "0".repeat(DIGITS);
    /** An event's key, likewise. */
    static final String KEY = "evt" + "0".repeat(DIGITS);

    private static final int COUNT_BITS = 12;
    static final int COUNT = 1 << COUNT_BITS;

    private static final int TEN_THOUSAND = 10_000;
    /** The ASCII of each number of four digits, the first in the lowest byte. */
    private static final int[] FOUR_DIGITS =
            IntStream.range(0, TEN_THOUSAND).map(Openings::fourDigits).toArray();

    private final MutableDirectBuffer[] openings = new MutableDirectBuffer[COUNT];

    Openings(boolean keys, SplittableRandom random) {
        for (int i = 0; i < COUNT; i++) {
            openings[i] = opening(i, keys, random);
        }
    }

    /** The record to copy for a ticket. */
    MutableDirectBuffer of(long ticket) {
        return openings[indexOf(ticket)];
    }

    /** One of all, from 0. */
    MutableDirectBuffer at(int index) {
        return openings[index];
    }

    /** The place of a ticket's priority in {@link #PRIORITIES}. */
    static int priorityOf(long ticket) {
        return indexOf(ticket) % PRIORITIES.length;
    }

    /** A record of a type, without attributes. */
    static EventRecordWriter begin(String type, boolean keys) {
        return new EventRecordWriter().beginAtArrival(utf8(TICKET), utf8(type), utf8(keys ? KEY : ""));
    }

    static MutableDirectBuffer copyOf(EventRecordWriter writer) {
        MutableDirectBuffer copy = new UnsafeBuffer(new byte[writer.length()]);
        copy.putBytes(0, writer.buffer(), 0, writer.length());
        return copy;
    }

    /**
     * Copies one of them, or another record of a type, and fills a ticket's number in.
     *
     * @param record is left over the copy
     * @return how many bytes it has
     */
    static int fill(EventRecord record, MutableDirectBuffer into, MutableDirectBuffer template, long ticket) {
        into.putBytes(0, template, 0, template.capacity());
        record.wrap(into, 0);
        number(into, record.ticketOffset() + TICKET.length(), (int) ticket);
        return template.capacity();
    }

    /** Fills the last twelve digits of an id in, four at a time: what makes the events must not cost more than it has to. */
    static void number(MutableDirectBuffer into, int end, int number) {
        into.putInt(end - 4, FOUR_DIGITS[number % TEN_THOUSAND], LITTLE_ENDIAN);
        into.putInt(end - 8, FOUR_DIGITS[number / TEN_THOUSAND % TEN_THOUSAND], LITTLE_ENDIAN);
        into.putInt(end - 12, FOUR_DIGITS[number / TEN_THOUSAND / TEN_THOUSAND], LITTLE_ENDIAN);
    }

    private static int fourDigits(int number) {
        int digits = 0;
        for (int divisor = 1_000, place = 0; divisor > 0; divisor /= 10, place += Byte.SIZE) {
            digits |= ('0' + number / divisor % 10) << place;
        }
        return digits;
    }

    private static int indexOf(long ticket) {
        return (int) ((ticket * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - COUNT_BITS));
    }

    private static MutableDirectBuffer opening(int index, boolean keys, SplittableRandom random) {
        EventRecordWriter writer = begin("opened", keys);
        writer.attribute(ValueKind.STRING, "priority", PRIORITIES[index % PRIORITIES.length]);
        writer.attribute(ValueKind.STRING, "channel", "channel-" + random.nextInt(5));
        writer.attribute(ValueKind.STRING, "tier", "tier-" + random.nextInt(3));
        writer.attribute(ValueKind.STRING, "team", "team-" + random.nextInt(20));
        writer.attribute(ValueKind.STRING, "agent", "agent-" + random.nextInt(400));
        writer.attribute(ValueKind.STRING, "region", "region-" + random.nextInt(12));
        writer.attribute(ValueKind.STRING, "product", "product-" + random.nextInt(50));
        writer.attribute(ValueKind.NUMBER, "impact", Integer.toString(1 + random.nextInt(3)));
        return copyOf(writer);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
