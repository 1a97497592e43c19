package io.tocsin.app.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExplainCommandTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-20T09:50:00.000000001Z"), ZoneOffset.UTC);
    private static final String POLICY = """
            version: 1
            timezone: Asia/Shanghai
            calendars: {office: {hours: {mon-fri: ["09:00-18:00"]}}}
            policies:
            - name: complaint
              label: {zh: 投诉}
              match: {channel: phone, grade: [A, A+]}
              targets: {first_response: 1h}
            - name: rest
              match: {tier: {not: internal}, agent: "*"}
              calendar: office
              warn: [50%]
              escalate: [{after: 0m, to: lead}, {after: 1h, every: 1h, times: 7, to: [cto, ceo]}]
              targets: {first_response: 20m, next_response: 1bd}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeTheFile() throws IOException {
        file = folder.resolve("policy.yaml");
        Files.writeString(file, POLICY);
    }

    private int run(String... arguments) {
        return new CommandLine(new ExplainCommand(NOW))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void shouldExplainATicketToPeople() {
        int exitCode =
                run(file.toString(), "--attributes", "channel=mail, agent=a-17", "--at", "2026-11-20T17:50:00+08:00");
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "A ticket with channel \"mail\", agent \"a-17\" at 2026-11-20T09:50:00Z",
                        "   1. complaint  no: channel is \"mail\", needed is \"phone\"",
                        "   2. rest       matches",
                        "",
                        "first_response: 20m; calendar office (Asia/Shanghai); starts with opened",
                        "   start                     Fri 2026-11-20 17:50:00 +08:00  2026-11-20T09:50:00Z",
                        "   warning 50%               Fri 2026-11-20 18:00:00 +08:00  2026-11-20T10:00:00Z",
                        "   due                       Mon 2026-11-23 09:10:00 +08:00  2026-11-23T01:10:00Z",
                        "   step 1, after 0m          Mon 2026-11-23 09:10:00 +08:00  2026-11-23T01:10:00Z  to lead",
                        "   step 2, after 1h, 1 of 7  Mon 2026-11-23 10:10:00 +08:00  2026-11-23T02:10:00Z  to cto, ceo",
                        "   step 2, after 1h, 2 of 7  Mon 2026-11-23 11:10:00 +08:00  2026-11-23T03:10:00Z  to cto, ceo",
                        "   step 2, after 1h, 3 of 7  Mon 2026-11-23 12:10:00 +08:00  2026-11-23T04:10:00Z  to cto, ceo",
                        "   step 2, after 1h, 4 of 7  Mon 2026-11-23 13:10:00 +08:00  2026-11-23T05:10:00Z  to cto, ceo",
                        "   step 2, after 1h, 5 of 7  Mon 2026-11-23 14:10:00 +08:00  2026-11-23T06:10:00Z  to cto, ceo",
                        "   … 2 more, until           Mon 2026-11-23 16:10:00 +08:00  2026-11-23T08:10:00Z  to cto, ceo",
                        "",
                        "next_response: 1bd; calendar office (Asia/Shanghai);"
                                + " starts with customer_replied unless first_response is running",
                        "   start                     Fri 2026-11-20 17:50:00 +08:00  2026-11-20T09:50:00Z",
                        "   warning 50%               Mon 2026-11-23 13:25:00 +08:00  2026-11-23T05:25:00Z",
                        "   due                       Mon 2026-11-23 18:00:00 +08:00  2026-11-23T10:00:00Z",
                        "   step 1, after 0m          Mon 2026-11-23 18:00:00 +08:00  2026-11-23T10:00:00Z  to lead",
                        "   step 2, after 1h, 1 of 7  Tue 2026-11-24 10:00:00 +08:00  2026-11-24T02:00:00Z  to cto, ceo",
                        "   step 2, after 1h, 2 of 7  Tue 2026-11-24 11:00:00 +08:00  2026-11-24T03:00:00Z  to cto, ceo",
                        "   step 2, after 1h, 3 of 7  Tue 2026-11-24 12:00:00 +08:00  2026-11-24T04:00:00Z  to cto, ceo",
                        "   step 2, after 1h, 4 of 7  Tue 2026-11-24 13:00:00 +08:00  2026-11-24T05:00:00Z  to cto, ceo",
                        "   step 2, after 1h, 5 of 7  Tue 2026-11-24 14:00:00 +08:00  2026-11-24T06:00:00Z  to cto, ceo",
                        "   … 2 more, until           Tue 2026-11-24 16:00:00 +08:00  2026-11-24T08:00:00Z  to cto, ceo");
    }

    @Test
    void shouldSayWhereAStartOutsideTheHoursCountsFrom() {
        run(file.toString(), "--attributes", "agent=a", "--at", "2026-11-21T12:00:00.5+08:00");
        assertThat(out.toString().lines())
                .contains(
                        "   start                     Sat 2026-11-21 12:00:00.5 +08:00  2026-11-21T04:00:00.500Z",
                        "   counts from               Mon 2026-11-23 09:00:00 +08:00    2026-11-23T01:00:00Z");
    }

    @Test
    void shouldExplainATicketToPrograms() throws IOException {
        assertThat(run(file.toString(), "--json", "--attributes", "tier=x,agent=a", "--at", "2026-11-20T09:50:00Z"))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("at").asText()).isEqualTo("2026-11-20T09:50:00Z");
        assertThat(json.get("attributes").toString()).isEqualTo("{\"tier\":\"x\",\"agent\":\"a\"}");
        assertThat(json.get("unknown_attributes").toString()).isEqualTo("[]");
        assertThat(json.get("passed_over").toString())
                .isEqualTo(
                        "[{\"policy\":\"complaint\",\"attribute\":\"channel\",\"value\":null,\"any_of\":[\"phone\"]}]");
        assertThat(json.get("policy").asText()).isEqualTo("rest");
        assertThat(json.get("clocks")).hasSize(2);
        JsonNode clock = json.get("clocks").get(0);
        assertThat(clock.get("alerts")).hasSize(10);
        assertThat(clock.get("alerts").get(2).toString())
                .isEqualTo("{\"kind\":\"escalation\",\"threshold\":\"0m\",\"level\":1,\"to\":[\"lead\"],"
                        + "\"at\":\"2026-11-23T01:10:00Z\",\"at_local\":\"2026-11-23T09:10:00+08:00\"}");
        ((com.fasterxml.jackson.databind.node.ObjectNode) clock).remove("alerts");
        assertThat(clock.toString())
                .isEqualTo(
                        "{\"clock\":\"first_response\",\"start_event\":\"opened\",\"promise\":\"20m\",\"target\":1200.0,"
                                + "\"calendar\":\"office\",\"timezone\":\"Asia/Shanghai\","
                                + "\"started\":\"2026-11-20T09:50:00Z\",\"started_local\":\"2026-11-20T17:50:00+08:00\","
                                + "\"counts_from\":\"2026-11-20T09:50:00Z\",\"counts_from_local\":\"2026-11-20T17:50:00+08:00\","
                                + "\"due\":\"2026-11-23T01:10:00Z\",\"due_local\":\"2026-11-23T09:10:00+08:00\"}");
        assertThat(json.get("clocks").get(1).get("target").isNull()).isTrue();
    }

    @Test
    void shouldStartNowUnlessToldOtherwise() {
        assertThat(run(file.toString(), "--attributes", "channel=phone,grade=A+"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "at 2026-11-20T09:50:00.000000001Z",
                        "   due    Fri 2026-11-20 18:50:00.000000001 +08:00  2026-11-20T10:50:00.000000001Z");
    }

    @Test
    void shouldSayThatNothingIsPromisedWhenNoPolicyMatches() throws IOException {
        assertThat(run(file.toString())).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "A ticket with no attributes at 2026-11-20T09:50:00.000000001Z",
                        "   1. complaint  no: channel is not given, needed is \"phone\"",
                        "   2. rest       no: agent is not given, needed is any value",
                        "No policy matches: nothing is promised to this ticket.");
        out.getBuffer().setLength(0);
        assertThat(run(file.toString(), "--json", "--attributes", "tier=internal"))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("policy").isNull()).isTrue();
        assertThat(json.get("clocks")).isEmpty();
        assertThat(json.get("passed_over").get(1).toString())
                .isEqualTo(
                        "{\"policy\":\"rest\",\"attribute\":\"tier\",\"value\":\"internal\",\"none_of\":[\"internal\"]}");
    }

    @Test
    void shouldHintAtAttributesThatNoPolicyNames() throws IOException {
        assertThat(run(file.toString(), "--json", "--attributes", "chanel=phone,agent=a,xyzzy=1"))
                .isZero();
        assertThat(err.toString().lines())
                .containsExactly(
                        file + ": hint: unknown attribute \"chanel\", did you mean \"channel\"?"
                                + " known: channel, grade, tier, agent",
                        file + ": hint: unknown attribute \"xyzzy\"; known: channel, grade, tier, agent");
        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .get("unknown_attributes")
                        .toString())
                .isEqualTo("[{\"name\":\"chanel\",\"nearest\":\"channel\"},{\"name\":\"xyzzy\",\"nearest\":null}]");
    }

    @Test
    void shouldShowEachMistakeOfTheFileAsACheckDoes() throws IOException {
        Files.writeString(file, "version: 1\npolicies:\n- {nam: a, targets: {first_response: 0m}}\n");
        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .hasSize(3)
                .first()
                .isEqualTo(file + ":3:3: policies[0].name: is missing, expected a name that is unique in the file");
        assertThat(run(folder.toString())).isEqualTo(2);
        assertThat(err.toString()).endsWith(folder + ": there is no such file; give the path of a policy file\n");
    }

    @Test
    void shouldRefuseWhatItCannotRead() {
        assertThat(run(file.toString(), "--attributes", "phone")).isEqualTo(2);
        assertThat(err.toString()).contains("'phone' is no attribute, expected NAME=VALUE such as channel=phone");
        assertThat(run(file.toString(), "--at", "2026-11-20 09:50")).isEqualTo(2);
        assertThat(err.toString()).contains("is no instant with offset, like 2026-11-22T18:00:00+08:00");
        assertThat(run(file.toString(), "--at", "2200-01-02T00:00:00Z")).isEqualTo(2);
        assertThat(err.toString()).contains("is out of range, instants lie from 1970 to 2199");
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void shouldSayThatATargetIsNeverDueOrNeverAnnounced() throws IOException {
        Files.writeString(file, """
                version: 1
                calendars: {c: {hours: {sat: ["09:00-10:00"]}}}
                clocks: {mine: {start: [cancelled], stop: [recorded]}}
                policies: [{name: a, targets: {resolution: {target: 3000d, calendar: c}, mine: 1h}}]
                """);
        assertThat(run(file.toString(), "--at", "2026-11-21T09:00:00Z")).isZero();
        assertThat(out.toString().lines().skip(2))
                .containsExactly(
                        "",
                        "resolution: 72000h; calendar c (UTC); starts with opened",
                        "   start  Sat 2026-11-21 09:00:00 +00:00        2026-11-21T09:00:00Z",
                        "   due    never: the calendar opens too little",
                        "",
                        "mine: 1h; calendar 24x7 (UTC); starts with cancelled",
                        "   start   Sat 2026-11-21 09:00:00 +00:00  2026-11-21T09:00:00Z",
                        "   due     Sat 2026-11-21 10:00:00 +00:00  2026-11-21T10:00:00Z",
                        "   alerts  none: the ticket is cancelled");
    }

    @Test
    void shouldSayWhatTheReadmeShows() throws IOException {
        Path root = Path.of("..");
        Path example = root.resolve(Path.of("examples", "policies", "it-incidents.yaml"));
        String attributes = "channel=phone,priority=moderate";
        String at = "2026-12-24T17:30:00+01:00";
        run(example.toString(), "--attributes", attributes, "--at", at);
        assertThat(Files.readString(root.resolve("README.md")))
                .contains("--attributes " + attributes + " --at " + at + "\n", "```\n" + out + "```\n");
    }

    @Test
    void shouldExplainItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--attributes", "--at", "--json", "Exit codes:");
    }
}
