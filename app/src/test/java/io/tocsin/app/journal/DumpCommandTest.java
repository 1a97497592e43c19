package io.tocsin.app.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.app.CommandRun;
import io.tocsin.app.serve.ServedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server's folder holds, line by line: a policy, eight events, another policy, an event. */
class DumpCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String OTHER = ServedFolder.POLICY.replace("50%", "60%");
    private static final Instant BEFORE = Instant.now();
    private static final String LATE = BEFORE.plusMillis(1).toString();

    @TempDir
    private static Path parent;

    private static Path folder;

    @BeforeAll
    static void serve() throws Exception {
        folder = parent.resolve("data");
        try (ServedFolder server = ServedFolder.open(folder)) {
            server.send("""
                    {"ticket":"A","type":"opened","id":"e1","attributes":{"n":-0.25,"vip":true,"name":"\\"Zoë\\"\\n","gone":null}}\
                    """);
            server.send("{\"ticket\":\"售后\",\"type\":\"opened\",\"attributes\":{\"a\":1e3}}");
            server.send("{\"ticket\":\"B\",\"type\":\"opened\"}");
            server.send("{\"ticket\":\"A\",\"type\":\"opened\",\"id\":\"e1\"}");
            server.send("{\"ticket\":\"none\",\"type\":\"responded\"}");
            server.send("{\"ticket\":\"C\",\"type\":\"opened\",\"at\":\"" + LATE + "\"}");
            server.awaitAlerts(7);
            server.send("{\"ticket\":\"B\",\"type\":\"responded\"}");
            server.send("{\"ticket\":\"C\",\"type\":\"responded\",\"at\":\"" + LATE + "\"}");
            server.awaitAlerts(8);
            server.putPolicy(OTHER);
            server.send("{\"ticket\":\"A\",\"type\":\"resolved\",\"attributes\":{\"gone\":\"yes\",\"n\":null}}");
        }
    }

    @Test
    void shouldPrintEachEventAsItWasSentWithPositionAndArrival() {
        List<JsonNode> events = json("dump", folder);
        assertThat(numbers(events, "position")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 10L);
        JsonNode first = events.get(0);
        assertThat(first.fieldNames())
                .toIterable()
                .containsExactly("position", "arrived", "ticket", "type", "at", "id", "attributes");
        assertThat(first.get("at")).isEqualTo(first.get("arrived"));
        assertThat(Instant.parse(first.get("arrived").asText())).isAfter(BEFORE);
        assertThat(first.get("attributes"))
                .hasToString("{\"n\":-0.25,\"vip\":true,\"name\":\"\\\"Zoë\\\"\\n\",\"gone\":null}");
        assertThat(events.get(1).get("ticket").asText()).isEqualTo("售后");
        assertThat(events.get(2).fieldNames())
                .toIterable()
                .containsExactly("position", "arrived", "ticket", "type", "at");
        assertThat(events.get(5).get("at").asText())
                .isEqualTo(LATE)
                .isLessThan(events.get(5).get("arrived").asText());
    }

    @Test
    void shouldPrintPoliciesWhenAskedTo() {
        List<JsonNode> all = json("dump", folder, "--policies");
        assertThat(numbers(all, "position")).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(all.get(0).fieldNames()).toIterable().containsExactly("position", "arrived", "policy");
        assertThat(all.get(0).get("policy").asText()).isEqualTo(ServedFolder.POLICY);
        assertThat(all.get(9).get("policy").asText()).isEqualTo(OTHER);
    }

    @Test
    void shouldGiveTheSameTicketsWhenReplayed() throws IOException {
        Path dumped = Files.write(parent.resolve("dumped.ndjson"), JournalRun.lines("dump", folder));
        Path policy = Files.writeString(parent.resolve("policy.yaml"), OTHER);
        String later = Instant.now().plusSeconds(60).toString();
        Path fromFolder = parent.resolve("folder-tickets.ndjson");
        Path fromDump = parent.resolve("dump-tickets.ndjson");
        CommandRun first = CommandRun.of("replay", folder, "--until", later, "--tickets", fromFolder, "--json");
        CommandRun second =
                CommandRun.of("replay", dumped, "--policy", policy, "--until", later, "--tickets", fromDump, "--json");
        assertThat(second.err()).isEmpty();
        assertThat(Files.readAllLines(fromDump)).hasSize(4).isEqualTo(Files.readAllLines(fromFolder));
        assertThat(parse(second.out()).get("events"))
                .isEqualTo(parse(first.out()).get("events"));
        assertThat(parse(second.out()).get("duplicates").asInt()).isEqualTo(1);
        assertThat(parse(second.out()).get("orphaned").asInt()).isEqualTo(1);
    }

    @Test
    void shouldPrintAStretchByPositionFirstInclusiveLastExclusive() {
        assertThat(positions("--from", 3, "--to", 5)).containsExactly(3L, 4L);
        assertThat(positions("--from", 8)).containsExactly(8L, 10L);
        assertThat(positions("--to", 2)).containsExactly(1L);
        assertThat(positions("--from", 11)).isEmpty();
        assertThat(positions("--from", 5, "--to", 3)).isEmpty();
    }

    @Test
    void shouldPrintAStretchByArrivalFirstInclusiveLastExclusive() {
        List<JsonNode> all = json("dump", folder);
        String third = all.get(2).get("arrived").asText();
        String fifth = all.get(4).get("arrived").asText();
        assertThat(positions("--from", third, "--to", fifth)).containsExactly(3L, 4L);
        assertThat(positions("--from", third, "--to", 4)).containsExactly(3L);
        assertThat(positions("--from", Instant.now().plusSeconds(60))).isEmpty();
        // C happened before all others arrived; it is its arrival that counts.
        assertThat(positions("--to", LATE)).isEmpty();
    }

    @Test
    void shouldPrintWhatIsAboutATicket() {
        assertThat(positions("--ticket", "A")).containsExactly(1L, 4L, 10L);
        assertThat(positions("--ticket", "A", "--ticket", "售后", "--from", 2)).containsExactly(2L, 4L, 10L);
        assertThat(positions("--ticket", "a")).isEmpty();
    }

    @Test
    void shouldPrintTheAlertsAsTheServerGaveThem() {
        List<JsonNode> alerts = json("dump", folder, "--alerts");
        assertThat(numbers(alerts, "seq")).startsWith(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(alerts.stream().map(alert -> alert.get("id").asText()))
                .contains("A/first_response/1/breach", "C/first_response/1/breach/revoked");
        assertThat(alerts.get(0).fieldNames())
                .toIterable()
                .startsWith("seq", "id", "kind", "ticket", "clock", "cycle", "policy");
        assertThat(numbers(json("dump", folder, "--alerts", "--from", 2, "--to", 4), "seq"))
                .containsExactly(2L, 3L);
        String detected = alerts.get(alerts.size() - 1).get("detected").asText();
        assertThat(json("dump", folder, "--alerts", "--from", detected)).endsWith(alerts.get(alerts.size() - 1));
        assertThat(numbers(json("dump", folder, "--alerts", "--to", detected), "seq"))
                .isNotEmpty()
                .doesNotContain((long) alerts.size());
        assertThat(json("dump", folder, "--alerts", "--ticket", "A"))
                .isNotEmpty()
                .allMatch(alert -> alert.get("ticket").asText().equals("A"));
    }

    @Test
    void shouldRefuseWhatCannotBeMeant() {
        assertRefuses("Invalid value for option '--from': '1.5' is neither a position", "--from", "1.5");
        assertRefuses(
                "'2026-11-22T18:00:00' is neither a position, like 12, nor an instant", "--to", "2026-11-22T18:00:00");
        assertRefuses("'1969-12-31T23:00:00Z' is out of range", "--to", "1969-12-31T23:00:00Z");
        assertRefuses("mutually exclusive", "--alerts", "--policies");
        CommandRun missing = CommandRun.of("journal", "dump", parent.resolve("missing"));
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.errorLines())
                .containsExactly("tocsin: " + parent.resolve("missing")
                        + ": there is no such folder; give a server's data folder");
        CommandRun wrong = CommandRun.of("journal", "dump", parent);
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.errorLines()).singleElement().asString().contains(parent + ": is not a data folder; give");
        assertThat(CommandRun.of("journal").errorLines())
                .singleElement()
                .asString()
                .contains("a command is missing");
    }

    private static void assertRefuses(String message, Object... options) {
        CommandRun run = CommandRun.of(Stream.concat(Stream.of("journal", "dump", folder), Stream.of(options))
                .toArray());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLines()).singleElement().asString().contains(message);
    }

    private static List<Long> positions(Object... options) {
        return numbers(
                json(Stream.concat(Stream.of("dump", folder), Stream.of(options))
                        .toArray()),
                "position");
    }

    private static List<Long> numbers(List<JsonNode> lines, String field) {
        return lines.stream().map(line -> line.get(field).asLong()).toList();
    }

    private static List<JsonNode> json(Object... arguments) {
        return JournalRun.lines(arguments).stream().map(DumpCommandTest::parse).toList();
    }

    private static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }
}
