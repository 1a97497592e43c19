package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.pipeline.SnapshotStore.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.SetTimeProvider;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file system that really is full: a process must end with an exception and not with a bus error, and what it committed
 * must be there when there is room again. The file system is in memory, mounted in a namespace of the test's own, which
 * takes no privileges where the system allows user namespaces; where it does not, these tests fail and say so.
 */
class SmallDiskTest {
    private static final String REFUSED =
            "refused: the disk of %s has \\d+ MiB left, %d MiB are needed to write on: .*";

    @TempDir
    Path path;

    @Test
    void shouldKeepTheEventsThatWereCommittedBeforeTheDiskWasFull() throws Exception {
        List<String> lines = run(
                160,
                OtherProcess.shellCommand(EventFiller.class, "$DIR/data"),
                enlarge(),
                OtherProcess.shellCommand(EventCounter.class, "$DIR/data"));
        assertThat(lines.get(1)).matches(String.format(REFUSED, path.resolve("data/events"), 64));
        assertThat(count(lines.get(0))).isGreaterThan(10_000);
        assertThat(lines.get(2)).isEqualTo(lines.get(0));
        assertThat(lines).hasSize(3);
    }

    @Test
    void shouldKeepTheAlertsThatWereKeptBeforeTheDiskWasFull() throws Exception {
        List<String> lines = run(
                160,
                OtherProcess.shellCommand(AlertFiller.class, "$DIR/data"),
                enlarge(),
                OtherProcess.shellCommand(AlertCounter.class, "$DIR/data"));
        assertThat(lines.get(1)).matches(String.format(REFUSED, path.resolve("data/alerts"), 64));
        assertThat(count(lines.get(0))).isGreaterThan(10_000);
        assertThat(lines.get(2)).isEqualTo(lines.get(0));
        assertThat(lines).hasSize(3);
    }

    @Test
    void shouldRefuseToOpenOnADiskWithoutAByteLeft() throws Exception {
        List<String> lines = run(
                80,
                OtherProcess.shellCommand(Opener.class, "$DIR/data"),
                "head -c 100000000 /dev/zero > $DIR/fill 2> /dev/null",
                OtherProcess.shellCommand(Opener.class, "$DIR/data"));
        assertThat(lines.get(0)).isEqualTo("events open");
        assertThat(lines.get(1)).isEqualTo("alerts open");
        assertThat(lines.get(2)).matches(String.format(REFUSED, path.resolve("data/events"), 64));
        assertThat(lines.get(3)).matches(String.format(REFUSED, path.resolve("data/alerts"), 64));
        assertThat(lines).hasSize(4);
    }

    @Test
    void shouldLeaveTheJournalsTheirRoomWhenASnapshotDoesNotFit() throws Exception {
        List<String> lines = run(200, OtherProcess.shellCommand(SnapshotFiller.class, "$DIR/data"));
        assertThat(lines.get(0)).matches(String.format(REFUSED, path.resolve("data/snapshots"), 128));
        assertThat(lines.subList(1, lines.size()))
                .containsExactly("[00000000000000000001.snapshot, lock]", "at least 64 MiB free: true", "[1]");
    }

    @Test
    void shouldSayThatAFolderCannotBeWritten() throws Exception {
        List<String> lines = run(
                160,
                OtherProcess.shellCommand(Opener.class, "$DIR/data"),
                "mount -o remount,ro $DIR",
                OtherProcess.shellCommand(Opener.class, "$DIR/data"),
                OtherProcess.shellCommand(Opener.class, "$DIR/new"));
        assertThat(lines.subList(2, lines.size()))
                .containsExactly(
                        "refused: cannot open the data folder " + path.resolve("data") + ": "
                                + path.resolve("data/lock")
                                + ": Read-only file system: make it writable, or choose another one",
                        "refused: cannot open the data folder " + path.resolve("new") + ": " + path.resolve("new")
                                + ": Read-only file system: make it writable, or choose another one");
    }

    /** What the commands print, one after the other. */
    private List<String> run(int megabytes, String... commands) throws IOException {
        try (OtherProcess shell = OtherProcess.startOnSmallDisk(path, megabytes, String.join("; ", commands))) {
            List<String> lines = shell.readToEnd();
            assertThat(lines)
                    .as(
                            "this test needs unshare, mount and a user namespace of its own, as Linux gives to everybody unless"
                                    + " told not to (user.max_user_namespaces, kernel.unprivileged_userns_clone,"
                                    + " kernel.apparmor_restrict_unprivileged_userns, a container's seccomp profile)")
                    .startsWith("mounted");
            return lines.subList(1, lines.size());
        }
    }

