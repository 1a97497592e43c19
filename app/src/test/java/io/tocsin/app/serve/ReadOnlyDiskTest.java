package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder that cannot be written. */
class ReadOnlyDiskTest {
    @TempDir
    Path parent;

    @Test
    void shouldRefuseToServeButReadAFolderThatCannotBeWritten() throws Exception {
        Path mounted = Files.createDirectories(parent.resolve("disk"));
        Path data = mounted.resolve("data");
        Path policy = Files.writeString(parent.resolve("policy.yaml"), TestServer.FAST);
        try (SmallDisk disk = SmallDisk.mount(mounted, 300)) {
            try (ServerProcess server = ServerProcess.startOn(disk.by(), parent, "--data", data, "--policy", policy)) {
                FaultyFolder.openAndBreach(server.api(), "T1");
                // What is being written cannot be made read-only by a command.
                assertThat(disk.remount("ro")).contains("busy");
                assertThat(disk.remount("bind,ro")).contains("busy");
                FaultyFolder.openAndBreach(server.api(), "T2");
                assertThat(server.terminate()).isZero();
                assertThat(server.complaints()).isEmpty();
            }
            assertThat(disk.remount("ro")).isEmpty();
            CommandRun refused =
                    ServerProcess.runOn(disk.by(), parent, "serve", "--port", 0, "--data", data, "--policy", policy);
            assertThat(refused.errorLines())
                    .containsExactly("tocsin: cannot open the data folder " + data + ": " + data.resolve("lock")
                            + ": Read-only file system: make it writable, or choose another one");
            assertThat(refused.exitCode()).isEqualTo(1);
            Path seen = disk.seen(data);
            CommandRun replay = CommandRun.of("replay", seen, "--json");
            assertThat(replay.exitCode()).as(replay.err()).isZero();
            assertThat(Api.parse(replay.out()).get("events").asInt()).isEqualTo(2);
            assertThat(CommandRun.of("journal", "verify", seen).exitCode()).isZero();
        }
    }
}
