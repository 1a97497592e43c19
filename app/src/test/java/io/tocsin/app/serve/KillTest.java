package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.app.CommandRun;
import io.tocsin.journal.SnapshotFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that end while events stream in: killed, again and again, or told to stop. */
class KillTest {
    /** More of them with {@code mvn -Dtocsin.kills=300}. */
    private static final int KILLS = Integer.getInteger("tocsin.kills", 20);

    private static final int CONNECTIONS = 4;
    private static final int MOST_A_ROUND = 600;
    /** Snapshots so often that most kills hit one that is being made, or a start from one. */
    private static final String CONFIG = """
            journal: {sync: %s}
            snapshots: {every: 300ms, every_events: 200}
            """;

    @TempDir
    Path parent;

    private final Traffic traffic = new Traffic();
    private final Random random = new Random();
    private Path folder;
    private Path policy;

    @BeforeEach
    void writeThePolicy() throws Exception {
        folder = parent.resolve("data");
        policy = Files.writeString(parent.resolve("policy.yaml"), TestServer.FAST);
        configure("always");
    }

    private void configure(String sync) throws Exception {
        Files.writeString(parent.resolve("tocsin.yaml"), CONFIG.formatted(sync));
    }

    @Test
    void shouldKeepEachAcknowledgedEventOnceAndAnnounceEachBreachOnceHoweverOftenItIsKilled() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            configure(kill % 2 == 0 ? "always" : "os");
            try (ServerProcess server = start()) {
                streamUntilSomeAreAcknowledged(server.api());
                if (kill % 3 == 1) {
                    awaitAnotherSnapshot();
                }
                server.kill();
                traffic.join();
                assertThat(server.complaints()).isEmpty();
            }
        }
        assertThat(SnapshotFolder.of(folder).positions()).isNotEmpty();
        try (ServerProcess server = start()) {
            traffic.assertLastAreKept(server.api());
            traffic.sendUnsureAgain(server.api());
            int tickets = traffic.sentCount();
            Await.until("each ticket has breached", () -> breaches(server.api().counters()) == tickets);
            JsonNode counters = server.api().counters();
            assertThat(counters.get("tickets").asInt()).isEqualTo(tickets);
            assertThat(counters.get("events").asInt()
                            - counters.get("duplicates").asInt())
                    .isEqualTo(tickets);
            assertThat(counters.get("orphaned").asInt()).isZero();
            assertThat(server.terminate()).isZero();
            assertThat(server.complaints()).isEmpty();
        }
        assertEachAlertIsThereOnce();
        assertReplayIsTheSame();
    }

    @Test
    void shouldKeepWhatWasAcceptedAndEndWithZeroWhenToldToStop() throws Exception {
        try (ServerProcess server = start()) {
            streamUntilSomeAreAcknowledgedAndSomeBreached(server.api());
            assertThat(server.terminate()).isZero();
            traffic.join();
            assertThat(server.complaints()).isEmpty();
        }
        assertThat(replayedTickets()).containsAll(traffic.acknowledged());
        assertThat(TestServer.keptAlerts(folder)).isNotEmpty();
    }

    private ServerProcess start() throws Exception {
        return ServerProcess.start(
                parent, "--data", folder, "--policy", policy, "--config", parent.resolve("tocsin.yaml"));
    }

    private void streamUntilSomeAreAcknowledgedAndSomeBreached(Api api) throws Exception {
        long breachesBefore = breaches(api.counters());
        streamUntilSomeAreAcknowledged(api);
        Await.until("something breached", () -> breaches(api.counters()) > breachesBefore);
    }

    /** Also from the tickets of earlier rounds something breaches meanwhile. */
    private void streamUntilSomeAreAcknowledged(Api api) throws Exception {
        traffic.assertLastAreKept(api);
        traffic.sendUnsureAgain(api);
        int enough = traffic.acknowledged().size() + 1 + random.nextInt(MOST_A_ROUND);
        traffic.start(api, CONNECTIONS);
        Await.until("enough is acknowledged", () -> traffic.acknowledged().size() >= enough);
    }

    private void awaitAnotherSnapshot() throws Exception {
        List<Long> before = SnapshotFolder.of(folder).positions();
        Await.until(
                "another snapshot", () -> !SnapshotFolder.of(folder).positions().equals(before));
    }

    private static long breaches(JsonNode counters) {
        return counters.get("alerts").get("breach").asLong();
    }

    private void assertEachAlertIsThereOnce() {
        List<JsonNode> alerts =
                TestServer.keptAlerts(folder).stream().map(Api::parse).toList();
        assertThat(alerts.stream().map(alert -> alert.get("seq").asLong()).toList())
                .isEqualTo(LongStream.rangeClosed(1, alerts.size()).boxed().toList());
        assertThat(alerts.stream().map(alert -> alert.get("id").asText()).distinct())
                .hasSize(alerts.size());
        assertThat(alerts.stream()
                        .filter(alert -> alert.get("kind").asText().equals("breach"))
                        .map(alert -> alert.get("ticket").asText())
                        .sorted()
                        .toList())
                .isEqualTo(traffic.acknowledged().stream().sorted().toList());
    }

    /** The journal replays to the alerts that were given, and to the state that a server on it has. */
    private void assertReplayIsTheSame() throws Exception {
        Path replayed = parent.resolve("replayed.ndjson");
        CommandRun replay = CommandRun.of("replay", folder, "--until", "end", "--json", "--alerts", replayed);
        assertThat(replay.exitCode()).as(replay.err()).isZero();
        assertThat(RestartTest.withoutDetected(Files.readAllLines(replayed)))
                .isEqualTo(RestartTest.withoutDetected(TestServer.keptAlerts(folder)));
        assertThat(replayedTickets().stream().sorted().toList())
                .isEqualTo(traffic.acknowledged().stream().sorted().toList());
        try (TestServer server = TestServer.start(folder, TestServer.FAST)) {
            assertThat(server.stateHash())
                    .isEqualTo(Api.parse(replay.out()).get("state_hash").asText());
        }
    }

    private List<String> replayedTickets() throws Exception {
        Path tickets = parent.resolve("tickets.ndjson");
        assertThat(CommandRun.of("replay", folder, "--tickets", tickets).exitCode())
                .isZero();
        List<String> names = new ArrayList<>();
        for (String line : Files.readAllLines(tickets)) {
            names.add(Api.parse(line).get("ticket").asText());
        }
        return names;
    }
}
