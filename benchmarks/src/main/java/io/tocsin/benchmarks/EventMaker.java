package io.tocsin.benchmarks;

import io.tocsin.benchmarks.peer.TicketStream;
import io.tocsin.engine.event.EventRecord;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes the records of tickets' events without allocating: each is copied from a template, one of the {@link Openings} for
 * one that opens a ticket, then the ticket's id, the event's key and its time are filled in. Types are numbered as in
 * {@link TicketStream}.
 */
final class EventMaker {
    private static final String KEY = Openings.KEY;

    /** So many events stand as they were made, as they would in the slots of a ring, until their buffers are used again. */
    static final int STANDING = 64;

    private static final int MOST_BYTES = 512;

    private final Openings openings;
    private final MutableDirectBuffer[] templates;
    private final boolean keys;
    private final MutableDirectBuffer[] events = new MutableDirectBuffer[STANDING];
    private final EventRecord record = new EventRecord();
    private int made;

    EventMaker(Openings openings, boolean keys) {
        this.openings = openings;
        this.keys = keys;
        templates = new MutableDirectBuffer[] {template("opened"), template("responded"), template("resolved")};
        Arrays.setAll(events, i -> new UnsafeBuffer(new byte[MOST_BYTES]));
    }

    /** An event of a ticket. The record is the same one each time, its bytes stand for {@value #STANDING} events. */
    EventRecord make(long ticket, int type, long atNs) {
        MutableDirectBuffer template = type == TicketStream.OPENED ? openings.of(ticket) : templates[type];
        MutableDirectBuffer event = events[made & STANDING - 1];
        Openings.fill(record, event, template, ticket);
        if (keys) {
            Openings.number(event, record.idOffset() + KEY.length(), made);
        }
        record.stamp(atNs);
        made++;
        return record;
    }

    private MutableDirectBuffer template(String type) {
        return Openings.copyOf(Openings.begin(type, keys));
    }
}
