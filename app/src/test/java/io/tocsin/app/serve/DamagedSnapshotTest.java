package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers on a folder whose snapshots are changed or missing: nothing is lost, as long as all events are there. */
class DamagedSnapshotTest {
    @TempDir
    Path parent;

    private FaultyFolder folder;

    @BeforeEach
    void leaveTwoSnapshots() throws Exception {
        folder = new FaultyFolder(parent);
        folder.openAndBreach("T1");
        folder.openAndBreach("T2");
    }

    @Test
    void shouldPassOverADamagedSnapshotAndComeToTheSame() throws Exception {
        Path newest = Damage.newestSnapshot(folder.path());
        Damage.flip(newest, "T2");
        try (ServerProcess server = folder.serve()) {
            assertThat(server.complaints())
                    .singleElement()
                    .matches(line -> line.matches(
                            "tocsin: the snapshot of position 3 was passed over: snapshot cannot be used: at byte \\d+,"
                                    + " in the .*: the checksum of \\d+ bytes is [0-9a-f]+ and not [0-9a-f]+"));
            FaultyFolder.openAndBreach(server.api(), "T3");
            assertThat(server.terminate()).isZero();
        }
        assertThat(newest).exists();
        folder.assertWhole("T1", "T2", "T3");
    }

    @Test
    void shouldReplayAllEventsWhenEachSnapshotIsDamagedOrMissing() throws Exception {
        Path newest = Damage.newestSnapshot(folder.path());
        Damage.flip(newest, "T2");
        Files.move(newest, newest.resolveSibling("00000000000000000002.snapshot"), StandardCopyOption.REPLACE_EXISTING);
        try (ServerProcess server = folder.serve()) {
            assertThat(server.complaints())
                    .singleElement()
                    .matches(line -> line.matches("tocsin: the snapshot of position 2 was passed over: .*"));
            assertThat(server.api().counters().get("tickets").asInt()).isEqualTo(2);
            server.kill();
        }
        Files.move(folder.path().resolve("snapshots"), parent.resolve("aside"));
        try (ServerProcess server = folder.serve()) {
            assertThat(server.api().counters().get("tickets").asInt()).isEqualTo(2);
            assertThat(server.terminate()).isZero();
            assertThat(server.complaints()).isEmpty();
        }
        folder.assertWhole("T1", "T2");
    }
}
