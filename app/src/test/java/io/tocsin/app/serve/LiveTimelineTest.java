package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.app.CommandRun;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /v1/tickets/{id}/timeline} on a real server, and {@code tocsin explain} on its folder. */
class LiveTimelineTest {
    private static final String PATIENT = """
            version: 1
            policies:
            - name: patient
              targets: {first_response: 100h, resolution: 200h}
            """;

    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void nameTheFolder() {
        folder = parent.resolve("data");
    }

    @Test
    void shouldAgreeWithTheTicketAndKnowWhenTheBreachWasFound() throws Exception {
        try (TestServer server = TestServer.start(folder, TestServer.FAST)) {
            send(server, "T0", "opened");
            send(server, "T1", "opened");
            Await.until("T0 and T1 are breached", () -> server.lastAlert() == 4);
            send(server, "T1", "responded");

            JsonNode timeline = server.api().read("/v1/tickets/T1/timeline");

            assertAgrees(timeline, server.api().read("/v1/tickets/T1"));
            assertThat(timeline.get("complete").asBoolean()).isTrue();
            JsonNode thresholds = timeline.get("clocks").get(0).get("thresholds");
            assertThat(thresholds).hasSize(2);
            for (JsonNode threshold : thresholds) {
                JsonNode alert = alert(server, threshold.get("alert").asText());
                assertThat(threshold.get("detected")).isEqualTo(alert.get("detected"));
                assertThat(threshold.get("at")).isEqualTo(alert.get("at"));
            }
            assertThat(server.api().get("/v1/tickets/T2/timeline").status()).isEqualTo(404);
            JsonNode explained = explain("T1");
            assertThat(explained.get("clocks")).isEqualTo(timeline.get("clocks"));
            assertThat(explained.get("events")).isEqualTo(timeline.get("events"));
        }
    }

    @Test
    void shouldTellWhatAReplacedPolicyChanged() throws Exception {
        try (TestServer server = TestServer.start(folder, TestServer.FAST)) {
            send(server, "T1", "opened");
            Await.until("T1 is breached", () -> server.lastAlert() == 2);
            server.api().putPolicy(PATIENT);
            server.api().putPolicy(TestServer.FAST.replace("300ms", "300h"));
            server.api().putPolicy(PATIENT);
            send(server, "T2", "opened");

            JsonNode timeline = server.api().read("/v1/tickets/T1/timeline");

            JsonNode clock = timeline.get("clocks").get(0);
            assertThat(clock.get("policy").asText()).isEqualTo("patient");
            assertThat(clock.get("breached").asBoolean()).isFalse();
            assertThat(clock.get("earlier_verdicts")).hasSize(3);
            JsonNode first = clock.get("earlier_verdicts").get(0);
            assertThat(first.get("policy").asText()).isEqualTo("fast");
            assertThat(first.get("breached").asBoolean()).isTrue();
            assertThat(first.get("event").get("kind").asText()).isEqualTo("policy");
            assertThat(server.api()
                            .read("/v1/tickets/T2/timeline")
                            .get("clocks")
                            .get(0)
                            .get("earlier_verdicts"))
                    .isEmpty();
        }
    }

    /**
     * Ticket 900's records lie behind many others; policies before them must be known all the same. What came for it long
     * before it was opened would be told by a reading from the beginning only.
     */
    @Test
    void shouldReadFromWhereTheTicketBegan() throws Exception {
        try (TestServer server = TestServer.start(folder, TestServer.FAST)) {
            server.api().putPolicy(PATIENT);
            send(server, "T900", "updated");
            for (int i = 0; i < 1_000; i++) {
                send(server, "T" + i, "opened");
            }
            send(server, "T900", "pending");

            for (String ticket : List.of("T0", "T500", "T900", "T999")) {
                JsonNode timeline = server.api().read("/v1/tickets/" + ticket + "/timeline");
                assertThat(timeline.get("complete").asBoolean()).isTrue();
                assertAgrees(timeline, server.api().read("/v1/tickets/" + ticket));
                assertThat(timeline.get("events").get(0).get("type").asText()).isEqualTo("opened");
            }
        }
    }

