package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tocsin.engine.pipeline.EventJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.core.time.SetTimeProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are given up because a snapshot stands in for them. */
class RetentionTest {
    private static final int A_DAY = 700;
    private static final long NO_LIMIT = Long.MAX_VALUE;

    @TempDir
    Path path;

    private final SetTimeProvider clock = new SetTimeProvider(Instant.parse("2026-11-22T12:00:00Z"));
    private final SortedMap<Long, String> written = new TreeMap<>();
    private DataFolder folder;
    private ChronicleEventJournal journal;

    @BeforeEach
    void open() {
        folder = DataFolder.open(path);
        journal = ChronicleEventJournal.open(folder, clock);
    }

    @AfterEach
    void close() {
        journal.close();
        folder.close();
    }

    @Test
    void shouldGiveUpNothingByItself() {
        writeDays(3);
        assertThat(journal.firstPosition()).isZero();
        journal.giveUpBefore(0, NO_LIMIT);
        journal.giveUpBefore(A_DAY - 1, NO_LIMIT);
        assertThat(files()).hasSize(3);
        checkEverywhere(0);
    }

    @Test
    void shouldGiveUpFilesAllOfWhoseRecordsLieBefore() {
        writeDays(4);
        journal.giveUpBefore(2 * A_DAY + 5, NO_LIMIT);
        assertThat(files()).containsExactly("20261124F.cq4", "20261125F.cq4");
        checkEverywhere(2 * A_DAY);
        assertThat(path.resolve("given_up")).hasContent("1400");
        writeDays(2);
        checkEverywhere(2 * A_DAY);
        journal.giveUpBefore(4 * A_DAY, NO_LIMIT);
        checkEverywhere(4 * A_DAY);
        reopen();
        checkEverywhere(4 * A_DAY);
        writeDays(1);
        checkEverywhere(4 * A_DAY);
    }

    @Test
    void shouldKeepTheNewestFile() {
        writeDays(3);
        journal.giveUpBefore(3 * A_DAY, NO_LIMIT);
        assertThat(files()).containsExactly("20261124F.cq4");
        checkEverywhere(2 * A_DAY);
        reopen();
        journal.giveUpBefore(Long.MAX_VALUE, NO_LIMIT);
        assertThat(files()).containsExactly("20261124F.cq4");
        writeDays(1);
        checkEverywhere(2 * A_DAY);
    }

    @Test
    void shouldKeepWhatArrivedSince() {
        writeDays(3);
        long dayNs = Duration.ofDays(1).toNanos();
        journal.giveUpBefore(3 * A_DAY, nowNs() - 3 * dayNs);
        checkEverywhere(0);
        journal.giveUpBefore(3 * A_DAY, nowNs() - 2 * dayNs);
        checkEverywhere(A_DAY);
    }

    @Test
    void shouldGiveUpWholeRuns() {
        for (int run = 0; run < 3; run++) {
            writeDays(2);
            reopen();
        }
        journal.giveUpBefore(5 * A_DAY, NO_LIMIT);
        checkEverywhere(5 * A_DAY);
        assertThat(folder.events().resolve("000001")).doesNotExist();
        assertThat(folder.events().resolve("000002")).doesNotExist();
        assertThat(folder.events().resolve("000003")).exists();
    }

    @Test
    void shouldSayWhichPositionsWereGivenUp() {
        writeDays(3);
        journal.giveUpBefore(2 * A_DAY, NO_LIMIT);
        for (EventJournal each : List.of(journal, ChronicleEventJournal.readOnly(path))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Records.replayFrom(each, 5))
                    .withMessage("events in " + folder.events() + ": positions 5 to 1399 were given up: replay from"
                            + " position 1400, or put back the folder from a copy");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> Records.replayFrom(journal, 3 * A_DAY + 1))
                .withMessageContaining(
                        "nothing is known of position 2101, the journal ends at position 2100: put back the folder");
    }

    @Test
    void shouldTellAFileThatWasGivenUpFromOneThatIsMissing() throws Exception {
        writeDays(3);
        journal.giveUpBefore(A_DAY, NO_LIMIT);
        Files.delete(QueueFolder.files(folder.events()).get(0));
        assertThatIllegalStateException()
                .isThrownBy(() -> Records.replayFrom(ChronicleEventJournal.readOnly(path), A_DAY))
                .withMessageContaining("begins with position 1400, expected 700: a file is missing");
    }

    @Test
    void shouldLetAReaderThatWasBehindKnow() {
        writeDays(3);
        EventJournal reader = ChronicleEventJournal.readOnly(path);
        assertThatIllegalStateException()
                .isThrownBy(() -> reader.replay(0, (buffer, offset, length, position) -> {
                    if (position == 0) {
                        journal.giveUpBefore(2 * A_DAY, NO_LIMIT);
                    }
                }))
                .withMessageContaining("20261123F.cq4 was given up while it was being read: start again");
        assertThat(Records.replayFrom(reader, reader.firstPosition())).isEqualTo(written.tailMap(2L * A_DAY));
    }

    @Test
    void shouldForceWhatIsLeft() {
        writeDays(2);
        journal.giveUpBefore(A_DAY, NO_LIMIT);
        journal.force();
        writeDays(1);
        journal.force();
        checkEverywhere(A_DAY);
    }

    private void checkEverywhere(long first) {
        for (EventJournal each : List.of(journal, ChronicleEventJournal.readOnly(path))) {
            assertThat(each.firstPosition()).isEqualTo(first);
            assertThat(each.endPosition()).isEqualTo(written.size());
            for (long from = first; from <= written.size(); from += 61) {
                assertThat(Records.replayFrom(each, from)).isEqualTo(written.tailMap(from));
            }
        }
    }

    private void writeDays(int days) {
        for (int day = 0; day < days; day++) {
            for (int i = 0; i < A_DAY; i++) {
                String ticket = "INC" + written.size();
                Records.appendEvent(journal, ticket, nowNs());
                written.put((long) written.size(), ticket);
                if (i % 5 < 2) {
                    journal.commit();
                }
            }
            journal.commit();
            clock.advanceMillis(Duration.ofDays(1).toMillis());
        }
    }

    private long nowNs() {
        return TimeUnit.MILLISECONDS.toNanos(clock.currentTimeMillis());
    }

    private void reopen() {
        journal.close();
        journal = ChronicleEventJournal.open(folder, clock);
    }

    private List<String> files() {
        return QueueFolder.files(folder.events()).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }
}
