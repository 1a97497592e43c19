package io.tocsin.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import java.util.Map;
import java.util.SortedMap;
import net.openhft.chronicle.core.time.SetTimeProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage in the events that somebody has decided to do without. */
class SkipTest {
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
    void shouldKeepWhatIsToBeSkipped() throws IOException {
        assertThat(folder.skipped()).isEmpty();
        folder.skip(7);
        folder.skip(3);
        folder.skip(7);
        assertThat(folder.skipped()).containsExactly(3L, 7L);
        assertThat(DataFolder.skipped(path)).containsExactly(3L, 7L);
        assertThat(path.resolve("skipped")).hasContent("3\n7\n");
        assertThatIllegalArgumentException().isThrownBy(() -> folder.skip(-1));
        Files.writeString(path.resolve("skipped"), "3\nseven\n");
        assertThatIllegalStateException()
                .isThrownBy(() -> folder.skipped())
                .withMessage(path.resolve("skipped")
                        + " says \"seven\", expected a position a line: correct it, or put it back from a copy");
    }

    @Test
    void shouldLeaveOutOneRecordOfAWholeDocument() {
        run("a0 a1 a2", "a3");
        folder.skip(1);
        assertThat(replay(0)).isEqualTo(Map.of(0L, "a0", 2L, "a2", 3L, "a3"));
        assertThat(replay(1)).isEqualTo(Map.of(2L, "a2", 3L, "a3"));
        folder.skip(3);
        assertThat(replay(2)).isEqualTo(Map.of(2L, "a2"));
        run("a4");
        assertThat(replay(2)).isEqualTo(Map.of(2L, "a2", 4L, "a4"));
    }

    @Test
    void shouldGoOnBehindADamagedDocument() throws IOException {
        run("a0", "a1 a2", "a3");
        flipBit(content("a2"), 4);
        assertRefused(1);
        folder.skip(2);
        assertRefused(1);
        folder.skip(1);
        assertThat(replay(0)).isEqualTo(Map.of(0L, "a0", 3L, "a3"));
        assertThat(replay(1)).isEqualTo(Map.of(3L, "a3"));
        assertThat(replay(2)).isEqualTo(Map.of(3L, "a3"));
        assertThat(replay(3)).isEqualTo(Map.of(3L, "a3"));
    }

    @Test
    void shouldGoOnBehindADocumentWhoseLengthIsDamaged() throws IOException {
        run("a0", "a1", "a2", "a3");
        for (int bit : new int[] {0, 1, 2, 3}) {
            flipBit(word("a1") + bit, 4); // A longer or shorter one, one of megabytes, one that is not complete.
            assertRefused(1);
            flipBit(word("a1") + bit, 4);
        }
        overwrite(word("a1"), 0x8000_0000);
        assertRefused(1);
        folder.skip(1);
        assertThat(replay(0)).isEqualTo(Map.of(0L, "a0", 2L, "a2", 3L, "a3"));
        overwrite(word("a1"), 0);
        assertThat(replay(0)).isEqualTo(Map.of(0L, "a0", 2L, "a2", 3L, "a3"));
    }

    @Test
    void shouldGoOnInTheNextFileWhenTheLastDocumentOfOneIsDamaged() throws IOException {
        run("a0", "a1 a2");
        flipBit(content("a1"), 4);
        folder.skip(1);
        run("b1"); // In a file of its own, at the position that was lost.
        run("b2");
        assertThat(replay(0)).isEqualTo(Map.of(0L, "a0", 1L, "b1", 2L, "b2"));
        assertThat(replay(1)).isEqualTo(Map.of(1L, "b1", 2L, "b2"));
        assertThat(replay(2)).isEqualTo(Map.of(2L, "b2"));
        assertThat(end()).isEqualTo(3);
    }

    @Test
    void shouldGoOnWithTheSamePositionWhenTheLastDocumentIsDamaged() throws IOException {
        run("a0", "a1");
        flipBit(content("a1"), 4);
        assertThatIllegalStateException()
                .isThrownBy(() -> ChronicleEventJournal.open(folder, clock))
                .withMessageContaining("of position 1, is damaged");
        folder.skip(1);
        assertThat(end()).isEqualTo(1);
        assertThat(replay(0)).isEqualTo(Map.of(0L, "a0"));
        assertThat(replay(1)).isEmpty();
    }

