package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.app.CommandRun;
import io.tocsin.app.Failure;
import io.tocsin.journal.ChronicleEventJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server on the folder of an earlier one knows, and what a replay of that folder comes to. */
class RestartTest {
    private static final String FASTER = """
            version: 1
            policies:
            - name: faster
              targets: {first_response: 100ms}
            """;

    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void nameTheFolder() {
        folder = parent.resolve("data");
    }

    @Test
    void shouldKnowIdsAcrossARestart() throws Exception {
        String events = """
                {"ticket":"T1","type":"opened","id":"a"}
                {"ticket":"T1","type":"responded","id":"b"}
                {"ticket":"T2","type":"opened","id":"a"}
                """;
        try (TestServer server = TestServer.start(folder, TestServer.FAST)) {
            server.api().accept(Api.NDJSON, events, 3);
        }
        try (TestServer server = TestServer.start(folder, TestServer.FAST)) {
            server.api().accept(Api.NDJSON, events, 3);

            JsonNode counters = server.api().counters();
            assertThat(counters.get("events").asInt()).isEqualTo(6);
            assertThat(counters.get("duplicates").asInt()).isEqualTo(3);
            assertThat(counters.get("tickets").asInt()).isEqualTo(2);
        }
    }

    @Test
    void shouldKeepEarlierAlertsUnderAChangedPolicyAndReplayToTheSame() throws Exception {
        try (TestServer server = TestServer.start(folder, TestServer.FAST)) {
            openAndAwaitBreach(server, "T1", 2);
        }
        List<String> before = TestServer.keptAlerts(folder);
        String stateHash;
        try (TestServer server = TestServer.open(folder)) {
            assertThat(server.start(FASTER).recordCount()).isEqualTo(2);
            openAndAwaitBreach(server, "T2", 3);
            assertThat(server.api().get("/v1/policy").text()).isEqualTo(FASTER);
            assertThat(server.api().read("/v1/tickets/T1").get("policy").asText())
                    .isEqualTo("faster");
            stateHash = server.stateHash();
        }
        List<String> alerts = TestServer.keptAlerts(folder);
        assertThat(alerts).hasSize(3).startsWith(before.toArray(String[]::new));
        assertThat(alerts.get(2)).contains("\"ticket\":\"T2\"", "\"policy\":\"faster\"", "\"target\":0.1");
        assertReplaysTo(alerts, stateHash);
    }

    @Test
    void shouldNotJournalThePolicyThatIsInForceAlready() throws Exception {
        for (int start = 0; start < 3; start++) {
            try (TestServer server = TestServer.open(folder)) {
                assertThat(server.start(TestServer.FAST).recordCount()).isEqualTo(start == 0 ? 0 : 1);
            }
        }
        try (TestServer server = TestServer.start(folder, null)) {
            assertThat(server.api().get("/v1/policy").text()).isEqualTo(TestServer.FAST);
        }
    }

    /** Those alerts are appended by the thread that recovers, the ones after them by the egress: with the same appender. */
    @Test
    void shouldGiveLostAlertsAgainAndGoOnBehindThem() throws Exception {
        try (TestServer server = TestServer.start(folder, TestServer.FAST)) {
            openAndAwaitBreach(server, "T1", 2);
            // Recovery gives what lies before the last event; so there must be one behind the alerts.
            server.api().accept(Api.JSON, "{\"ticket\":\"T1\",\"type\":\"responded\"}", 1);
        }
        List<String> before = withoutDetected(TestServer.keptAlerts(folder));
        delete(folder.resolve("alerts"));
        try (TestServer server = TestServer.open(folder)) {
            server.start(null);
            assertThat(server.lastAlert()).isEqualTo(2);
            openAndAwaitBreach(server, "T2", 4);
        }
        assertThat(withoutDetected(TestServer.keptAlerts(folder))).hasSize(4).startsWith(before.toArray(String[]::new));
    }

    @Test
    void shouldNotGoBackBehindTheLastAlertWhenTheSystemClockDoes() throws Exception {
        EpochNanoClock clock = new SystemEpochNanoClock();
        try (TestServer server = TestServer.start(folder, TestServer.FAST)) {
            openAndAwaitBreach(server, "T1", 2);
        }
        EpochNanoClock minuteLate = () -> clock.nanoTime() - TimeUnit.MINUTES.toNanos(1);
        String stateHash;
        try (TestServer server = TestServer.open(TestServer.config(folder), minuteLate, ChronicleEventJournal::open)) {
            server.start(null);
            String opened = "{\"ticket\":\"T2\",\"type\":\"opened\"}\n{\"ticket\":\"T2\",\"type\":\"responded\"}\n";
            server.api().accept(Api.NDJSON, opened, 2);
            String longAgo = Instant.now().minusSeconds(3_600).toString();
            server.api().accept(Api.JSON, "{\"ticket\":\"T1\",\"type\":\"responded\",\"at\":\"" + longAgo + "\"}", 1);
            Await.until("the breach is taken back", () -> server.lastAlert() == 3);
            stateHash = server.stateHash();
        }
        assertReplaysTo(TestServer.keptAlerts(folder), stateHash);
    }

