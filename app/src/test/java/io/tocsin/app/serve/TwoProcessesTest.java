package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder that a real process serves, and a second one that comes to it. */
class TwoProcessesTest {
    @TempDir
    Path parent;

    private Path folder;
    private Path policy;

    @BeforeEach
    void writeThePolicy() throws Exception {
        folder = parent.resolve("data");
        policy = Files.writeString(parent.resolve("policy.yaml"), TestServer.FAST);
    }

    @Test
    void shouldRefuseToServeAFolderInUseAndLeaveTheOtherUndisturbed() throws Exception {
        try (ServerProcess server = start()) {
            open(server, "T1");

            CommandRun second = ServerProcess.run(parent, "serve", "--port", 0, "--data", folder, "--policy", policy);

            assertThat(second.errorLines())
                    .containsExactly("tocsin: the data folder " + folder + " is in use by process " + server.pid()
                            + ": stop that one, or start this one with another folder");
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.out()).isEmpty();
            open(server, "T2");
            Await.until("both have breached", () -> breaches(server) == 2);
            assertThat(server.terminate()).isZero();
            assertThat(server.complaints()).isEmpty();
        }
        try (ServerProcess next = start()) {
            assertThat(next.api().counters().get("tickets").asInt()).isEqualTo(2);
        }
    }

    @Test
    void shouldReplayAFolderInUseAndLeaveTheServerUndisturbed() throws Exception {
        try (ServerProcess server = start()) {
            open(server, "T1");
            Await.until("it has breached", () -> breaches(server) == 1);
            Path alerts = parent.resolve("alerts.ndjson");

            CommandRun replay =
                    ServerProcess.run(parent, "replay", folder, "--until", "end", "--json", "--alerts", alerts);

            assertThat(replay.exitCode()).as(replay.err()).isZero();
            assertThat(replay.err()).isEmpty();
            assertThat(Api.parse(replay.out()).get("events").asInt()).isEqualTo(1);
            assertThat(Files.readAllLines(alerts)).hasSize(2);
            open(server, "T2");
            Await.until("the next has breached too", () -> breaches(server) == 2);
            assertThat(server.terminate()).isZero();
            assertThat(server.complaints()).isEmpty();
            assertThat(RestartTest.withoutDetected(TestServer.keptAlerts(folder)))
                    .startsWith(RestartTest.withoutDetected(Files.readAllLines(alerts))
                            .toArray(String[]::new));
        }
    }

    private ServerProcess start() throws Exception {
        return ServerProcess.start(parent, "--data", folder, "--policy", policy);
    }

    private static void open(ServerProcess server, String ticket) throws Exception {
        server.api().accept(Api.JSON, "{\"ticket\":\"" + ticket + "\",\"type\":\"opened\"}", 1);
    }

    private static long breaches(ServerProcess server) throws Exception {
        return server.api().counters().get("alerts").get("breach").asLong();
    }
}
