package io.tocsin.app.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.app.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String POLICY = """
            version: 1
            forget_after: 2d
            calendars:
              office:
                timezone: Asia/Shanghai
                hours: {mon-fri: ["09:00-12:00", "13:30-18:00"]}
            policies:
            - name: urgent
              match: {priority: [urgent, high], tier: {not: internal}}
              calendar: office
              warn: [50%]
              escalate: [{after: 0m, to: lead}]
              targets: {first_response: 30m, resolution: 2h}
            - name: rest
              targets: {resolution: 90m}
            """;

    /** Monday, 23 November 2026; 01:00Z is 09:00 in Shanghai. */
    private static final String EVENTS = """
            {"ticket":"T","type":"opened","at":"2026-11-23T02:00:00Z","id":"1"}
            {"ticket":"T","type":"opened","at":"2026-11-23T02:00:00Z","id":"1"}
            {"ticket":"X","type":"opened","at":"2026-11-23T02:01:00Z"}
            {"ticket":"T","type":"pending","at":"2026-11-23T03:00:00Z"}
            {"ticket":"T","type":"resumed","at":"2026-11-23T03:20:00Z"}
            {"ticket":"T","type":"updated","at":"2026-11-23T03:30:00Z","attributes":{"priority":"high"}}
            {"ticket":"T","type":"responded","at":"2026-11-23T06:00:00Z"}
            {"ticket":"T","type":"responded","at":"2026-11-23T02:15:00Z","id":"late"}
            {"ticket":"T","type":"resolved","at":"2026-11-23T06:00:00Z"}
            {"ticket":"T","type":"reopened","at":"2026-11-23T06:30:00Z"}
            {"ticket":"T","type":"resolved","at":"2026-11-23T07:00:00.000000001Z"}
            {"ticket":"Z","type":"responded","at":"2026-11-23T07:00:00.000000002Z"}
            """;

    @TempDir
    Path folder;

    private Path events;
    private Path policy;

    @BeforeEach
    void writeTheFiles() throws IOException {
        events = Files.writeString(folder.resolve("events.ndjson"), EVENTS);
        policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    }

    @Test
    void shouldDivideAClockIntoWhatCountsAndWhatDoesNot() throws IOException {
        JsonNode resolution = explain("T").get("clocks").get(1);

        assertThat(resolution.get("clock").asText()).isEqualTo("resolution");
        assertThat(resolution.get("elapsed").asText()).isEqualTo("9600.000000001");
        assertThat(resolution.get("stopped_by").get("at").asText()).isEqualTo("2026-11-23T07:00:00.000000001Z");
        assertThat(segments(resolution))
                .containsExactly(
                        "running 02:00:00 03:00:00 3600.0 opened",
                        "paused 03:00:00 03:20:00 0.0 pending",
                        "running 03:20:00 04:00:00 2400.0 resumed",
                        "outside_hours 04:00:00 05:30:00 0.0 -",
                        "running 05:30:00 06:00:00 1800.0 -",
                        "stopped 06:00:00 06:30:00 0.0 resolved",
                        "running 06:30:00 07:00:00.000000001 1800.000000001 reopened");
    }

    @Test
    void shouldSayWhichPolicyDecidedAndWhy() throws IOException {
        JsonNode resolution = explain("T").get("clocks").get(1);

        assertThat(resolution.get("policy").asText()).isEqualTo("urgent");
        assertThat(resolution.get("calendar").asText()).isEqualTo("office");
        assertThat(resolution.get("match").toString())
                .isEqualTo("[{\"attribute\":\"priority\",\"value\":\"high\",\"any_of\":[\"urgent\",\"high\"]},"
                        + "{\"attribute\":\"tier\",\"value\":null,\"none_of\":[\"internal\"]}]");
        assertThat(resolution.get("earlier_verdicts")).hasSize(1);
        JsonNode earlier = resolution.get("earlier_verdicts").get(0);
        assertThat(earlier.get("policy").asText()).isEqualTo("rest");
        assertThat(earlier.get("until").asText()).isEqualTo("2026-11-23T03:30:00Z");
        assertThat(earlier.get("due").asText()).isEqualTo("2026-11-23T03:50:00Z");
        assertThat(earlier.get("event").get("type").asText()).isEqualTo("updated");
    }

    @Test
    void shouldTellThresholdsWithTheirAlertsAndWhatTookThemBack() throws IOException {
        JsonNode response = explain("T").get("clocks").get(0);

        assertThat(response.get("breached").asBoolean()).isFalse();
        List<String> thresholds = new ArrayList<>();
        for (JsonNode threshold : response.get("thresholds")) {
            thresholds.add(
                    threshold.get("alert").asText() + " " + threshold.get("at").asText());
            assertThat(threshold.get("detected").isNull())
                    .as("nothing ran live")
                    .isTrue();
        }
        assertThat(thresholds)
                .containsExactly(
                        "T/first_response/1/breach 2026-11-23T02:30:00Z",
                        "T/first_response/1/escalation/1 2026-11-23T02:30:00Z",
                        "T/first_response/1/breach/revoked 2026-11-23T02:15:00Z",
                        "T/first_response/1/escalation/1/revoked 2026-11-23T02:15:00Z");
    }

    @Test
    void shouldSayWhatEachEventChanged() throws IOException {
        JsonNode timeline = explain("T");

        assertThat(effects(timeline))
                .containsExactly(
                        "opened: ticket opened; policy \"rest\"; first_response started, without a target; resolution"
                                + " started, due 2026-11-23T03:30:00Z",
                        "opened: a duplicate, changes nothing",
                        "pending: status pending, was open; resolution paused after 3600 s",
                        "resumed: status open, was pending; resolution runs on, due 2026-11-23T03:50:00Z",
                        "updated: policy \"urgent\", was \"rest\"; first_response measured again from its own start for"
                                + " \"urgent\", due 2026-11-23T02:30:00Z; resolution measured again from its own start for"
                                + " \"urgent\", due 2026-11-23T05:50:00Z, was 2026-11-23T03:50:00Z;"
                                + " T/first_response/1/breach, as of 2026-11-23T02:30:00Z;"
                                + " T/first_response/1/escalation/1, as of 2026-11-23T02:30:00Z;"
                                + " T/resolution/1/warning/50%, as of 2026-11-23T03:20:00Z",
                        "responded: first_response stopped after 9000 s, breached by 7200 s",
                        "responded: first_response stopped in truth after 900 s, met; taken back: T/first_response/1/breach, as of 2026-11-23T02:15:00Z; taken back:"
                                + " T/first_response/1/escalation/1, as of 2026-11-23T02:15:00Z",
                        "resolved: status resolved, was open; resolution stopped after 7800 s, breached by 600 s",
                        "reopened: status open, was resolved; resolution runs on, due 2026-11-23T05:50:00Z",
                        "resolved: status resolved, was open; resolution stopped after 9600.000000001 s, breached by"
                                + " 2400.000000001 s");
    }

    @Test
    void shouldTellAStoryToPeople() {
        CommandRun run = CommandRun.of("explain", "T", "--data", events, "--policy", policy);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().toList())
                .contains("T: resolved, policy \"urgent\"; as of Mon 2026-11-23 15:00:00.000000002 +08:00")
                .anyMatch(line -> line.matches("first_response: met, 15m 0s used of 30m 0s"))
                .anyMatch(line -> line.matches(" {3}\\[=+\\.+=+-+=+!+x+!+]"))
                .anyMatch(line ->
                        line.matches(" {3}because +priority is urgent or high \\(high\\) and tier is not internal"
                                + " \\(not given\\)"))
                .anyMatch(line -> line.contains("before") && line.contains("1h30m of 24x7 (UTC), policy \"rest\""))
                .anyMatch(line -> line.contains("outside hours") && line.endsWith("1h 30m 0s"));
    }

    @Test
    void shouldGoOnToAnInstantOrTheEnd() throws IOException {
        JsonNode now = explain("X", "--until", "2026-11-23T08:01:00Z");
        JsonNode clock = now.get("clocks").get(0);
        assertThat(now.get("as_of").asText()).isEqualTo("2026-11-23T08:01:00Z");
        assertThat(clock.get("state").asText()).isEqualTo("running");
        assertThat(clock.get("elapsed").asText()).isEqualTo("21600.0");
        assertThat(clock.get("breached").asBoolean()).isTrue();
        assertThat(explain("T", "--until", "2026-12-01T00:00:00Z")
                        .get("forgotten")
                        .asText())
                .isEqualTo("2026-11-25T07:00:00.000000001Z");
    }

    @Test
    void shouldTellEarlierLives() throws IOException {
        Files.writeString(events, """
                {"ticket":"T","type":"opened","at":"2026-11-27T02:00:00Z","id":"again"}
                {"ticket":"T","type":"responded","at":"2026-11-27T02:05:00Z"}
                """, StandardOpenOption.APPEND);

        JsonNode timeline = explain("T");

        assertThat(timeline.get("forgotten").isNull()).isTrue();
        assertThat(timeline.get("clocks")).hasSize(1);
        assertThat(timeline.get("clocks").get(0).get("cycle").asInt()).isEqualTo(2);
        JsonNode life = timeline.get("earlier_lives").get(0);
        assertThat(life.get("status").asText()).isEqualTo("resolved");
        assertThat(life.get("forgotten").asText()).isEqualTo("2026-11-25T07:00:00.000000001Z");
        assertThat(life.get("clocks")).hasSize(2);
        assertThat(segments(life.get("clocks").get(1))).hasSize(7);
        assertThat(effects(timeline)).contains("forgotten: the ticket left memory");
    }

    @Test
    void shouldTellOfATicketThatWasNeverOpened() throws IOException {
        JsonNode timeline = explain("Z");

        assertThat(timeline.get("status").isNull()).isTrue();
        assertThat(timeline.get("clocks")).isEmpty();
        assertThat(effects(timeline))
                .containsExactly("responded: orphaned, changes nothing: the ticket was not known then");
    }

    @Test
    void shouldRefuseWhatCannotBeExplained() {
        assertRefused("there is no event of ticket \"t\"", "t", "--data", events, "--policy", policy);
        assertRefused("brings no policy", "T", "--data", events);
        assertRefused("there is no such file", "T", "--data", folder.resolve("none"));
        assertRefused("Missing required parameter", "--data", events);
        assertRefused(
                "lies before the last event",
                "T",
                "--data",
                events,
                "--policy",
                policy,
                "--until",
                "2026-11-23T01:00:00Z");
    }

    private static void assertRefused(String why, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("explain"));
        arguments.addAll(List.of(options));
        CommandRun run = CommandRun.of(arguments.toArray());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.errorLines()).hasSize(1);
        assertThat(run.err()).contains(why);
    }

    private JsonNode explain(String ticket, Object... options) throws IOException {
        List<Object> arguments =
                new ArrayList<>(List.of("explain", ticket, "--json", "--data", events, "--policy", policy));
        arguments.addAll(List.of(options));
        CommandRun run = CommandRun.of(arguments.toArray());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return MAPPER.readTree(run.out());
    }

    private static List<String> segments(JsonNode clock) {
        List<String> segments = new ArrayList<>();
        for (JsonNode segment : clock.get("segments")) {
            JsonNode event = segment.get("event");
            segments.add(segment.get("kind").asText() + " " + time(segment.get("from")) + " " + time(segment.get("to"))
                    + " " + segment.get("counted").asText() + " "
                    + (event.isNull() ? "-" : event.get("type").asText()));
        }
        return segments;
    }

    private static String time(JsonNode instant) {
        return instant.asText().replace("2026-11-23T", "").replace("Z", "");
    }

    private static List<String> effects(JsonNode timeline) {
        List<String> lines = new ArrayList<>();
        for (JsonNode event : timeline.get("events")) {
            List<String> effects = new ArrayList<>();
            event.get("effects").forEach(effect -> effects.add(effect.asText()));
            lines.add(event.get("type").asText() + ": " + String.join("; ", effects));
        }
        return lines;
    }
}
