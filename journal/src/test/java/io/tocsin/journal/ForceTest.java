package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.pipeline.EventJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.SetTimeProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals are forced by another thread than the one that writes. */
class ForceTest {
    private static final long DEADLINE_S = 60;
    private static final int DAYS = 5;
    private static final int A_DAY = 2_000;

    @TempDir
    Path path;

    private final SetTimeProvider clock = new SetTimeProvider(Instant.parse("2026-11-22T12:00:00Z"));
    private final AtomicBoolean done = new AtomicBoolean();
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
    void shouldForceEventsWhileTheyAreWrittenOverSeveralDays() throws Exception {
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            journal.force();
            CompletableFuture<Integer> forcing = forceUntilDone(journal::force);
            for (int i = 0; i < DAYS * A_DAY; i++) {
                Records.appendEvent(journal, "INC" + i);
                journal.commit();
                clock.advanceMillis(i % A_DAY == 0 ? Duration.ofDays(1).toMillis() : 0);
            }
            done.set(true);
            assertThat(forcing.get(DEADLINE_S, TimeUnit.SECONDS)).isPositive();
            journal.force();
            assertThat(Records.replay(journal)).hasSize(DAYS * A_DAY);
        }
    }

    @Test
    void shouldForceAlertsWhileTheyAreWrittenOverSeveralDays() throws Exception {
        try (ChronicleAlertJournal journal = ChronicleAlertJournal.open(folder, clock)) {
            journal.force();
            CompletableFuture<Integer> forcing = forceUntilDone(journal::force);
            for (int i = 1; i <= DAYS * A_DAY; i++) {
                Records.appendAlert(journal, i);
                clock.advanceMillis(i % A_DAY == 0 ? Duration.ofDays(1).toMillis() : 0);
            }
            done.set(true);
            assertThat(forcing.get(DEADLINE_S, TimeUnit.SECONDS)).isPositive();
            journal.force();
            assertThat(Records.read(journal, 0, Integer.MAX_VALUE)).hasSize(DAYS * A_DAY);
        }
    }

    @Test
    void shouldForceWhatRunsBeforeHaveWritten() {
        for (int run = 0; run < 3; run++) {
            try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
                journal.force();
                Records.appendEvent(journal, "INC" + run);
                journal.commit();
            }
        }
        assertThat(Records.replay(ChronicleEventJournal.readOnly(path))).hasSize(3);
    }

    @Test
    void shouldKeepOnlyTheNewestFileOpen() throws IOException {
        Path run = Files.createDirectories(path.resolve("files/000001"));
        Path first = Files.writeString(run.resolve("1.cq4"), "1");
        Path second = Files.writeString(run.resolve("2.cq4"), "2");
        Path third = Files.writeString(run.resolve("3.cq4"), "3");
        try (DeviceForce device =
                new DeviceForce(path.resolve("files"), List.of(first, run.resolve("0.cq4"), second))) {
            assertThat(openFiles(run)).isEmpty();
            device.force();
            assertThat(openFiles(run)).containsExactly("2.cq4");
            Files.delete(second);
            device.add(third);
            device.force();
            device.force();
            assertThat(openFiles(run)).containsExactly("3.cq4");
        }
        assertThat(openFiles(run)).isEmpty();
    }

    private CompletableFuture<Integer> forceUntilDone(Runnable force) {
        return CompletableFuture.supplyAsync(() -> {
            int count = 0;
            do {
                force.run();
                count++;
            } while (!done.get());
            return count;
        });
    }

    /** The files of a folder that this process has open. */
    private static List<String> openFiles(Path folder) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(Files::isSymbolicLink)
                    .map(ForceTest::target)
                    .filter(target -> target.startsWith(folder.toString()) && target.endsWith(".cq4"))
                    .map(target -> folder.relativize(Path.of(target)).toString())
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // Closed since it was listed, as the listing's own.
        }
    }
}
