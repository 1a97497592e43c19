package io.tocsin.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournaledPastTest {
    private static final long NOW_NS = 1_795_000_000_000_000_000L;

    @TempDir
    Path folder;

    private final List<Long> arrivalsNs = new ArrayList<>();
    private final List<Long> timesNs = new ArrayList<>();

    @Test
    void shouldJournalEveryEventAsIfItHadArrivedWhenItHappened() {
        DemoTraffic traffic = new DemoTraffic(7, NOW_NS - DemoTraffic.WARM_UP_NS);

        int taken = journal(traffic);

        assertThat(arrivalsNs).hasSize(taken).isSorted().hasSizeGreaterThan(10_000);
        assertThat(arrivalsNs).isEqualTo(timesNs);
        assertThat(arrivalsNs.get(taken - 1)).isBetween(NOW_NS - 5_000_000_000L, NOW_NS);
    }

    private int journal(DemoTraffic traffic) {
        try (DataFolder data = DataFolder.open(folder);
                EventJournal journal = ChronicleEventJournal.open(data)) {
            int taken = traffic.advance(NOW_NS, new JournaledPast(journal));
            journal.commit();
            EventRecord record = new EventRecord();
            journal.replay(0, (buffer, offset, length, position) -> {
                record.wrap(buffer, offset);
                arrivalsNs.add(record.arrivalNs());
                timesNs.add(record.atNs());
            });
            return taken;
        }
    }
}
