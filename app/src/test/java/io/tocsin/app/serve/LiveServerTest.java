package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server within this process: real journals, real HTTP, real time. */
class LiveServerTest {
    private static final String SLOW = """
            version: 1
            policies:
            - name: gold
              match: {tier: gold}
              targets: {first_response: 10m, resolution: 4h}
            - name: rest
              targets: {first_response: 1h}
            """;

    @TempDir
    Path folder;

    @Test
    void shouldFindABreachByItselfAndStreamTheAlert() throws Exception {
        try (TestServer server = TestServer.start(folder, TestServer.FAST);
                BufferedReader stream = server.api().alertStream()) {
            server.api()
                    .accept(Api.JSON, "{\"ticket\":\"T1\",\"type\":\"opened\",\"attributes\":{\"tier\":\"gold\"}}", 1);

            Map<String, String> warning = nextEvent(stream);
            Map<String, String> breach = nextEvent(stream);

            assertThat(warning).containsEntry("id", "1").containsEntry("event", "warning");
            assertThat(breach).containsEntry("id", "2").containsEntry("event", "breach");
            JsonNode alert = Api.parse(breach.get("data"));
            assertThat(alert.get("id").asText()).isEqualTo("T1/first_response/1/breach");
            assertThat(alert.get("at").asText()).isEqualTo(alert.get("due").asText());
            assertThat(alert.get("elapsed").asDouble()).isEqualTo(0.3);
            assertThat(alert.get("attributes").get("tier").asText()).isEqualTo("gold");
            assertThat(server.api().read("/v1/alerts?after=1")).containsExactly(alert);
            Await.until(
                    "the breach's detection is measured",
                    () -> server.api()
                                    .read("/v1/latency")
                                    .get("detection_lag")
                                    .get("count")
                                    .asLong()
                            >= 2);
        }
    }

    @Test
    void shouldTakeEventsInEveryShapeAndAnswerQuestionsAboutThem() throws Exception {
        try (TestServer server = TestServer.start(folder, SLOW)) {
            Api api = server.api();
            api.accept(Api.JSON, "{\"ticket\":\"T1\",\"type\":\"opened\",\"attributes\":{\"tier\":\"gold\"}}", 1);
            api.accept(
                    Api.JSON,
                    "[{\"ticket\":\"T2\",\"type\":\"opened\",\"attributes\":{\"tier\":\"iron\"}},"
                            + "{\"ticket\":\"T2\",\"type\":\"responded\"}]",
                    2);
            api.accept(
                    Api.NDJSON,
                    "{\"ticket\":\"T3\",\"type\":\"opened\"}\n{\"ticket\":\"T4\",\"type\":\"opened\"}\n",
                    2);
            api.accept(
                    "application/cloudevents+json",
                    "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/pbx\",\"type\":\"com.example.opened\","
                            + "\"subject\":\"T5\",\"data\":{\"tier\":\"gold\"}}",
                    1);

            JsonNode ticket = api.read("/v1/tickets/T1");
            assertThat(ticket.get("policy").asText()).isEqualTo("gold");
            assertThat(ticket.get("clocks").findValuesAsText("clock")).containsExactly("first_response", "resolution");
            assertThat(api.get("/v1/tickets/T9").status()).isEqualTo(404);

            JsonNode due = api.read("/v1/tickets?clock=first_response&limit=10");
            assertThat(due.findValuesAsText("ticket")).containsExactly("T1", "T5", "T3", "T4");

            JsonNode groups = api.read("/v1/stats?by=tier").get("groups");
            Map<String, Integer> openByTier = new HashMap<>();
            groups.forEach(group -> openByTier.put(
                    group.get("key").get("tier").asText(),
                    group.get("tickets").get("open").asInt()));
            assertThat(openByTier)
                    .containsEntry("gold", 2)
                    .containsEntry("iron", 1)
                    .hasSize(3);
            assertThat(api.counters().get("events").asInt()).isEqualTo(6);
            assertThat(api.read("/v1/alerts")).isEmpty();
            assertThat(api.get("/v1/policy").text()).isEqualTo(SLOW);
            assertThat(api.get("/").text()).contains("<html");
        }
    }

    @Test
    void shouldBeReadyOnlyOnceItHasStarted() throws Exception {
        try (TestServer server = TestServer.open(folder)) {
            assertThat(server.api().get("/health/live").status()).isEqualTo(200);
            assertThat(server.api().get("/health/ready").status()).isEqualTo(503);
            assertThat(server.api()
                            .post(Api.JSON, "{\"ticket\":\"T1\",\"type\":\"opened\"}")
                            .status())
                    .isEqualTo(503);

            server.start(SLOW);

            assertThat(server.api().get("/health/ready").status()).isEqualTo(200);
            server.api().accept(Api.JSON, "{\"ticket\":\"T1\",\"type\":\"opened\"}", 1);
            assertThat(server.api().read("/v1/tickets/T1").get("policy").asText())
                    .isEqualTo("rest");
        }
    }

    private static Map<String, String> nextEvent(BufferedReader stream) throws Exception {
        Map<String, String> event = new HashMap<>();
        for (String line = stream.readLine(); !line.isEmpty() || event.isEmpty(); line = stream.readLine()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                event.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return event;
    }
}
