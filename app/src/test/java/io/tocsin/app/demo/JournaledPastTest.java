package io.tocsin.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.pipeline.EventJournal;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class JournaledPastTest {
    private static final long NOW_NS = 1_795_000_000_000_000_000L;

    @Test
    void shouldJournalEveryEventAsIfItHadArrivedWhenItHappened() {
        ArrivalsJournal journal = new ArrivalsJournal();
        DemoTraffic traffic = new DemoTraffic(7, NOW_NS - DemoTraffic.WARM_UP_NS);

        int taken = traffic.advance(NOW_NS, new JournaledPast(journal));

        assertThat(journal.arrivalsNs).hasSize(taken).isSorted().hasSizeGreaterThan(10_000);
        assertThat(journal.arrivalsNs).isEqualTo(journal.timesNs);
        assertThat(journal.arrivalsNs.get(taken - 1)).isBetween(NOW_NS - 5_000_000_000L, NOW_NS);
    }

    private static final class ArrivalsJournal implements EventJournal {
        private final List<Long> arrivalsNs = new ArrayList<>();
        private final List<Long> timesNs = new ArrayList<>();

        @Override
        public void append(DirectBuffer buffer, int offset, int length) {
            EventRecord record = new EventRecord().wrap(buffer, offset);
            arrivalsNs.add(record.arrivalNs());
            timesNs.add(record.atNs());
        }

        @Override
        public void commit() {
            throw new AssertionError("the caller commits");
        }

        @Override
        public void replay(RecordHandler handler) {
            throw new AssertionError("nothing is read back");
        }

        @Override
        public void close() {
            throw new AssertionError("the caller closes");
        }
    }
}