    private static String enlarge() {
        return "mount -o remount,size=400m $DIR";
    }

    private static int count(String line) {
        assertThat(line).matches("\\d+ kept");
        return Integer.parseInt(line.substring(0, line.indexOf(' ')));
    }

    private static void printRefusal(RuntimeException e) {
        System.out.println("refused: " + e.getMessage());
    }

    /** Of Chronicle's classes this would else be the first one, and say so. */
    private static SetTimeProvider clock() {
        assertThat(Queues.systemClock()).isNotNull();
        return new SetTimeProvider(Instant.parse("2026-11-22T12:00:00Z"));
    }

    /** Commits until it is refused, a new file every few megabytes. */
    static final class EventFiller {
        public static void main(String[] args) {
            SetTimeProvider clock = clock();
            int committed = 0;
            try (DataFolder folder = DataFolder.open(Path.of(args[0]));
                    EventJournal journal = ChronicleEventJournal.open(folder, clock)) {
                try {
                    while (true) {
                        Records.appendEvent(journal, "INC" + committed);
                        journal.commit();
                        committed++;
                        clock.advanceMillis(
                                committed % 50_000 == 0 ? Duration.ofDays(1).toMillis() : 0);
                    }
                } catch (IllegalStateException e) {
                    System.out.println(committed + " kept");
                    printRefusal(e);
                }
            }
        }
    }

    /** The same with alerts. */
    static final class AlertFiller {
        public static void main(String[] args) {
            SetTimeProvider clock = clock();
            try (DataFolder folder = DataFolder.open(Path.of(args[0]));
                    ChronicleAlertJournal journal = ChronicleAlertJournal.open(folder, clock)) {
                try {
                    while (true) {
                        Records.appendAlert(journal, journal.lastSeq() + 1);
                        clock.advanceMillis(
                                journal.lastSeq() % 50_000 == 0
                                        ? Duration.ofDays(1).toMillis()
                                        : 0);
                    }
                } catch (IllegalStateException e) {
                    System.out.println(journal.lastSeq() + " kept");
                    printRefusal(e);
                }
            }
        }
    }

    /** Reads all events. */
    static final class EventCounter {
        public static void main(String[] args) {
            try (DataFolder folder = DataFolder.open(Path.of(args[0]));
                    EventJournal journal = ChronicleEventJournal.open(folder)) {
                System.out.println(Records.replay(journal).size() + " kept");
            }
        }
    }

    /** Reads all alerts. */
    static final class AlertCounter {
        public static void main(String[] args) {
            try (DataFolder folder = DataFolder.open(Path.of(args[0]));
                    ChronicleAlertJournal journal = ChronicleAlertJournal.open(folder)) {
                System.out.println(Records.read(journal, 0, Integer.MAX_VALUE).size() + " kept");
            }
        }
    }

    /** Opens both journals. */
    static final class Opener {
        public static void main(String[] args) {
            try (DataFolder folder = DataFolder.open(Path.of(args[0]))) {
                open("events", () -> ChronicleEventJournal.open(folder));
                open("alerts", () -> ChronicleAlertJournal.open(folder));
            } catch (RuntimeException e) {
                printRefusal(e);
            }
        }

        private static void open(String what, Supplier<AutoCloseable> opening) {
            try (AutoCloseable ignored = opening.get()) {
                System.out.println(what + " open");
            } catch (RuntimeException e) {
                printRefusal(e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Writes a small snapshot, then one that does not fit. */
    static final class SnapshotFiller {
        public static void main(String[] args) throws IOException {
            Path data = Path.of(args[0]);
            SnapshotFolder snapshots = SnapshotFolder.of(data);
            UnsafeBuffer bytes = new UnsafeBuffer(new byte[1 << 20]);
            try (Draft draft = snapshots.begin(1)) {
                draft.write(bytes, 0, bytes.capacity());
                draft.commit();
            }
            try (Draft draft = snapshots.begin(2)) {
                while (true) {
                    draft.write(bytes, 0, bytes.capacity());
                }
            } catch (IllegalStateException e) {
                printRefusal(e);
            }
            try (Stream<Path> files = Files.list(data.resolve("snapshots"))) {
                System.out.println(files.map(file -> file.getFileName().toString())
                        .sorted()
                        .toList());
            }
            System.out.println("at least 64 MiB free: " + (data.toFile().getUsableSpace() >= DiskRoom.RESERVE));
            System.out.println(snapshots.positions());
        }
    }
}
