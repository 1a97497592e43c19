package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.app.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code PUT /v1/policy} on a real server: what open tickets, a restart and a replay make of it. */
class PolicyReplacementTest {
    private static final String SLOW = """
            version: 1
            policies:
            - name: slow
              targets: {first_response: 10h}
            """;
    private static final String INSTANT = """
            version: 1
            policies:
            - name: instant   # 立即
              targets: {first_response: 1ms}
            """;

    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void nameTheFolder() {
        folder = parent.resolve("data");
    }

    @Test
    void shouldMeasureOpenTicketsAgainUnderTheNewPolicyLiveAndInEveryReplay() throws Exception {
        String stateHash;
        try (TestServer server = TestServer.start(folder, SLOW)) {
            server.api().accept(Api.JSON, "{\"ticket\":\"T1\",\"type\":\"opened\"}", 1);
            assertThat(server.api().putPolicy(INSTANT).status()).isEqualTo(200);
            Await.until("the breach is kept", () -> server.lastAlert() == 1);
            assertThat(server.api().get("/v1/policy").text()).isEqualTo(INSTANT);

            assertThat(server.api().putPolicy(SLOW).status()).isEqualTo(200);
            Await.until("the breach is taken back", () -> server.lastAlert() == 2);
            assertThat(clock(server).get("breached").asBoolean()).isFalse();
            assertThat(server.api().read("/v1/tickets/T1").get("policy").asText())
                    .isEqualTo("slow");
            stateHash = server.stateHash();
        }
        try (TestServer server = TestServer.start(folder, null)) {
            assertThat(server.api().get("/v1/policy").text()).isEqualTo(SLOW);
            assertThat(server.stateHash()).isEqualTo(stateHash);
        }
        List<String> alerts = TestServer.keptAlerts(folder);
        assertThat(alerts.get(0)).contains("T1/first_response/1/breach");
        assertThat(alerts.get(1)).contains("T1/first_response/1/breach/revoked");
        Path replayed = parent.resolve("replayed.ndjson");
        CommandRun replay = CommandRun.of("replay", folder, "--json", "--alerts", replayed);
        assertThat(replay.exitCode()).as(replay.err()).isZero();
        assertThat(Api.parse(replay.out()).get("state_hash").asText()).isEqualTo(stateHash);
        assertThat(RestartTest.withoutDetected(Files.readAllLines(replayed)))
                .isEqualTo(RestartTest.withoutDetected(alerts));
    }

    @Test
    void shouldKeepThePolicyInForceWhenTheNewOneHasMistakes() throws Exception {
        try (TestServer server = TestServer.start(folder, SLOW)) {
            Api.Answer answer = server.api()
                    .putPolicy(SLOW.replace("first_response", "first_respnse").replace("10h", "0h"));

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().get("errors").size()).isEqualTo(2);
            JsonNode mistake = answer.json().get("errors").get(0);
            assertThat(mistake.get("line").asInt()).isEqualTo(4);
            assertThat(mistake.get("detail").asText()).contains("did you mean \"first_response\"");
            assertThat(server.api().get("/v1/policy").text()).isEqualTo(SLOW);
        }
    }

    /** Numbers of warnings are given for good; a file that would need one too many must not stop the engine. */
    @Test
    void shouldRefuseAPolicyThatHasNoRoomOnTopOfAllBeforeIt() throws Exception {
        try (TestServer server = TestServer.start(folder, warningAt(1, 60))) {
            Api.Answer answer = server.api().putPolicy(warningAt(61, 70));

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text()).contains("70 different warnings, the most is 64");
            server.api().accept(Api.JSON, "{\"ticket\":\"T1\",\"type\":\"opened\"}", 1);
            assertThat(server.api().putPolicy(warningAt(61, 64)).status()).isEqualTo(200);
        }
    }

    private static JsonNode clock(TestServer server) throws Exception {
        return server.api().read("/v1/tickets/T1").get("clocks").get(0);
    }

    private static String warningAt(int firstPercent, int lastPercent) {
        StringBuilder warn = new StringBuilder();
        for (int percent = firstPercent; percent <= lastPercent; percent++) {
            warn.append(warn.isEmpty() ? "" : ", ").append(percent).append('%');
        }
        return """
                version: 1
                policies:
                - name: many
                  warn: [%s]
                  targets: {first_response: 10h}
                """.formatted(warn);
    }
}
