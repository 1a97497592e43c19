package io.tocsin.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tocsin.engine.pipeline.EventJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.openhft.chronicle.core.time.SetTimeProvider;
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
                            "events in " + folder.events() + ": the document at byte \\d+ of 000001/20261122F.cq4, of"
                                    + " position 2, is damaged: its checksum is [0-9a-f]{8}, its bytes give [0-9a-f]{8};"
                                    + " put back the folder from a copy");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> Records.replay(ChronicleEventJournal.readOnly(path)))
                .withMessageContaining("of position 2");
    }

    @Test
    void shouldNoticeAChangedByteInTheLastEventBeforeAnythingIsWritten() throws IOException {
        commitEach("a0", "a1", "a2");
        flip(folder.events(), "a2");
        assertThatIllegalStateException()
                .isThrownBy(() -> ChronicleEventJournal.open(folder, clock))
                .withMessageContaining("of position 2")
                .withMessageContaining("is damaged: its checksum is");
    }

    @Test
    void shouldNoticeThatAFileIsMissing() throws IOException {
        commitEach("a0");
        clock.advanceMillis(Duration.ofDays(1).toMillis());
        commitEach("a1");
        clock.advanceMillis(Duration.ofDays(1).toMillis());
        commitEach("a2");
        Files.delete(folder.events().resolve("000002/20261123F.cq4"));
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Records.replay(journal))
                    .withMessageContaining(
                            "000003/20261124F.cq4 begins with position 2, expected 1: a file is missing");
        }
    }

    @Test
    void shouldNoticeThatReadingStopsTooEarly() throws IOException {
        commitEach("a0", "a1", "a2");
        Path file = onlyFile(folder.events());
        overwrite(file, documentOf(Files.readAllBytes(file), "a1") - 4, 0); // As if nothing had been written there.
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Records.replay(journal))
                    .withMessageContaining(
                            "of position 1, is damaged: nothing is there, but the file says that its last");
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
                        .withMessageContaining("alerts in " + folder.alerts() + ": the file 000001/20261122F.cq4 has a")
                        .withMessageContaining("damaged document at byte")
                        .withMessageContaining("that of alert 3");
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
                .withMessageContaining("that of alert 3");
    }

    @Test
    void shouldPassOverABatchThatWasNeverFinished() throws IOException {
        commitEach("a0", "a1");
        tearTheEnd(folder.events());
        commitEach("a2", "a3");
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            assertThat(Records.replay(journal)).containsExactly("a0", "a1", "a2", "a3");
        }
        assertThat(Records.replay(ChronicleEventJournal.readOnly(path))).hasSize(4);
    }

    @Test
    void shouldPassOverAnAlertThatWasNeverFinished() throws IOException {
        appendAlerts(1, 3);
        tearTheEnd(folder.alerts());
        try (ChronicleAlertJournal journal = ChronicleAlertJournal.open(folder, clock)) {
            assertThat(journal.lastSeq()).isEqualTo(3);
            Records.appendAlert(journal, 4);
            assertThat(Records.read(journal, 0, 9)).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    /** As a process leaves it that died before the file was ready. */
    @Test
    void shouldPassOverAFileThatWasOnlyBegun() throws IOException {
        commitEach("a0", "a1");
        byte[] content = Files.readAllBytes(onlyFile(folder.events()));
        Path begun = Files.createDirectories(folder.events().resolve("000002")).resolve("20261122F.cq4");
        Files.write(begun, Arrays.copyOf(content, 60_000));
        overwrite(begun, 0, 0xc000_0000);
        assertThat(Records.replay(ChronicleEventJournal.readOnly(path))).containsExactly("a0", "a1");
        Files.write(
                begun, Arrays.copyOf(Arrays.copyOf(content, 200), 80_000)); // The header alone, which knows of nothing.
        overwrite(begun, 64, 0);
        overwrite(begun, 152, 0);
        assertThat(Records.replay(ChronicleEventJournal.readOnly(path))).containsExactly("a0", "a1");
        commitEach("a2");
        assertThat(Records.replay(ChronicleEventJournal.readOnly(path))).containsExactly("a0", "a1", "a2");
        Files.write(begun, content);
        overwrite(begun, 0, 0xc000_0000);
        assertThatIllegalStateException()
                .isThrownBy(() -> Records.replay(ChronicleEventJournal.readOnly(path)))
                .withMessageContaining("000002/20261122F.cq4, of position 2, is damaged: the file's header gives");
    }

    /** What a process leaves that dies while it writes: the bytes of a document, and no word before them. */
    private void tearTheEnd(Path queueFolder) throws IOException {
        Path path = onlyFile(queueFolder);
        ByteBuffer torn = ByteBuffer.allocate(40_000);
        while (torn.hasRemaining()) {
            torn.putInt(0x0101_0101); // Would do as a document's word, too.
        }
        try (QueueFile file = new QueueFile(path);
                FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(torn.flip(), file.behind(file.lastDocument()) + Integer.BYTES);
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

    private static Path onlyFile(Path queueFolder) {
        List<Path> files = QueueFolder.files(queueFolder);
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    private static int documentOf(byte[] content, String ticket) {
        int recordOffset = indexOf(content, ticket) - 32;
        return recordOffset - 24;
    }

    private static void overwrite(Path file, int offset, int value) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(
                    ByteBuffer.allocate(Integer.BYTES).order(LITTLE_ENDIAN).putInt(0, value), offset);
        }
    }

    private static int indexOf(byte[] content, String text) {
        int found = new String(content, StandardCharsets.ISO_8859_1).indexOf(text);
        assertThat(found).isPositive();
        return found;
    }
}
