package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.CommandRun;
import io.tocsin.journal.SnapshotFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that make snapshots, in each other's way, and killed. */
class SnapshotCommandTest {
    private static final int TICKETS = 200_000;

    @TempDir
    Path parent;

    @Test
    void shouldLetOneMakeASnapshotAtATimeAndLeaveNoHalfOneWhenKilled() throws Exception {
        Path data = parent.resolve("data");
        BigFolder.write(data, TICKETS);
        SnapshotFolder snapshots = SnapshotFolder.of(data);
        Process first = ServerProcess.begin(parent, "snapshot", data);
        try {
            Await.until("a snapshot is being written", () -> hasDraft(data));
            ServerProcess.signal(first.pid(), "STOP");
            assertThat(hasDraft(data)).isTrue();

            CommandRun second = CommandRun.of("snapshot", data);
            assertThat(second.errorLines())
                    .containsExactly(
                            "tocsin: a snapshot in " + data.resolve("snapshots") + " is being written by process "
                                    + first.pid() + ": wait until it is done, or stop that process");
            assertThat(second.exitCode()).isEqualTo(1);
        } finally {
            first.destroyForcibly();
        }
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(snapshots.positions()).isEmpty();

        CommandRun next = CommandRun.of("snapshot", data);
        assertThat(next.exitCode()).as(next.err()).isZero();
        assertThat(snapshots.positions()).containsExactly(TICKETS + 1L);
        assertThat(hasDraft(data)).isFalse();
    }

    @Test
    void shouldGoOnWhenTheProcessThatMakesSnapshotsIsKilled() throws Exception {
        FaultyFolder folder = new FaultyFolder(parent);
        Path config = Files.writeString(parent.resolve("tocsin.yaml"), "snapshots: {every_events: 2}\n");
        SnapshotFolder snapshots = SnapshotFolder.of(folder.path());
        try (ServerProcess server = folder.serve("--config", config)) {
            FaultyFolder.open(server.api(), "T1");
            Await.until("a snapshot is begun", () -> server.killChild("--until-input-ends"));
            Await.until("it says so", () -> !server.complaints().isEmpty());
            assertThat(server.complaints())
                    .containsExactly(
                            "tocsin: no snapshot could be made, the next try comes when the next one is due: its"
                                    + " process was killed, as a system does that runs out of memory");
            assertThat(snapshots.positions()).isEmpty();

            Await.until("it has breached", () -> FaultyFolder.breaches(server.api()) == 1);
            FaultyFolder.openAndBreach(server.api(), "T2", "T3");
            Await.until("the next one is made", () -> !snapshots.positions().isEmpty());
            assertThat(server.terminate()).isZero();
            assertThat(server.complaints()).hasSize(1);
        }
        folder.assertWhole("T1", "T2", "T3");
    }

    private static boolean hasDraft(Path data) throws IOException {
        Path snapshots = data.resolve("snapshots");
        if (!Files.exists(snapshots)) {
            return false;
        }
        try (Stream<Path> files = Files.list(snapshots)) {
            List<Path> drafts =
                    files.filter(file -> file.toString().endsWith(".tmp")).toList();
            return !drafts.isEmpty();
        }
    }
}
