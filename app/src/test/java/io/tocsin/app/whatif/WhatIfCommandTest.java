package io.tocsin.app.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.app.CommandRun;
import io.tocsin.app.serve.ServedFolder;
import io.tocsin.app.timeline.ChanceStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatIfCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Maven runs the tests in the module's folder. */
    private static final Path DATA = Path.of("..", "..", "shared", "data");

    private static final Path POLICIES = Path.of("..", "examples", "policies");

    private static final String OLD = """
            version: 1
            policies:
            - name: phone
              match: {channel: phone}
              targets: {first_response: 10m}
            - name: rest
              targets: {first_response: 1h}
            """;

    /** Answered after exactly 8, 9 and 10 minutes and 1 ns more than 10; one is cancelled, one a chat. */
    private static final String EVENTS = """
            {"ticket":"A","type":"opened","at":"2026-11-23T10:00:00Z","attributes":{"channel":"phone","team":"x"}}
            {"ticket":"B","type":"opened","at":"2026-11-23T10:00:00Z","attributes":{"channel":"phone","team":"y"}}
            {"ticket":"C","type":"opened","at":"2026-11-23T10:00:00Z","attributes":{"channel":"phone","team":"y"}}
            {"ticket":"D","type":"opened","at":"2026-11-23T10:00:00Z","attributes":{"channel":"phone"}}
            {"ticket":"E","type":"opened","at":"2026-11-23T10:00:00Z","attributes":{"channel":"phone"}}
            {"ticket":"F","type":"opened","at":"2026-11-23T10:00:01Z","attributes":{"channel":"chat"}}
            {"ticket":"A","type":"responded","at":"2026-11-23T10:08:00Z"}
            {"ticket":"F","type":"responded","at":"2026-11-23T10:08:00Z"}
            {"ticket":"B","type":"responded","at":"2026-11-23T10:09:00Z"}
            {"ticket":"E","type":"cancelled","at":"2026-11-23T10:09:30Z"}
            {"ticket":"C","type":"responded","at":"2026-11-23T10:10:00Z"}
            {"ticket":"D","type":"responded","at":"2026-11-23T10:10:00.000000001Z"}
            """;

    @TempDir
    Path folder;

    private Path events;
    private Path old;

    @BeforeEach
    void writeTheFiles() throws IOException {
        events = Files.writeString(folder.resolve("events.ndjson"), EVENTS);
        old = Files.writeString(folder.resolve("old.yaml"), OLD);
    }

    @Test
    void shouldFlipExactlyWhatAChangedTargetFlips() throws IOException {
        Path changed = policy(OLD.replace("10m", "8m"));

        List<JsonNode> flips = flips(events, old, changed);

        assertThat(flips).extracting(flip -> flip.get("ticket").asText()).containsExactly("C", "B");
        JsonNode c = flips.get(0);
        assertThat(c.get("from").asText()).isEqualTo("met");
        assertThat(c.get("to").asText()).isEqualTo("breached");
        assertThat(c.get("late").asText()).isEqualTo("120.0");
        assertThat(c.get("old").get("due").asText()).isEqualTo("2026-11-23T10:10:00Z");
        assertThat(c.get("new").get("due").asText()).isEqualTo("2026-11-23T10:08:00Z");
        assertThat(c.get("old").get("promise").asText()).isEqualTo("10m");
        assertThat(c.get("new").get("promise").asText()).isEqualTo("8m");
        assertThat(c.get("new").get("policy").asText()).isEqualTo("phone");
        assertThat(c.get("attributes").get("team").asText()).isEqualTo("y");
    }

    @Test
    void shouldShowFiguresByClockAndGroup() throws IOException {
        Path changed = policy(OLD.replace("10m", "8m"));

        JsonNode json = run(events, "--policy", changed, "--against", old, "--by", "team");

        assertThat(json.get("events").asInt()).isEqualTo(12);
        assertThat(json.get("tickets").asInt()).isEqualTo(6);
        assertThat(json.get("flips").get("met_to_breached").asInt()).isEqualTo(2);
        assertThat(json.get("groups")).hasSize(4);
        JsonNode total = json.get("groups").get(0).get("clocks").get("first_response");
        assertThat(total.get("old").toString())
                .isEqualTo("{\"met\":4,\"breached\":1,\"running\":0,\"paused\":0,\"cancelled\":0,\"attainment\":0.8,"
                        + "\"average\":539.8,\"p90\":600.000000001}");
        assertThat(total.get("difference").get("met").asInt()).isEqualTo(-2);
        assertThat(total.get("difference").get("breached").asInt()).isEqualTo(2);
        JsonNode y = json.get("groups").get(3);
        assertThat(y.get("key").toString()).isEqualTo("{\"team\":\"y\"}");
        assertThat(y.get("clocks")
                        .get("first_response")
                        .get("new")
                        .get("attainment")
                        .asDouble())
                .isZero();
        assertThat(json.get("groups").get(1).get("key").toString()).isEqualTo("{\"team\":null}");
    }

    @Test
    void shouldShowATableToPeople() throws IOException {
        Path changed = policy(OLD.replace("10m", "8m"));

        CommandRun run = CommandRun.of("whatif", "--data", events, "--policy", changed, "--against", old);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().toList())
                .contains(
                        "12 events, 6 tickets",
                        "first_response  4 → 2 (-2)  1 → 3 (+2)  80.0 % → 40.0 % (-40.0)  8m 59s   10m 0s",
                        "2 clocks flip: 2 met to breached",
                        "C       first_response  met   breached  2m 0s    Mon 2026-11-23 10:10:00 +00:00  10m of 24x7,"
                                + " \"phone\"");
    }

    @Test
    void shouldSayThatNothingFlipsUnderTheSamePolicy() {
        CommandRun run = CommandRun.of("whatif", "--data", events, "--policy", old, "--against", old, "--by", "team");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Nothing flips").doesNotContain("→").doesNotContain("Groups");
    }

    @Test
    void shouldCompareOnlyWhatStartedInTheSpan() throws IOException {
        Path changed = policy(OLD.replace("1h", "1m"));

        JsonNode json = run(
                events,
                "--policy",
                changed,
                "--against",
                old,
                "--from",
                "2026-11-23T10:00:01Z",
                "--to",
                "2026-11-23T10:00:02Z");
        assertThat(json.get("groups")
                        .get(0)
                        .get("clocks")
                        .get("first_response")
                        .get("new")
                        .get("breached")
                        .asInt())
                .isEqualTo(1);
        assertThat(json.get("tickets_that_flip")).hasSize(1);
        JsonNode before = run(events, "--policy", changed, "--against", old, "--to", "2026-11-23T10:00:01Z");
        assertThat(before.get("tickets_that_flip")).isEmpty();
        assertThat(before.get("groups")
                        .get(0)
                        .get("clocks")
                        .get("first_response")
                        .get("old")
                        .get("met")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void shouldTellPromisesThatComeAndGo() throws IOException {
        Path changed = policy("""
                version: 1
                policies:
                - name: chat only
                  match: {channel: chat}
                  targets: {first_response: 1h, resolution: 2h}
                """);

        JsonNode counts = run(events, "--policy", changed, "--against", old).get("flips");

        assertThat(counts.toString()).isEqualTo("{\"breached_to_none\":1,\"met_to_none\":3,\"none_to_running\":1}");
    }

    @Test
    void shouldCompareWithThePoliciesThatAServerWasRunWith() throws Exception {
        Path data = folder.resolve("data");
        try (ServedFolder server = ServedFolder.open(data)) {
            server.send("{\"ticket\":\"T1\",\"type\":\"opened\"}", "{\"ticket\":\"T2\",\"type\":\"opened\"}");
            server.awaitAlerts(4);
            server.putPolicy(OLD);
            server.awaitAlerts(6);
        }
        Path strict = policy(ServedFolder.POLICY);

        JsonNode json = run(data, "--policy", strict, "--until", "end");

        assertThat(json.get("events").asInt()).isEqualTo(2);
        assertThat(json.get("flips").toString()).isEqualTo("{}");
        JsonNode now = run(data, "--policy", strict);
        assertThat(now.get("flips").toString()).isEqualTo("{\"running_to_breached\":2}");
        assertThat(now.get("tickets_that_flip").get(0).get("old").get("policy").asText())
                .isEqualTo("rest");
    }

    @Test
    void shouldRefuseWhatCannotBeCompared() throws IOException {
        assertRefused("brings no policy to compare with", "--data", events, "--policy", old);
        assertRefused("there is no such file", "--data", folder.resolve("none"), "--policy", old);
        assertRefused("there is no such file", "--data", events, "--policy", folder.resolve("none"), "--against", old);
        assertRefused("Missing required option", "--data", events);
        assertRefused(
                "does not lie before --to",
                "--data",
                events,
                "--policy",
                old,
                "--against",
                old,
                "--from",
                "2026-11-23T10:00:01Z",
                "--to",
                "2026-11-23T10:00:01Z");
        assertRefused("is no instant with offset", "--data", events, "--policy", old, "--from", "yesterday");
        CommandRun unwritable = CommandRun.of(
                "whatif", "--data", events, "--policy", old, "--against", old, "--tickets", folder.resolve("no/where"));
        assertThat(unwritable.exitCode()).isEqualTo(1);
    }

    // ---- against two replays

    @ParameterizedTest
    @CsvSource({
        "incidents.ndjson.gz, it-incidents.yaml, first_response: 4h, first_response: 3h",
        "bank-calls-1999-02.ndjson.gz, bank-calls.yaml, first_response: 30s, first_response: 25s"
    })
    void shouldFlipWhatTwoReplaysOfARealStreamDisagreeOn(String stream, String file, String was, String is)
            throws IOException {
        assumeTrue(Files.isDirectory(DATA), () -> DATA + " is not there, so no real stream is compared");
        Path policy = POLICIES.resolve(file);
        String text = Files.readString(policy);
        assertThat(text).contains(was);
        Path changed = policy(text.replace(was, is));

        assertThat(compareWithReplays(DATA.resolve(stream), policy, changed)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldFlipWhatTwoReplaysOfAStreamByChanceDisagreeOn(long seed) throws IOException {
        Path stream = ChanceStream.write(folder.resolve("chance.ndjson"), seed, 60, 3_000);
        Path policy = Files.writeString(folder.resolve("policy.yaml"), ChanceStream.POLICY);
        Path changed = policy(ChanceStream.POLICY
                .replace("resolution: 16h", "resolution: 4h")
                .replace("first_response: 30m, ", "")
                .replace("resolution: 2bd", "resolution: 1bd"));

        assertThat(compareWithReplays(stream, policy, changed)).isPositive();
    }

    /** @return how many flips there are */
    private int compareWithReplays(Path stream, Path policy, Path changed) throws IOException {
        Map<String, String> olds = replayed(stream, policy);
        Map<String, String> news = replayed(stream, changed);
        TreeSet<String> expected = new TreeSet<>();
        TreeSet<String> cycles = new TreeSet<>(olds.keySet());
        cycles.addAll(news.keySet());
        for (String cycle : cycles) {
            String from = olds.getOrDefault(cycle, "none");
            String to = news.getOrDefault(cycle, "none");
            if (!from.equals(to)) {
                expected.add(cycle + " " + from + " " + to);
            }
        }
        List<String> found = new ArrayList<>();
        for (JsonNode flip : flips(stream, policy, changed)) {
            found.add(key(flip.get("ticket"), flip) + " " + flip.get("from").asText() + " "
                    + flip.get("to").asText());
        }
        assertThat(found).doesNotHaveDuplicates().hasSameSizeAs(expected);
        assertThat(new TreeSet<>(found)).isEqualTo(expected);
        return found.size();
    }

    private Map<String, String> replayed(Path stream, Path policy) throws IOException {
        Path tickets = folder.resolve("tickets.ndjson");
        CommandRun run = CommandRun.of("replay", stream, "--policy", policy, "--tickets", tickets, "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, String> outcomes = new TreeMap<>();
        for (String line : Files.readAllLines(tickets)) {
            JsonNode ticket = MAPPER.readTree(line);
            for (JsonNode clock : ticket.get("clocks")) {
                if (!ticket.get("status").asText().equals("cancelled")) {
                    String state = clock.get("state").asText();
                    String outcome =
                            clock.get("breached").asBoolean() ? "breached" : state.equals("stopped") ? "met" : state;
                    assertThat(outcomes.put(key(ticket.get("ticket"), clock), outcome))
                            .isNull();
                }
            }
        }
        return outcomes;
    }

    private static String key(JsonNode ticket, JsonNode clock) {
        return ticket.asText() + " " + clock.get("clock").asText() + " "
                + clock.get("cycle").asInt() + " " + clock.get("started").asText();
    }

    // ---- running it

    private Path policy(String text) throws IOException {
        return Files.writeString(folder.resolve("changed.yaml"), text);
    }

    private List<JsonNode> flips(Path stream, Path policy, Path changed) throws IOException {
        Path file = folder.resolve("flips.ndjson");
        run(stream, "--policy", changed, "--against", policy, "--tickets", file);
        List<JsonNode> flips = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            flips.add(MAPPER.readTree(line));
        }
        return flips;
    }

    private static JsonNode run(Path data, Object... options) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of("whatif", "--json", "--data", data));
        arguments.addAll(List.of(options));
        CommandRun run = CommandRun.of(arguments.toArray());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return MAPPER.readTree(run.out());
    }

    private static void assertRefused(String why, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("whatif"));
        arguments.addAll(List.of(options));
        CommandRun run = CommandRun.of(arguments.toArray());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.errorLines()).hasSize(1);
        assertThat(run.err()).contains(why);
    }
}
