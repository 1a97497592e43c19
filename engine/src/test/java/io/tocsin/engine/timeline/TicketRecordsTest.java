package io.tocsin.engine.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import org.junit.jupiter.api.Test;

class TicketRecordsTest {
    private static final int KIND_OFFSET = 1;

    private final EventRecordWriter writer = new EventRecordWriter();
    private final TicketRecords records = new TicketRecords("T1", true, 3);

    @Test
    void shouldKeepTheRecordsOfTheTicketAndThePolicies() {
        event("T1", "");
        event("T2", "");
        event("T11", "");
        event("X1", "");
        records.offer(stamped(writer.policy("version: 1"), 7));

        assertThat(records.eventCount()).isEqualTo(1);
        assertThat(records.policyCount()).isEqualTo(1);
        assertThat(records.records()).hasSize(2);
    }

    /** Whatever newer builds write between the events is none of a ticket's. */
    @Test
    void shouldPassOverRecordsOfKindsItDoesNotKnow() {
        for (int kind = 3; kind < 128; kind++) {
            writer.begin(1, "T1", "opened", "a");
            writer.buffer().putByte(KIND_OFFSET, (byte) kind);
            records.offer(new EventRecord().wrap(writer.buffer(), 0));
        }

        assertThat(records.records()).isEmpty();
        assertThat(records.isKeyDoubtful()).isFalse();
    }

    @Test
    void shouldSayWhenAKeyMayHaveBeenForgotten() {
        event("T1", "a");
        event("T2", "b");
        event("T2", "c");
        event("T1", "a");
        assertThat(records.isKeyDoubtful()).isFalse();

        event("T2", "d");
        event("T2", "e");
        event("T2", "f");
        event("T1", "a");
        assertThat(records.isKeyDoubtful()).isTrue();
    }

    @Test
    void shouldRefuseATicketWithMoreEventsThanCanBeTold() {
        for (int i = 0; i < TicketRecords.MOST_EVENTS; i++) {
            event("T1", "");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> event("T1", ""))
                .withMessageContaining("has more than 20000 events");
    }

    private void event(String ticket, String id) {
        records.offer(stamped(writer.begin(1, ticket, "opened", id), 5));
    }

    private static EventRecord stamped(EventRecordWriter record, long arrivalNs) {
        EventRecord stamped = new EventRecord().wrap(record.buffer(), 0);
        stamped.stamp(arrivalNs);
        return stamped;
    }
}