    @Test
    void shouldRememberAsManyIdsAsTheFolderWasMadeFor() throws Exception {
        String ids = """
                {"ticket":"T1","type":"opened","id":"a"}
                {"ticket":"T1","type":"updated","id":"b"}
                {"ticket":"T1","type":"updated","id":"c"}
                {"ticket":"T1","type":"updated","id":"a"}
                """;
        String stateHash;
        try (TestServer server = open(remembering(2))) {
            server.start(TestServer.FAST);
            server.api().accept(Api.NDJSON, ids, 4);
            Await.until("the breach is kept", () -> server.lastAlert() == 2);
        }
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> open(remembering(3)))
                .withMessage("engine.remembered_ids is 3, but the data folder " + folder + " was made with 2, which"
                        + " cannot change as its events would come to something else; leave the setting away, or start"
                        + " with another data folder");
        try (TestServer server = TestServer.start(folder, null)) {
            assertThat(server.api().counters().get("duplicates").asInt()).isZero();
            stateHash = server.stateHash();
        }
        assertReplaysTo(TestServer.keptAlerts(folder), stateHash);
    }

    @Test
    void shouldStopAndSaySoWhenTheJournalCannotBeWritten() throws Exception {
        AtomicBoolean full = new AtomicBoolean();
        Runnable check = () -> {
            if (full.get()) {
                throw new IllegalStateException("the disk is full");
            }
        };
        try (TestServer server =
                TestServer.open(TestServer.config(folder), new SystemEpochNanoClock(), JournalOnDisk.that(check))) {
            server.start(TestServer.FAST);
            server.api().accept(Api.JSON, "{\"ticket\":\"T1\",\"type\":\"opened\"}", 1);
            full.set(true);

            assertThat(server.api()
                            .post(Api.JSON, "{\"ticket\":\"T2\",\"type\":\"opened\"}")
                            .status())
                    .isEqualTo(503);
            assertThat(server.failed().get(30, TimeUnit.SECONDS)).hasMessage("the disk is full");
        }
    }

    @Test
    void shouldRefuseAFolderThatIsInUse() throws Exception {
        try (TestServer server = TestServer.start(folder, TestServer.FAST)) {
            assertThat(server.live().port()).isPositive();
            assertThatIllegalStateException()
                    .isThrownBy(() -> TestServer.open(folder))
                    .withMessageContaining("is in use");
        }
    }

    private static void openAndAwaitBreach(TestServer server, String ticket, long lastSeq) throws Exception {
        server.api().accept(Api.JSON, "{\"ticket\":\"" + ticket + "\",\"type\":\"opened\"}", 1);
        Await.until("alert " + lastSeq + " is kept", () -> server.lastAlert() == lastSeq);
    }

    private TestServer open(ServeConfig config) {
        return TestServer.open(config, new SystemEpochNanoClock(), ChronicleEventJournal::open);
    }

    private ServeConfig remembering(int ids) {
        ServeConfig config = TestServer.config(folder);
        return config.withEngine(new ServeConfig.EngineSettings(
                config.engine().idle(), config.engine().eventSlots(), OptionalInt.of(ids)));
    }

    private void assertReplaysTo(List<String> alerts, String stateHash) throws IOException {
        Path replayed = parent.resolve("replayed.ndjson");
        CommandRun replay = CommandRun.of("replay", folder, "--until", "end", "--json", "--alerts", replayed);
        assertThat(replay.exitCode()).as(replay.err()).isZero();
        assertThat(withoutDetected(Files.readAllLines(replayed))).isEqualTo(withoutDetected(alerts));
        assertThat(Api.parse(replay.out()).get("state_hash").asText()).isEqualTo(stateHash);
    }

    static List<String> withoutDetected(List<String> alerts) {
        return alerts.stream()
                .map(alert -> alert.replaceFirst("\"detected\":\"[^\"]*\"", "\"detected\":…"))
                .toList();
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }
}
