package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.pipeline.EventJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.openhft.chronicle.core.time.SetTimeProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the journals at midnight. */
class RollTest {
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    @TempDir
    Path path;

    private final SetTimeProvider clock = new SetTimeProvider(Instant.parse("2026-11-22T23:59:59Z"));
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
    void shouldReadEventsOfSeveralDaysInOrder() {
        List<String> expected = new ArrayList<>();
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            for (int day : new int[] {1, 1, 3, 1}) { // The second day, the third, none on the next two, the sixth, ...
                appendThree(journal, expected);
                clock.advanceMillis(day * DAY_MS);
            }
            appendThree(journal, expected);
            assertThat(Records.replay(journal)).isEqualTo(expected);
        }
        assertThat(names(folder.events()))
                .containsExactly(
                        "000001/20261122F.cq4",
                        "000001/20261123F.cq4",
                        "000001/20261124F.cq4",
                        "000001/20261127F.cq4",
                        "000001/20261128F.cq4");
        assertThat(Records.replay(ChronicleEventJournal.readOnly(path))).isEqualTo(expected);
        clock.advanceMillis(10 * DAY_MS);
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            appendThree(journal, expected);
            assertThat(Records.replay(journal)).isEqualTo(expected);
        }
    }

    @Test
    void shouldNotGoBackToYesterdaysFileWhenTheClockIsSetBack() {
        List<String> expected = new ArrayList<>();
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            appendThree(journal, expected);
            clock.advanceMillis(DAY_MS);
            appendThree(journal, expected);
            clock.advanceMillis(-2 * DAY_MS);
            appendThree(journal, expected);
        }
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            appendThree(journal, expected);
            assertThat(Records.replay(journal)).isEqualTo(expected);
        }
        assertThat(names(folder.events()))
                .containsExactly("000001/20261122F.cq4", "000001/20261123F.cq4", "000002/20261121F.cq4");
    }

    @Test
    void shouldFindAlertsOfSeveralDaysByTheirNumber() {
        try (ChronicleAlertJournal journal = ChronicleAlertJournal.open(folder, clock)) {
            for (long seq = 1; seq <= 50; seq++) {
                Records.appendAlert(journal, seq);
                if (seq % 10 == 0) {
                    clock.advanceMillis(seq * DAY_MS / 10);
                }
            }
            checkAlerts(journal);
        }
        try (ChronicleAlertJournal journal = ChronicleAlertJournal.open(folder, clock)) {
            checkAlerts(journal);
            Records.appendAlert(journal, 51);
            assertThat(Records.read(journal, 49, 10)).containsExactly(50L, 51L);
        }
    }

    @Test
    void shouldKeepReadingAlertsOverMidnight() {
        try (ChronicleAlertJournal journal = ChronicleAlertJournal.open(folder, clock)) {
            for (long seq = 1; seq <= 40; seq++) {
                Records.appendAlert(journal, seq);
                assertThat(Records.read(journal, seq - 1, 10)).containsExactly(seq);
                clock.advanceMillis(DAY_MS / 4);
            }
        }
    }

    private static void checkAlerts(ChronicleAlertJournal journal) {
        assertThat(journal.lastSeq()).isEqualTo(50);
        for (long after = 0; after <= 50; after++) {
            assertThat(Records.read(journal, after, 100))
                    .isEqualTo(LongStream.rangeClosed(after + 1, 50).boxed().toList());
        }
    }

    private static void appendThree(EventJournal journal, List<String> expected) {
        for (int i = 0; i < 3; i++) {
            String ticket = "INC" + expected.size();
            Records.appendEvent(journal, ticket);
            expected.add(ticket);
        }
        journal.commit();
    }

    private static List<String> names(Path events) {
        return QueueFolder.files(events).stream()
                .map(file -> events.relativize(file).toString())
                .toList();
    }
}