    @Test
    void shouldKeepTheFileWithTheDamageAsLongAsTheRecordBehindItIsTheOldest() throws IOException {
        run("a0", "a1");
        flipBit(content("a1"), 4);
        folder.skip(1);
        run("b1");
        run("b2");
        giveUpBefore(1);
        assertThat(replay(0)).isEqualTo(Map.of(0L, "a0", 1L, "b1", 2L, "b2"));
        nextDay();
        run("b3");
        giveUpBefore(3);
        assertThat(replay(3)).isEqualTo(Map.of(3L, "b3"));
    }

    @Test
    void shouldGoOnBehindAFileThatIsMissing() throws IOException {
        run("a0");
        nextDay();
        run("a1");
        nextDay();
        run("a2");
        Files.delete(QueueFolder.files(folder.events()).get(1));
        assertThatExceptionOfType(DamagedEventsException.class)
                .isThrownBy(() -> replay(0))
                .withMessageContaining("begins with position 2, expected 1: a file is missing")
                .satisfies(e -> assertThat(e.position()).isEqualTo(1));
        folder.skip(1);
        assertThat(replay(0)).isEqualTo(Map.of(0L, "a0", 2L, "a2"));
    }

    @Test
    void shouldRefuseWhenTheOldestFileIsMissing() throws IOException {
        run("a0");
        nextDay();
        run("a1");
        Files.delete(QueueFolder.files(folder.events()).get(0));
        assertThatIllegalStateException()
                .isThrownBy(() -> replay(0))
                .withMessageContaining("begins with position 1, expected 0: a file is missing");
        assertThatIllegalStateException()
                .isThrownBy(() -> ChronicleEventJournal.open(folder, clock))
                .withMessageContaining("begins with position 1, expected 0");
        folder.skip(0);
        assertThat(replay(0)).isEqualTo(Map.of(1L, "a1"));
    }

    @Test
    void shouldGoOnBehindADamagedHeaderOfAFile() throws IOException {
        run("a0", "a1");
        flipBit(20, 1);
        assertRefused(0);
        folder.skip(0);
        assertThat(replay(0)).isEqualTo(Map.of(0L, "a0", 1L, "a1"));
    }

    private void assertRefused(long position) {
        assertThatExceptionOfType(DamagedEventsException.class)
                .isThrownBy(() -> Records.replayFrom(ChronicleEventJournal.readOnly(path), 0))
                .withMessageContaining("of position " + position + ", is damaged: ")
                .satisfies(e -> assertThat(e.position()).isEqualTo(position));
    }

    /** A journal that is read only must find the same as one that is opened to write. */
    private SortedMap<Long, String> replay(long from) {
        SortedMap<Long, String> found = Records.replayFrom(ChronicleEventJournal.readOnly(path), from);
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            assertThat(Records.replayFrom(journal, from)).isEqualTo(found);
        }
        return found;
    }

    private long end() {
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            return journal.endPosition();
        }
    }

    private void giveUpBefore(long position) {
        try (ChronicleEventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            journal.giveUpBefore(position, Long.MAX_VALUE);
        }
    }

    /** One run of a server; each text is a batch, with spaces between the tickets. */
    private void run(String... batches) {
        try (EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
            for (String batch : batches) {
                for (String ticket : batch.split(" ", -1)) {
                    Records.appendEvent(journal, ticket);
                }
                journal.commit();
            }
        }
    }

    private Path file() {
        return QueueFolder.files(folder.events()).get(0);
    }

    /** Where the ticket lies in the first file. */
    private int content(String ticket) throws IOException {
        int found = new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1).indexOf(ticket);
        assertThat(found).isPositive();
        return found;
    }

    /** Where the word of the document lies that begins with the ticket's record. */
    private int word(String ticket) throws IOException {
        return content(ticket) - 32 - 24 - Integer.BYTES;
    }

    private void flipBit(int offset, int mask) throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            channel.write(one.put(0, (byte) (one.get(0) ^ mask)).flip(), offset);
        }
    }

    private void overwrite(int offset, int value) throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(
                    ByteBuffer.allocate(Integer.BYTES).order(LITTLE_ENDIAN).putInt(0, value), offset);
        }
    }

    private void nextDay() {
        clock.advanceMillis(Duration.ofDays(1).toMillis());
    }
}
