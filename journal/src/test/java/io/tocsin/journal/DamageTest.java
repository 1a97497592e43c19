package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tocsin.engine.pipeline.EventJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changed bytes, missing files and documents that were never finished. */
class DamageTest {
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
    void shouldNoticeAChangedByteInTheMiddleOfTheEvents() throws IOException {
        commitEach("a0", "a1", "a2", "a3");
        flip(folder.events(), "a2");
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Records.replay(journal))
                    .withMessageMatching(
                            "events in " + folder.events() + ": the document of number 2, at index "
                                    + "[0-9a-f]{4}00000002, is damaged: its checksum is [0-9a-f]{8}, its bytes give [0-9a-f]{8}\\..*");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> Records.replay(ChronicleEventJournal.readOnly(path)))
                .withMessageContaining("the document of number 2");
    }

    @Test
    void shouldNoticeAChangedByteInTheLastEventBeforeAnythingIsWritten() throws IOException {
        commitEach("a0", "a1", "a2");
        flip(folder.events(), "a2");
        assertThatIllegalStateException()
                .isThrownBy(() -> ChronicleEventJournal.open(folder, clock))
                .withMessageContaining("the document of number 2")
                .withMessageContaining("is damaged: its checksum is");
    }

    @Test
    void shouldNoticeThatAFileIsMissing() throws IOException {
        commitEach("a0");
        clock.advanceMillis(Duration.ofDays(1).toMillis());
        commitEach("a1");
        clock.advanceMillis(Duration.ofDays(1).toMillis());
        commitEach("a2");
        Files.delete(folder.events().resolve("20261123F.cq4"));
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Records.replay(journal))
                    .withMessageContaining("begins with position 2, expected 1: a file is missing");
        }
    }

    @Test
    void shouldNoticeThatReadingStopsTooEarly() throws IOException {
        commitEach("a0", "a1", "a2");
        byte[] content = Files.readAllBytes(onlyFile(folder.events()));
        int document = documentOf(content, "a1");
        overwrite(content, document - 4, 0); // Chronicle's own header: as if nothing had been written there.
        Files.write(onlyFile(folder.events()), content);
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Records.replay(journal))
                    .withMessageContaining("reading stops after 1 records, but the last batch ends at 3");
        }
    }

    @Test
    void shouldNoticeAChangedByteInAnAlert() throws IOException {
        appendAlerts(1, 4);
        flip(folder.alerts(), "INC3/");
        try (ChronicleAlertJournal journal = ChronicleAlertJournal.open(folder, clock)) {
            assertThat(Records.read(journal, 0, 2)).containsExactly(1L, 2L);
            for (int i = 0; i < 2; i++) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> Records.read(journal, 2, 2))
                        .withMessageContaining("alerts in " + folder.alerts() + ": the document of number 3, at index ")
                        .withMessageContaining("is damaged");
            }
            assertThat(Records.read(journal, 3, 2)).containsExactly(4L);
        }
    }

    @Test
    void shouldNoticeAChangedByteInTheLastAlert() throws IOException {
        appendAlerts(1, 3);
        flip(folder.alerts(), "INC3/");
        assertThatIllegalStateException()
                .isThrownBy(() -> ChronicleAlertJournal.open(folder, clock))
                .withMessageContaining("the last document, at index ");
    }

    @Test
    void shouldPassOverABatchThatWasNeverFinished() throws IOException {
        commitEach("a0", "a1");
        try (DataFolder copy = copyInTheMiddleOfAWrite(folder.events(), "events")) {
            try (EventJournal journal = ChronicleEventJournal.open(copy, clock)) {
                assertThat(Records.replay(journal)).containsExactly("a0", "a1");
                for (int i = 2; i < 300; i++) {
                    Records.appendEvent(journal, "a" + i);
                    journal.commit();
                }
            }
            try (EventJournal journal = ChronicleEventJournal.open(copy, clock)) {
                assertThat(Records.replay(journal)).hasSize(300).endsWith("a298", "a299");
            }
        }
    }

    @Test
    void shouldEndAFileWhoseLastBatchWasNeverFinished() throws IOException {
        commitEach("a0", "a1");
        try (DataFolder copy = copyInTheMiddleOfAWrite(folder.events(), "events")) {
            clock.advanceMillis(Duration.ofDays(1).toMillis());
            try (EventJournal journal = ChronicleEventJournal.open(copy, clock)) {
                assertThat(Records.replay(journal)).containsExactly("a0", "a1");
                Records.appendEvent(journal, "a2");
                journal.commit();
                assertThat(Records.replay(journal)).containsExactly("a0", "a1", "a2");
            }
        }
    }

    @Test
    void shouldPassOverAnAlertThatWasNeverFinished() throws IOException {
        appendAlerts(1, 3);
        try (DataFolder copy = copyInTheMiddleOfAWrite(folder.alerts(), "alerts");
                ChronicleAlertJournal journal = ChronicleAlertJournal.open(copy, clock)) {
            assertThat(journal.lastSeq()).isEqualTo(3);
            Records.appendAlert(journal, 4);
            assertThat(Records.read(journal, 0, 9)).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    /**
     * What a process leaves that dies while it writes: Chronicle's lock held (by an id that is alive, since it is this
     * process), bytes written, no header.
     */
    private DataFolder copyInTheMiddleOfAWrite(Path queueFolder, String name) throws IOException {
        DataFolder copy = DataFolder.open(path.resolve("copy"));
        try (SingleChronicleQueue queue = Queues.openToWrite(queueFolder, 1 << 20, clock);
                ExcerptAppender appender = queue.createAppender();
                DocumentContext unfinished = appender.writingDocument()) {
            unfinished.wire().bytes().write(new byte[100]);
            for (int i = 0; i < 5_000; i++) {
                unfinished.wire().bytes().writeLong(0x0101_0101_0101_0101L); // Would do as a header, too.
            }
            copy(queueFolder, copy.path().resolve(name));
            unfinished.rollbackOnClose();
        }
        return copy;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private void commitEach(String... tickets) {
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            for (String ticket : tickets) {
                Records.appendEvent(journal, ticket);
                journal.commit();
            }
        }
    }

    private void appendAlerts(long firstSeq, long lastSeq) {
        try (ChronicleAlertJournal journal = ChronicleAlertJournal.open(folder, clock)) {
            for (long seq = firstSeq; seq <= lastSeq; seq++) {
                Records.appendAlert(journal, seq);
            }
        }
    }

    private static void flip(Path queueFolder, String text) throws IOException {
        Path file = onlyFile(queueFolder);
        byte[] content = Files.readAllBytes(file);
        content[indexOf(content, text)] ^= 4;
        Files.write(file, content);
    }

    private static Path onlyFile(Path queueFolder) throws IOException {
        try (Stream<Path> files = Files.list(queueFolder)) {
            List<Path> data =
                    files.filter(file -> file.toString().endsWith(".cq4")).toList();
            assertThat(data).hasSize(1);
            return data.get(0);
        }
    }

    private static int documentOf(byte[] content, String ticket) {
        int recordOffset = indexOf(content, ticket) - 32;
        return recordOffset - 24;
    }

    private static void overwrite(byte[] content, int offset, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            content[offset + i] = (byte) (value >> (8 * i));
        }
    }

    private static int indexOf(byte[] content, String text) {
        int found = new String(content, StandardCharsets.ISO_8859_1).indexOf(text);
        assertThat(found).isPositive();
        return found;
    }
}
