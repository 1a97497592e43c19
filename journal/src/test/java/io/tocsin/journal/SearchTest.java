package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.EventJournal;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where reading begins in a journal with more documents than fit in one of Chronicle's lists of offsets. */
class SearchTest {
    private static final int COUNT = 1_100_000;

    @TempDir
    Path path;

    private DataFolder folder;

    @BeforeEach
    void write() {
        folder = DataFolder.open(path);
        EventRecordWriter record = new EventRecordWriter().begin(1, "INC1", "opened", "");
        try (EventJournal journal = ChronicleEventJournal.open(folder)) {
            for (int i = 0; i < COUNT; i++) {
                journal.append(record.buffer(), 0, record.length());
                journal.commit();
            }
        }
    }

    @AfterEach
    void closeFolder() {
        folder.close();
    }

    @Test
    void shouldBeginCloseBeforeTheWantedPosition() {
        EventSearch search = new EventSearch(QueueFolder.files(folder.events()), 0);
        for (long position = 1; position < COUNT; position += 9_973) {
            long found = search.before(position).position();
            assertThat(found).isBetween(position - QueueFile.LIST_SPACING, position - 1);
        }
        assertThat(search.before(0).position()).isZero();
        assertThat(search.before(COUNT - 1).position()).isGreaterThan(COUNT - QueueFile.LIST_SPACING - 2);
        assertThat(search.before(COUNT).position()).isEqualTo(COUNT - 1);
    }

    @Test
    void shouldReplayTheTail() {
        AtomicLong next = new AtomicLong(COUNT - 1_000);
        long end = ChronicleEventJournal.readOnly(path)
                .replay(
                        COUNT - 1_000,
                        (buffer, offset, length, position) ->
                                assertThat(position).isEqualTo(next.getAndIncrement()));
        assertThat(end).isEqualTo(COUNT);
        assertThat(next).hasValue(COUNT);
    }
}
