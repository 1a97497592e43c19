package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tocsin.engine.pipeline.EventJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay of a server's folder, from outside. */
class ReadOnlyTest {
    @TempDir
    Path path;

    @Test
    void shouldReadAFolderThatIsBeingWritten() {
        try (DataFolder folder = DataFolder.open(path);
                EventJournal journal = ChronicleEventJournal.open(folder);
                EventJournal outside = ChronicleEventJournal.readOnly(path)) {
            for (int batch = 1; batch <= 5; batch++) {
                for (int i = (batch - 1) * 100; i < batch * 100; i++) {
                    Records.appendEvent(journal, "INC" + i);
                }
                journal.commit();
                Records.appendEvent(journal, "INC" + batch * 100); // Not committed yet, so not seen.
                assertThat(Records.replay(outside)).hasSize(batch * 100 + batch - 1);
            }
        }
    }

    @Test
    void shouldReadWhatAnotherProcessIsWriting() throws Exception {
        try (OtherProcess writer = OtherProcess.start(KillTest.EventVictim.class, path)) {
            int atLeast = Integer.parseInt(writer.readLine());
            List<String> found = Records.replay(ChronicleEventJournal.readOnly(path));
            assertThat(found).hasSizeGreaterThanOrEqualTo(atLeast);
            assertThat(found)
                    .isEqualTo(IntStream.range(0, found.size())
                            .mapToObj(i -> "INC" + i)
                            .toList());
        }
        assertThat(Records.replay(ChronicleEventJournal.readOnly(path))).isNotEmpty();
    }

    @Test
    void shouldChangeNothing() throws IOException {
        try (DataFolder folder = DataFolder.open(path);
                EventJournal journal = ChronicleEventJournal.open(folder)) {
            Records.appendEvent(journal, "a0");
            journal.commit();
            SortedMap<Path, Long> before = checksums();
            assertThat(Records.replay(ChronicleEventJournal.readOnly(path))).containsExactly("a0");
            assertThat(checksums()).isEqualTo(before);
        }
    }

    @Test
    void shouldReadAFolderWithoutEvents() {
        DataFolder.open(path).close();
        assertThat(Records.replay(ChronicleEventJournal.readOnly(path))).isEmpty();
        try (DataFolder folder = DataFolder.open(path);
                EventJournal journal = ChronicleEventJournal.open(folder)) {
            assertThat(Records.replay(journal)).isEmpty();
            assertThat(Records.replay(ChronicleEventJournal.readOnly(path))).isEmpty();
        }
    }

    @Test
    void shouldRefuseToWrite() {
        DataFolder.open(path).close();
        try (EventJournal journal = ChronicleEventJournal.readOnly(path)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Records.appendEvent(journal, "a0"))
                    .withMessageContaining("open for reading only");
            assertThatIllegalStateException().isThrownBy(journal::commit);
        }
    }

    @Test
    void shouldRefuseAFolderThatIsNone() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ChronicleEventJournal.readOnly(path))
                .withMessageContaining(path + " is not a data folder");
    }

    private SortedMap<Path, Long> checksums() throws IOException {
        SortedMap<Path, Long> sums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sums.put(file, checksum(file));
            }
        }
        return sums;
    }

    private static long checksum(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer.clear()) >= 0) {
                crc.update(buffer.flip());
            }
        }
        return crc.getValue();
    }
}
