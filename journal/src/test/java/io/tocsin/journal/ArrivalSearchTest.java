package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.pipeline.EventJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalSearchTest {
    private static final int RUNS = 3;
    private static final int BATCHES_A_RUN = 2_000;
    private static final int BATCH = 3;
    private static final long STEP_NS = 10;

    @TempDir
    Path path;

    /** Every batch arrives 10 ns after the one before it, the first at 10 ns. */
    private void write() {
        long arrivalNs = 0;
        try (DataFolder folder = DataFolder.open(path)) {
            for (int run = 0; run < RUNS; run++) {
                try (EventJournal journal = ChronicleEventJournal.open(folder)) {
                    for (int i = 0; i < BATCHES_A_RUN; i++) {
                        arrivalNs += STEP_NS;
                        for (int j = 0; j < BATCH; j++) {
                            Records.appendEvent(journal, "T" + i, arrivalNs);
                        }
                        journal.commit();
                    }
                }
            }
        }
    }

    @Test
    void shouldFindAPlaceBeforeWhateverArrivedThen() {
        write();
        ArrivalSearch search = new ArrivalSearch(path);
        long end = (long) RUNS * BATCHES_A_RUN * BATCH;
        List<Long> early = new ArrayList<>();
        for (long batch = 0; batch < (long) RUNS * BATCHES_A_RUN; batch += 97) {
            long wanted = batch * BATCH;
            long found = search.positionBefore((batch + 1) * STEP_NS);
            assertThat(found).isBetween(0L, wanted);
            early.add(wanted - found);
        }
        assertThat(early).allMatch(records -> records <= (QueueFile.LIST_SPACING + 1) * BATCH);
        assertThat(search.positionBefore(0)).isZero();
        assertThat(search.positionBefore(Long.MAX_VALUE)).isBetween(0L, end - 1);
    }

    @Test
    void shouldBeginAtTheBeginningOfNothing() {
        DataFolder.open(path).close();

        assertThat(new ArrivalSearch(path).positionBefore(1)).isZero();
    }
}
