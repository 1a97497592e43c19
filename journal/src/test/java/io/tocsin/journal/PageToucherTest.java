package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.pipeline.EventJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.openhft.chronicle.core.time.SetTimeProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The room that a journal's files take on the disk is ahead of what is in them, and by how much. */
class PageToucherTest {
    private static final long KIB = 1 << 10;
    /** What Chronicle puts in front of the first document, and here and there. */
    private static final long OWN_KIB = 200;

    private static final long LEAST_KIB = TouchDistance.LEAST / KIB;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path path;

    private final SetTimeProvider clock = new SetTimeProvider(Instant.parse("2026-11-22T12:00:00Z"));
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
    void shouldTouchAheadOfTheFirstEventAlreadyButNotFar() throws Exception {
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            append(journal, 1);
            awaitUsed(file(0), LEAST_KIB);
        }
        assertThat(usedKiB(file(0))).isLessThan(LEAST_KIB + OWN_KIB);
    }

    @Test
    void shouldStayAheadOfWhoWritesMuch() throws Exception {
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            append(journal, 200_000);
            long writtenKiB = lastDocument(file(0)) / KIB;
            awaitUsed(file(0), writtenKiB + LEAST_KIB / 2);
            assertThat(usedKiB(file(0))).isLessThan(writtenKiB + OWN_KIB + TouchDistance.MOST / KIB);
            assertThat(Records.replay(journal)).hasSize(200_000);
        }
    }

    @Test
    void shouldFollowIntoTheNextFile() throws Exception {
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            append(journal, 1);
            awaitUsed(file(0), LEAST_KIB);
            clock.advanceMillis(Duration.ofDays(1).toMillis());
            append(journal, 1);
            awaitUsed(file(1), LEAST_KIB);
        }
    }

    /** A thread that failed would not stay. */
    @Test
    void shouldStayAsLongAsTheJournalAndEndWithIt() {
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            append(journal, 100_000);
            assertThat(touchers()).hasSize(1);
        }
        assertThat(touchers()).isEmpty();
    }

    private static List<Thread> touchers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("tocsin-touch-events"))
                .toList();
    }

    /** Commits events, one by one. */
    private static void append(EventJournal journal, int count) {
        for (int i = 0; i < count; i++) {
            Records.appendEvent(journal, "INC" + i);
            journal.commit();
        }
    }

    private Path file(int i) {
        return QueueFolder.files(folder.events()).get(i);
    }

    private static long lastDocument(Path path) throws IOException {
        try (QueueFile file = new QueueFile(path)) {
            return file.lastDocument();
        }
    }

    private static void awaitUsed(Path file, long leastKiB) throws IOException {
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (usedKiB(file) < leastKiB) {
            assertThat(System.nanoTime())
                    .as("%s takes %d KiB, %d are expected", file, usedKiB(file), leastKiB)
                    .isLessThan(deadlineNs);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** What the file takes on the disk: it has holes. */
    private static long usedKiB(Path file) throws IOException {
        Process du = new ProcessBuilder("du", "-k", file.toString()).start();
        String answer = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Long.parseLong(answer.substring(0, answer.indexOf('\t')));
    }
}
