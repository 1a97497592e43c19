package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.EventJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleEventJournalTest {
    @TempDir
    Path path;

    private DataFolder folder;

    @BeforeEach
    void openFolder() {
        folder = DataFolder.open(path);
    }

    @AfterEach
    void closeFolder() {
        folder.close();
    }

    @Test
    void shouldReplayNothingFromANewFolder() {
        try (EventJournal journal = ChronicleEventJournal.open(folder)) {
            assertThat(Records.replay(journal)).isEmpty();
        }
    }

    @Test
    void shouldReplayRecordsInOrderWithPositionsFromZero() {
        List<String> expected = new ArrayList<>();
        try (EventJournal journal = ChronicleEventJournal.open(folder)) {
            for (int batch = 0; batch < 600; batch++) {
                for (int i = 0; i < batch % 7; i++) {
                    expected.add("INC" + batch + "-" + i);
                    Records.appendEvent(journal, "INC" + batch + "-" + i);
                }
                journal.commit();
            }
            assertThat(Records.replay(journal)).isEqualTo(expected);
        }
        assertThat(reopened()).isEqualTo(expected);
    }

    @Test
    void shouldGoOnAfterARestart() {
        List<String> expected = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            try (EventJournal journal = ChronicleEventJournal.open(folder)) {
                assertThat(Records.replay(journal)).isEqualTo(expected);
                for (int i = 0; i < 3; i++) {
                    Records.appendEvent(journal, "run" + run + "-" + i);
                    expected.add("run" + run + "-" + i);
                }
                journal.commit();
            }
        }
        assertThat(reopened()).isEqualTo(expected);
    }

    @Test
    void shouldKeepOnlyWhatWasCommitted() {
        try (EventJournal journal = ChronicleEventJournal.open(folder)) {
            Records.appendEvent(journal, "kept");
            journal.commit();
            journal.commit();
            Records.appendEvent(journal, "given up");
        }
        assertThat(reopened()).containsExactly("kept");
    }

    @Test
    void shouldKeepRecordsOfAMegabyteAmongSmallOnes() {
        String policy = "x".repeat(1_100_000);
        try (EventJournal journal = ChronicleEventJournal.open(folder)) {
            Records.appendEvent(journal, "before");
            Records.appendPolicy(journal, policy);
            Records.appendEvent(journal, "after");
            journal.commit();
        }
        assertThat(reopened()).containsExactly("before", policy, "after");
    }

    @Test
    void shouldWriteABatchThatOutgrowsOneDocumentInSeveral() {
        List<String> texts =
                IntStream.range(0, 20).mapToObj(i -> i + "x".repeat(1_000_000)).toList();
        try (EventJournal journal = ChronicleEventJournal.open(folder)) {
            texts.forEach(text -> Records.appendPolicy(journal, text));
            journal.commit();
        }
        assertThat(reopened()).isEqualTo(texts);
    }

    @Test
    void shouldReadPastTheEndOfABlock() {
        List<String> texts =
                IntStream.range(0, 70).mapToObj(i -> i + "y".repeat(4_000_000)).toList();
        try (EventJournal journal = ChronicleEventJournal.open(folder)) {
            for (String text : texts) {
                Records.appendPolicy(journal, text);
                journal.commit();
            }
            assertThat(Records.replay(journal)).isEqualTo(texts);
        }
    }

    @Test
    void shouldRefuseARecordThatIsTooLongOrNotAsLongAsItSays() {
        EventRecordWriter writer = new EventRecordWriter().policy("x".repeat(ChronicleEventJournal.MAX_RECORD_LENGTH));
        try (EventJournal journal = ChronicleEventJournal.open(folder)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> journal.append(writer.buffer(), 0, writer.length()))
                    .withMessage("record of 8388612 bytes, allowed are 8 to 8388584");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> journal.append(writer.buffer(), 0, 100))
                    .withMessage("record of 100 bytes says in its header that it has 8388612");
        }
        assertThat(reopened()).isEmpty();
    }

    @Test
    void shouldBeWrittenByAnotherThreadThanTheOneThatOpened() throws InterruptedException {
        try (EventJournal journal = ChronicleEventJournal.open(folder)) {
            Records.appendEvent(journal, "first");
            journal.commit();
            Thread core = new Thread(() -> {
                Records.appendEvent(journal, "second");
                journal.commit();
            });
            core.start();
            core.join();
            assertThat(Records.replay(journal)).containsExactly("first", "second");
        }
    }

    private List<String> reopened() {
        try (EventJournal journal = ChronicleEventJournal.open(folder)) {
            return Records.replay(journal);
        }
    }
}
