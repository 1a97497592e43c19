package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tocsin.engine.pipeline.SnapshotStore.Draft;
import io.tocsin.engine.snapshot.SnapshotSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFolderTest {
    @TempDir
    Path path;

    private SnapshotFolder snapshots;

    @BeforeEach
    void makeFolder() {
        snapshots = SnapshotFolder.of(path);
    }

    @Test
    void shouldHaveNoneAtFirst() {
        assertThat(snapshots.positions()).isEmpty();
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> snapshots.open(5))
                .withMessageContaining("cannot read the snapshot " + path.resolve("snapshots/00000000000000000005"));
    }

    @Test
    void shouldGiveBackWhatWasWritten() {
        byte[] bytes = new byte[5_000_011];
        new Random(1).nextBytes(bytes);
        try (Draft draft = snapshots.begin(7)) {
            int written = 0;
            for (int length = 1; written < bytes.length; length = length * 3 % 2_000_003) {
                int now = Math.min(length, bytes.length - written);
                draft.write(new UnsafeBuffer(bytes), written, now);
                written += now;
            }
            draft.commit();
        }
        assertThat(read(7, 1)).isEqualTo(bytes);
        assertThat(read(7, 3_000_000)).isEqualTo(bytes);
    }

    @Test
    void shouldNameThemSoThatTheySort() {
        write(12, "a");
        write(9_223_372_036_854_775_807L, "b");
        assertThat(names()).containsExactly("00000000000000000012.snapshot", "09223372036854775807.snapshot", "lock");
    }

    @Test
    void shouldKeepTheNewestTwo() {
        write(30, "thirty");
        write(10, "ten");
        write(20, "twenty");
        assertThat(snapshots.positions()).containsExactly(30L, 20L);
        write(40, "forty");
        assertThat(snapshots.positions()).containsExactly(40L, 30L);
        assertThat(read(40, 100)).asString().isEqualTo("forty");
    }

    @Test
    void shouldReplaceOneOfTheSamePosition() {
        write(30, "first");
        write(30, "second");
        assertThat(snapshots.positions()).containsExactly(30L);
        assertThat(read(30, 100)).asString().isEqualTo("second");
    }

    @Test
    void shouldNotCountBeforeItIsCommitted() {
        write(1, "one");
        try (Draft draft = snapshots.begin(2)) {
            draft.write(new UnsafeBuffer(new byte[3_000_000]), 0, 3_000_000);
            assertThat(snapshots.positions()).containsExactly(1L);
        }
        assertThat(names()).containsExactly("00000000000000000001.snapshot", "lock");
        write(2, "two");
        assertThat(snapshots.positions()).containsExactly(2L, 1L);
    }

    @Test
    void shouldGoOnReadingOneThatIsGivenUpMeanwhile() {
        write(1, "one");
        try (SnapshotSource one = snapshots.open(1)) {
            write(2, "two");
            write(3, "three");
            assertThat(snapshots.positions()).containsExactly(3L, 2L);
            UnsafeBuffer buffer = new UnsafeBuffer(new byte[10]);
            assertThat(one.read(buffer, 0, 10)).isEqualTo(3);
            assertThat(buffer.getStringWithoutLengthAscii(0, 3)).isEqualTo("one");
            assertThat(one.read(buffer, 0, 10)).isZero();
        }
    }

    @Test
    void shouldPassOverOtherFilesAndRemoveWhatADeadWriterLeft() throws IOException {
        write(1, "one");
        Files.writeString(path.resolve("snapshots/00000000000000000009.snapshot.tmp"), "half");
        Files.writeString(path.resolve("snapshots/9.snapshot"), "another's");
        assertThat(snapshots.positions()).containsExactly(1L);
        write(2, "two");
        assertThat(names())
                .containsExactly(
                        "00000000000000000001.snapshot", "00000000000000000002.snapshot", "9.snapshot", "lock");
    }

    @Test
    void shouldRefuseASecondWriterInThisProcess() {
        try (Draft draft = snapshots.begin(1)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> SnapshotFolder.of(path).begin(2))
                    .withMessage("a snapshot in " + path.resolve("snapshots") + " is being written by process "
                            + ProcessHandle.current().pid() + ": wait until it is done, or stop that process");
            draft.commit();
        }
        write(2, "two");
    }

    @Test
    void shouldRefuseASecondWriterUntilTheOtherProcessIsKilled() throws Exception {
        try (OtherProcess other = OtherProcess.start(SnapshotHolder.class, path)) {
            assertThat(other.readLine()).isEqualTo("begun");
            for (int i = 0; i < 2; i++) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> snapshots.begin(2))
                        .withMessageContaining("is being written by process " + other.pid() + ":");
            }
            other.kill();
        }
        write(2, "two");
        assertThat(names()).containsExactly("00000000000000000002.snapshot", "lock");
    }

    @Test
    void shouldKeepTheLockThoughItWasAskedForAgain() throws Exception {
        try (Draft draft = snapshots.begin(1)) {
            assertThatIllegalStateException().isThrownBy(() -> snapshots.begin(2));
            try (OtherProcess other = OtherProcess.start(SnapshotHolder.class, path)) {
                assertThat(other.readLine())
                        .contains("is being written by process "
                                + ProcessHandle.current().pid());
            }
            draft.commit();
        }
    }

    @Test
    void shouldRefuseAPositionBelowZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> snapshots.begin(-1));
    }

    private void write(long position, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        try (Draft draft = snapshots.begin(position)) {
            draft.write(new UnsafeBuffer(bytes), 0, bytes.length);
            draft.commit();
        }
    }

    private byte[] read(long position, int length) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[6_000_000]);
        int offset = 0;
        try (SnapshotSource source = snapshots.open(position)) {
            int count = source.read(buffer, 0, length);
            while (count > 0) {
                offset += count;
                count = source.read(buffer, offset, length);
            }
        }
        return Arrays.copyOf(buffer.byteArray(), offset);
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(path.resolve("snapshots"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins a snapshot and holds it until it is killed. */
    static final class SnapshotHolder {
        public static void main(String[] args) throws IOException {
            SnapshotFolder.of(Path.of(args[0])).begin(1);
            System.out.println("begun");
            System.in.read();
        }
    }
}
