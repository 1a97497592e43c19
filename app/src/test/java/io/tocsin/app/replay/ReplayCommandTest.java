package io.tocsin.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.app.CommandRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String POLICY = """
            version: 1
            forget_after: 1h
            policies:
            - name: gold
              match: {tier: gold}
              warn: [50%]
              escalate: [{after: 0m, to: lead}, {after: 10m, to: chief}]
              targets: {first_response: 10m, resolution: 4h}
            - name: rest
              targets: {first_response: 1h}
            """;

    /** A is met and forgotten at 11:05, B breaches at 11:01, C runs when the events end; lines 3 and 8 are no events. */
    private static final String EVENTS = """
            {"ticket":"A","type":"opened","at":"2026-11-23T10:00:00Z","id":"1","attributes":{"tier":"gold","channel":"phone"}}
            {"ticket":"B","type":"opened","at":"2026-11-23T10:01:00Z","attributes":{"channel":"chat"}}
            hello
            {"ticket":"A","type":"responded","at":"2026-11-23T10:04:00Z","id":"2"}
            {"ticket":"A","type":"responded","at":"2026-11-23T10:04:00Z","id":"2"}

            {"ticket":"Z","type":"responded","at":"2026-11-23T10:04:30Z"}
            {"type":"opened"}
            {"ticket":"A","type":"resolved","at":"2026-11-23T10:05:00Z"}
            {"ticket":"C","type":"opened","at":"2026-11-23T11:30:00Z","attributes":{"tier":"gold","channel":"phone"}}
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
    void shouldPrintATableForPeople() {
        CommandRun run = replay();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().toList())
                .containsSubsequence(
                        "events       7",
                        "rejected     2",
                        "duplicates   1",
                        "orphaned     1",
                        "tickets      3",
                        "warnings     0",
                        "breaches     1",
                        "escalations  0",
                        "revoked      0",
                        "",
                        "clock           met  breached  attained  cancelled  running  paused  average    p90",
                        "first_response    1         1    50.0 %          0        1       0    4m 0s  4m 0s",
                        "resolution        1         0   100.0 %          0        1       0    5m 0s  5m 0s")
                .last()
                .asString()
                .matches("state hash [0-9a-f]{16}, \\d+\\.\\d\\d s");
    }

    @Test
    void shouldPrintTheSummaryOfTheContractAsJson() {
        assertThat(replay("--json").out())
                .matches("\\Q{\"events\":7,\"rejected\":2,\"duplicates\":1,\"orphaned\":1,\"tickets\":3,"
                        + "\"alerts\":{\"warning\":0,\"breach\":1,\"escalation\":0,\"revoked\":0},"
                        + "\"clocks\":{"
                        + "\"first_response\":{\"met\":1,\"breached\":1,\"cancelled\":0,\"running\":1,\"paused\":0},"
                        + "\"resolution\":{\"met\":1,\"breached\":0,\"cancelled\":0,\"running\":1,\"paused\":0}},"
                        + "\"state_hash\":\"\\E[0-9a-f]{16}\",\"seconds\":\\d+\\.\\d+}\n");
    }

    @Test
    void shouldTellInvalidLinesWithTheirNumbers() {
        List<String> errors = replay().errorLines();
        assertThat(errors).hasSize(2);
        assertThat(errors.get(0)).startsWith(events + ":3: ");
        assertThat(errors.get(1)).startsWith(events + ":8: ").contains("ticket");
    }

    @Test
    void shouldEndAtTheFirstInvalidLineWhenStrict() throws IOException {
        Path alerts = folder.resolve("alerts.ndjson");
        CommandRun run = replay("--strict", "--alerts", alerts);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLines()).singleElement().asString().startsWith("tocsin: " + events + ":3: ");
        assertThat(run.out()).isEmpty();
        assertThat(alerts).isEmptyFile();

        Files.writeString(
                events,
                EVENTS.lines().filter(line -> !line.matches("hello|.*\\{\"type.*")).toList().stream()
                        .reduce("", (a, b) -> a + b + "\n"));
        assertThat(replay("--strict").exitCode()).isZero();
    }

    @Test
    void shouldStopAtTheLastEventUnlessToldOtherwise() throws IOException {
        assertThat(alertIds()).containsExactly("B/first_response/1/breach");
        assertThat(alertIds("--until", "2026-11-23T11:36:00Z"))
                .containsExactly("B/first_response/1/breach", "C/first_response/1/warning/50%");
        // At the due instant it is still met; just after it, it is not.
        assertThat(alertIds("--until", "2026-11-23T11:40:00Z")).hasSize(2);
        assertThat(alertIds("--until", "2026-11-23T12:40:00.000000001+01:00"))
                .hasSize(4)
                .endsWith("C/first_response/1/breach", "C/first_response/1/escalation/1");
        List<JsonNode> all = alerts("--until", "end");
        assertThat(all)
                .extracting(alert -> alert.get("kind").asText())
                .containsExactly(
                        "breach",
                        "warning",
                        "breach",
                        "escalation",
                        "escalation",
                        "warning",
                        "breach",
                        "escalation",
                        "escalation");
        assertThat(all).extracting(alert -> alert.get("seq").asInt()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(all.get(8).get("at").asText()).isEqualTo("2026-11-23T15:40:00Z");
    }

    @Test
    void shouldRefuseToGoBackBehindTheLastEvent() {
        CommandRun run = replay("--until", "2026-11-23T11:29:59Z");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLines())
                .last()
                .isEqualTo("tocsin: --until 2026-11-23T11:29:59Z lies before the last event at 2026-11-23T11:30:00Z;"
                        + " give a later instant, or 'end'");
        assertThat(replay("--until", "tomorrow").errorLines())
                .singleElement()
                .asString()
                .contains("'tomorrow'", "'end'");
        assertThat(replay("--until", "tomorrow").exitCode()).isEqualTo(2);
    }

    @Test
    void shouldWriteTicketsInFirstSeenOrderForgottenOnesAsTheyWere() throws IOException {
        Path tickets = folder.resolve("tickets.ndjson");
        assertThat(replay("--tickets", tickets).exitCode()).isZero();

        assertThat(Files.readAllLines(tickets))
                .containsExactly(
                        "{\"ticket\":\"A\",\"status\":\"resolved\",\"policy\":\"gold\","
                                + "\"attributes\":{\"tier\":\"gold\",\"channel\":\"phone\"},\"clocks\":["
                                + "{\"clock\":\"first_response\",\"cycle\":1,\"state\":\"stopped\",\"breached\":false,"
                                + "\"started\":\"2026-11-23T10:00:00Z\",\"due\":\"2026-11-23T10:10:00Z\","
                                + "\"stopped\":\"2026-11-23T10:04:00Z\",\"elapsed\":240.0,\"target\":600.0,\"remaining\":360.0},"
                                + "{\"clock\":\"resolution\",\"cycle\":1,\"state\":\"stopped\",\"breached\":false,"
                                + "\"started\":\"2026-11-23T10:00:00Z\",\"due\":\"2026-11-23T14:00:00Z\","
                                + "\"stopped\":\"2026-11-23T10:05:00Z\",\"elapsed\":300.0,\"target\":14400.0,"
                                + "\"remaining\":14100.0}]}",
                        "{\"ticket\":\"B\",\"status\":\"open\",\"policy\":\"rest\",\"attributes\":{\"channel\":\"chat\"},"
                                + "\"clocks\":["
                                + "{\"clock\":\"first_response\",\"cycle\":1,\"state\":\"running\",\"breached\":true,"
                                + "\"started\":\"2026-11-23T10:01:00Z\",\"due\":\"2026-11-23T11:01:00Z\",\"stopped\":null,"
                                + "\"elapsed\":5340.0,\"target\":3600.0,\"remaining\":-1740.0}]}",
                        "{\"ticket\":\"C\",\"status\":\"open\",\"policy\":\"gold\","
                                + "\"attributes\":{\"tier\":\"gold\",\"channel\":\"phone\"},\"clocks\":["
                                + "{\"clock\":\"first_response\",\"cycle\":1,\"state\":\"running\",\"breached\":false,"
                                + "\"started\":\"2026-11-23T11:30:00Z\",\"due\":\"2026-11-23T11:40:00Z\",\"stopped\":null,"
                                + "\"elapsed\":0.0,\"target\":600.0,\"remaining\":600.0},"
                                + "{\"clock\":\"resolution\",\"cycle\":1,\"state\":\"running\",\"breached\":false,"
                                + "\"started\":\"2026-11-23T11:30:00Z\",\"due\":\"2026-11-23T15:30:00Z\",\"stopped\":null,"
                                + "\"elapsed\":0.0,\"target\":14400.0,\"remaining\":14400.0}]}");
    }

    @Test
    void shouldWriteFiguresGroupedByAttributes() throws IOException {
        Path stats = folder.resolve("stats.json");
        assertThat(replay("--stats", stats, "--by", "channel,tier").exitCode()).isZero();
        JsonNode grouped = MAPPER.readTree(stats.toFile());
        assertThat(grouped.get("as_of").asText()).isEqualTo("2026-11-23T11:30:00Z");
        assertThat(grouped.get("window").asText()).isEqualTo("all");
        assertThat(grouped.get("groups")).hasSize(2);
        assertThat(grouped.get("groups").get(0).get("key")).hasToString("{\"channel\":\"chat\",\"tier\":null}");
        JsonNode phone = grouped.get("groups").get(1);
        assertThat(phone.get("key")).hasToString("{\"channel\":\"phone\",\"tier\":\"gold\"}");
        assertThat(phone.get("tickets"))
                .hasToString("{\"opened\":2,\"resolved\":1,\"reopened\":0,\"abandoned\":0,\"open\":1,"
                        + "\"transferred\":0,\"complained\":0,\"longest_waiting\":0.0}");
        assertThat(phone.get("clocks").get("first_response").get("met").asInt()).isEqualTo(1);

        assertThat(replay("--stats", stats).exitCode()).isZero();
        JsonNode total = MAPPER.readTree(stats.toFile()).get("groups");
        assertThat(total).hasSize(1);
        assertThat(total.get(0).get("key")).isEmpty();
        assertThat(total.get(0).get("tickets").get("opened").asInt()).isEqualTo(3);
    }

    @Test
    void shouldComeToTheSameEveryTimeAndFromEverySource() throws IOException {
        String hash = hash(replay("--json"));
        List<JsonNode> alerts = alerts("--until", "end");
        byte[] alertBytes = Files.readAllBytes(folder.resolve("alerts.ndjson"));
        alerts("--until", "end");
        assertThat(Files.readAllBytes(folder.resolve("alerts.ndjson"))).isEqualTo(alertBytes);
        assertThat(alerts).isNotEmpty();
        assertThat(hash(replay("--json"))).isEqualTo(hash);
        assertThat(hash(replayOf(gzip(), "--json"))).isEqualTo(hash);
        assertThat(hash(replayOfStandardInput("--json"))).isEqualTo(hash);

        Files.writeString(policy, POLICY.replace("4h", "5h"));
        assertThat(hash(replay("--json"))).isNotEqualTo(hash);
    }

    @Test
    void shouldCallStandardInputByItsName() {
        CommandRun run = replayOfStandardInput();
        assertThat(run.exitCode()).isZero();
        assertThat(run.errorLines()).first().asString().startsWith("standard input:3: ");
    }

    @Test
    void shouldSayWhatIsMissing() {
        Path missing = folder.resolve("missing");
        assertFails(
                2,
                missing + ": there is no such file; give a file of events or a data folder",
                missing,
                "--policy",
                policy);
        assertFails(
                2, missing + ": there is no such file; give the path of a policy file", events, "--policy", missing);
        assertFails(2, "replay: " + events + " brings no policy; give one with --policy FILE", events);
        assertFails(2, "replay: - brings no policy; give one with --policy FILE", "-");
        assertFails(
                2,
                folder + ": is neither a file of events nor a data folder; check the path",
                folder,
                "--policy",
                policy);
        assertThat(CommandRun.of("replay").exitCode()).isEqualTo(2);
    }

    @Test
    void shouldReportEveryMistakeOfThePolicy() throws IOException {
        Files.writeString(policy, "version: 2\npolicies: []\ncolour: red\n");
        CommandRun run = replay();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLines()).hasSize(3).allMatch(line -> line.startsWith("tocsin: " + policy + ":"));
    }

    @Test
    void shouldSayThatAFileIsNoGzipOrEndsTooSoon() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.ndjson.gz"), EVENTS);
        assertFails(
                2,
                plain + ": cannot be opened (Not in GZIP format); check that it may be read and is gzip",
                plain,
                "--policy",
                policy);
        byte[] whole = Files.readAllBytes(gzip());
        Path torn = Files.write(folder.resolve("torn.ndjson.gz"), Arrays.copyOf(whole, whole.length - 10));
        CommandRun run = replayOf(torn);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errorLines())
                .last()
                .isEqualTo("tocsin: " + torn + ": cannot be read (Unexpected end of ZLIB input stream)");
    }

    @Test
    void shouldSayWhichOutputCannotBeWritten() {
        Path nowhere = folder.resolve("missing").resolve("out");
        for (String option : new String[] {"--alerts", "--tickets", "--stats"}) {
            CommandRun run = replay(option, nowhere);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errorLines()).last().asString().startsWith("tocsin: " + nowhere + ": cannot be written");
        }
    }

    private CommandRun replay(Object... options) {
        return replayOf(events, options);
    }

    private CommandRun replayOf(Object source, Object... options) {
        return CommandRun.of(Stream.concat(Stream.of("replay", source, "--policy", policy), Arrays.stream(options))
                .toArray());
    }

    private CommandRun replayOfStandardInput(Object... options) {
        InputStream standardInput = System.in;
        System.setIn(new ByteArrayInputStream(EVENTS.getBytes(StandardCharsets.UTF_8)));
        try {
            return replayOf("-", options);
        } finally {
            System.setIn(standardInput);
        }
    }

    private List<String> alertIds(Object... options) throws IOException {
        return alerts(options).stream().map(alert -> alert.get("id").asText()).toList();
    }

    private List<JsonNode> alerts(Object... options) throws IOException {
        Path file = folder.resolve("alerts.ndjson");
        CommandRun run = replay(Stream.concat(Stream.of("--alerts", file), Arrays.stream(options))
                .toArray());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Files.readAllLines(file).stream().map(ReplayCommandTest::parse).toList();
    }

    private Path gzip() throws IOException {
        Path file = folder.resolve("events.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(EVENTS.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static String hash(CommandRun run) {
        return parse(run.out()).get("state_hash").asText();
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }

    private static void assertFails(int exitCode, String message, Object... arguments) {
        CommandRun run = CommandRun.of(
                Stream.concat(Stream.of("replay"), Arrays.stream(arguments)).toArray());
        assertThat(run.errorLines()).containsExactly("tocsin: " + message);
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
    }
}