    @Test
    void shouldSayWhenTheBeginningWasGivenUpAndAddUpAllTheSame() throws Exception {
        try (TestServer server = TestServer.start(folder, PATIENT)) {
            send(server, "T1", "opened");
            send(server, "T1", "pending");
        }
        long end;
        try (TestServer server = TestServer.start(folder, null)) {
            send(server, "T1", "resumed");
            send(server, "T1", "responded");
            send(server, "T2", "opened");
            end = server.live().reads().origin("T1").join().position();
        }
        assertThat(CommandRun.of("snapshot", folder).exitCode()).isZero();
        try (DataFolder open = DataFolder.open(folder);
                EventJournal journal = ChronicleEventJournal.open(open)) {
            journal.giveUpBefore(end, Long.MAX_VALUE);
            assertThat(journal.firstPosition()).isEqualTo(3);
        }
        JsonNode explained = explain("T1");
        try (TestServer server = TestServer.start(folder, null)) {
            JsonNode timeline = server.api().read("/v1/tickets/T1/timeline");

            assertThat(timeline.get("complete").asBoolean()).isFalse();
            assertThat(timeline.get("incomplete_because").asText())
                    .isEqualTo(
                            "the events before position 3 of the journal were given up, as journal.retention has it");
            assertAgrees(timeline, server.api().read("/v1/tickets/T1"));
            JsonNode resolution = timeline.get("clocks").get(1);
            assertThat(resolution.get("segments")).hasSize(3);
            assertThat(resolution.get("match").isNull()).isTrue();
            assertThat(timeline.get("events")).hasSize(2);
            assertThat(timeline.get("events").get(0).get("effects")).isEmpty();
            assertThat(explained.get("complete").asBoolean()).isFalse();
            assertThat(explained.get("clocks").get(0))
                    .isEqualTo(timeline.get("clocks").get(0));
            assertThat(server.api()
                            .read("/v1/tickets/T2/timeline")
                            .get("complete")
                            .asBoolean())
                    .isTrue();
        }
    }

    private static void send(TestServer server, String ticket, String type) throws Exception {
        server.api().accept(Api.JSON, "{\"ticket\":\"" + ticket + "\",\"type\":\"" + type + "\"}", 1);
    }

    private static JsonNode alert(TestServer server, String id) throws Exception {
        for (JsonNode alert : server.api().read("/v1/alerts?limit=1000")) {
            if (alert.get("id").asText().equals(id)) {
                return alert;
            }
        }
        throw new AssertionError("no alert " + id);
    }

    private JsonNode explain(String ticket) {
        CommandRun run = CommandRun.of("explain", ticket, "--json", "--data", folder);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Api.parse(run.out());
    }

    /** The clocks are the ticket's, but for what a running one has used meanwhile; segments adjoin and add up. */
    private static void assertAgrees(JsonNode timeline, JsonNode ticket) {
        assertThat(timeline.get("clocks")).hasSameSizeAs(ticket.get("clocks"));
        for (int i = 0; i < ticket.get("clocks").size(); i++) {
            JsonNode clock = timeline.get("clocks").get(i);
            List<String> fields =
                    new ArrayList<>(List.of("clock", "cycle", "state", "breached", "started", "due", "stopped"));
            if (!clock.get("state").asText().equals("running")) {
                fields.add("elapsed");
            }
            for (String field : fields) {
                assertThat(clock.get(field))
                        .as(field)
                        .isEqualTo(ticket.get("clocks").get(i).get(field));
            }
            String at = clock.get("started").asText();
            BigDecimal counted = BigDecimal.ZERO;
            for (JsonNode segment : clock.get("segments")) {
                assertThat(segment.get("from").asText()).isEqualTo(at);
                at = segment.get("to").asText();
                counted = counted.add(new BigDecimal(segment.get("counted").asText()));
            }
            JsonNode stopped = clock.get("stopped");
            assertThat(at).isEqualTo(stopped.isNull() ? timeline.get("as_of").asText() : stopped.asText());
            assertThat(counted)
                    .isEqualByComparingTo(new BigDecimal(clock.get("elapsed").asText()));
        }
    }
}
