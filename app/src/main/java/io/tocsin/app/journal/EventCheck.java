package io.tocsin.app.journal;

import io.tocsin.engine.event.EventRecord;
import org.agrona.DirectBuffer;

/** Whether a journaled record is well-formed: the layout of {@link EventRecord}, field by field. One thread. */
final class EventCheck {
    private static final int SHORTEST = 28;
    private static final int EVENT_HEADER_LENGTH = 32;
    private static final int TICKET_LENGTH = 24;
    private static final int TYPE_LENGTH = 26;
    private static final int ID_LENGTH = 28;
    private static final int ATTRIBUTE_COUNT = 30;
    private static final int POLICY_HEADER_LENGTH = 28;
    private static final int POLICY_LENGTH = 24;
    private static final int SLICE_LENGTH = 32;

    private final EventRecord record = new EventRecord();
    private final FieldWalk walk = new FieldWalk();

    /**
     * Checks one record and gives it to be read.
     *
     * @throws IllegalArgumentException if it is not well-formed; it says what is wrong
     */
    EventRecord check(DirectBuffer buffer, int offset, int length) {
        if (length < SHORTEST) {
            throw new IllegalArgumentException("it is " + length + " bytes long, the shortest has " + SHORTEST);
        }
        walk.begin(buffer, offset, length);
        record.wrap(buffer, offset);
        switch (record.kind()) {
            case EVENT -> event();
            case POLICY -> {
                walk.header(POLICY_HEADER_LENGTH);
                walk.text("policy", walk.integer(POLICY_LENGTH), 1, length);
            }
            case SLICE -> {
                walk.header(SLICE_LENGTH);
                if (record.firedCount() < 0) {
                    throw new IllegalArgumentException(
                            "it says that " + record.firedCount() + " timers fired; it must be 0 or more");
                }
            }
        }
        walk.end();
        return record;
    }

    private void event() {
        walk.header(EVENT_HEADER_LENGTH);
        walk.text("ticket", walk.unsignedShort(TICKET_LENGTH), 1, EventRecord.MAX_TICKET_LENGTH);
        walk.text("type", walk.unsignedShort(TYPE_LENGTH), 1, EventRecord.MAX_TYPE_LENGTH);
        walk.text("id", walk.unsignedShort(ID_LENGTH), 0, EventRecord.MAX_ID_LENGTH);
        walk.attributes(walk.unsignedShort(ATTRIBUTE_COUNT), EventRecord.MAX_ATTRIBUTES);
        if (record.isAtArrival() || record.atNs() > record.arrivalNs()) {
            throw new IllegalArgumentException("it was never stamped: its time lies behind its arrival");
        }
    }
}
