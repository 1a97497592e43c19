package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.CommandRun;
import io.tocsin.journal.DataFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of a server that does not come to run. */
class ServeCommandTest {
    @TempDir
    Path parent;

    private Path data;
    private Path policy;

    @BeforeEach
    void writeThePolicy() throws IOException {
        data = parent.resolve("data");
        policy = Files.writeString(parent.resolve("policy.yaml"), TestServer.FAST);
    }

    @Test
    void shouldRefuseToServeWithoutAPolicyAndMakeNoFolder() {
        assertFails(
                2,
                "serve: the data folder " + data + " holds no policy yet; give one with --policy FILE, or try --demo");
        assertThat(data).doesNotExist();
    }

    @Test
    void shouldRefuseAFolderThatHoldsNoPolicyYet() {
        DataFolder.open(data).close();
        assertFails(
                2,
                "serve: the data folder " + data + " holds no policy yet; give one with --policy FILE, or try --demo");
    }

    @Test
    void shouldSayThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            assertFails(
                    1,
                    "cannot listen on port " + port + " of 0.0.0.0 (Address already in use); stop what listens there,"
                            + " or give another --port or http.host",
                    "--policy",
                    policy,
                    "--port",
                    port);
        }
        DataFolder.open(data).close(); // It let go of the folder.
    }

    @Test
    void shouldSayThatTheFolderIsInUse() {
        try (DataFolder held = DataFolder.open(data)) {
            assertFails(
                    1,
                    "the data folder " + held.path() + " is in use by process "
                            + ProcessHandle.current().pid()
                            + ": stop that one, or start this one with another folder",
                    "--policy",
                    policy);
        }
    }

    @Test
    void shouldSayThatTheFolderCannotBeMade() throws IOException {
        Files.writeString(data, "a file");
        CommandRun run = CommandRun.of("serve", "--data", data, "--policy", policy);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errorLines())
                .singleElement()
                .asString()
                .startsWith("tocsin: cannot open the data folder " + data);
    }

    @Test
    void shouldReportEveryMistakeOfThePolicy() throws IOException {
        Files.writeString(policy, "version: 2\npolicies: []\ncolour: red\n");
        CommandRun run = CommandRun.of("serve", "--data", data, "--policy", policy);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("tocsin: " + policy + ":"));
        assertThat(data).doesNotExist();
    }

    @Test
    void shouldReportEveryMistakeOfTheConfiguration() throws IOException {
        Path config = Files.writeString(parent.resolve("tocsin.yaml"), "prot: 1\nhttp: {prot: 1}\n");
        CommandRun run = CommandRun.of("serve", "--config", config);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("tocsin: " + config + ":"));
    }

    @Test
    void shouldPutOptionsBeforeTheConfigurationAndFindItsFilesBesideIt() throws IOException {
        Path config = Files.writeString(
                parent.resolve("tocsin.yaml"), "policy: policy.yaml\ndata: other\nhttp: {host: 127.0.0.1, port: 1}\n");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertFails(
                    1,
                    "cannot listen on port " + port + " of 127.0.0.1 (Address already in use); stop what listens"
                            + " there, or give another --port or http.host",
                    "--config",
                    config,
                    "--port",
                    port);
        }
        assertThat(data).isDirectory();
        assertThat(parent.resolve("other")).doesNotExist();
    }

    @Test
    void shouldRefuseToForgetWhatTheFolderRemembers() throws IOException {
        DataFolder.open(data).close();
        Path config = Files.writeString(parent.resolve("tocsin.yaml"), "engine: {remembered_ids: 5}\n");
        CommandRun run = CommandRun.of("serve", "--data", data, "--policy", policy, "--port", 0, "--config", config);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLines())
                .singleElement()
                .asString()
                .contains("engine.remembered_ids is 5", data.toString(), "was made with 1000000");
    }

    @Test
    void shouldRefuseWhatCannotBeMeant() {
        assertFails(2, "--port is 65536, allowed are 0 to 65535", "--port", 65_536);
        assertFails(2, "--demo uses a data folder of its own; leave --data away", "--demo");
        Path missing = parent.resolve("missing.yaml");
        assertFails(2, missing + ": there is no such file; give the path of a policy file", "--policy", missing);
    }

    @Test
    void shouldSayHowLongALongRecoveryTook() {
        assertThat(new Recovery(0, 1_234_567, 2_345_000_000L))
                .hasToString("recovered 1,234,567 events in 2.3 s")
                .matches(Recovery::wasLong);
        assertThat(new Recovery(1_000_000, 234, 2_345_000_000L))
                .hasToString("recovered a snapshot of 1,000,000 and 234 events in 2.3 s");
        assertThat(new Recovery(0, 10, 999_000_000L).wasLong()).isFalse();
    }

    private void assertFails(int exitCode, String message, Object... arguments) {
        Object[] all = new Object[arguments.length + 3];
        all[0] = "serve";
        all[1] = "--data";
        all[2] = data;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        CommandRun run = CommandRun.of(all);
        assertThat(run.errorLines()).containsExactly("tocsin: " + message);
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
    }
}
