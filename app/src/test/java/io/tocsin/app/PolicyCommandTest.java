package io.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

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

class PolicyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("policy.yaml");
    }

    private int run(String... arguments) {
        return new CommandLine(new PolicyCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** On a day of 2026. */
    private int checkThen(String text) throws IOException {
        Files.writeString(file, text);
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T18:00:00Z"), ZoneOffset.UTC);
        return new CommandLine(new PolicyCommand.Check(clock))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(file.toString());
    }

    private int check(String text) throws IOException {
        Files.writeString(file, text);
        return run("check", file.toString());
    }

    @Test
    void shouldShowWhatAppliesToWhom() throws IOException {
        int exitCode = check("""
                version: 1
                timezone: Asia/Shanghai
                calendars: {office: {hours: {mon-fri: ["09:00-18:00"]}}}
                escalations: {A: [{after: 0m, to: lead}, {after: 15m, every: 1h, times: 3, to: [ceo, cto]}]}
                policies:
                - name: complaint
                  label: {zh: 投诉, en: Complaint}
                  match: {stage: after_sales, grade: [A, A+], tier: {not: internal}, agent: "*"}
                  calendar: office
                  warn: [50%, 5m]
                  escalate: A
                  targets: {resolution: {target: 40h, warn: []}, first_response: 15m}
                - name: rest
                  targets: {resolution: {target: 3bd, due_at: same_time}}
                """);
        assertThat(exitCode).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines())
                .containsExactly(
                        file + " is valid: 2 policies, time zone Asia/Shanghai,"
                                + " finished tickets are forgotten after 30d",
                        "",
                        "1. complaint (en: Complaint, zh: 投诉)",
                        "   for stage is after_sales and grade is A or A+ and tier is not internal and agent is given",
                        "   clock           target  calendar  warnings  escalation",
                        "   first_response  15m     office    50%, 5m   0m to lead; 15m to ceo, cto (every 1h, 3 times)",
                        "   resolution      40h     office    -         0m to lead; 15m to ceo, cto (every 1h, 3 times)",
                        "",
                        "2. rest",
                        "   for everybody else",
                        "   clock       target          calendar  warnings  escalation",
                        "   resolution  3bd, same time  24x7      -         -");
    }

    @Test
    void shouldShowEachMistakeInALineOfItsOwn() throws IOException {
        int exitCode = check("version: 1\npolicies:\n- {nam: a, targets: {first_response: 0m}}\n");
        assertThat(exitCode).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        file + ":3:3: policies[0].name: is missing, expected a name that is unique in the file",
                        file + ":3:4: policies[0].nam: unknown key \"nam\", did you mean \"name\"?"
                                + " known: name, label, match, calendar, warn, escalate, targets",
                        file + ":3:38: policies[0].targets.first_response:"
                                + " \"0m\" is no time at all, it must be more than 0");
    }

    @Test
    void shouldShowWarningsOfAValidFile() throws IOException {
        int exitCode = check("version: 1\npolicies: [{name: a, targets: {resolution: 1h}},"
                + " {name: b, targets: {resolution: 2h}}]\n");
        assertThat(exitCode).isZero();
        assertThat(err.toString().lines())
                .containsExactly(file + ":2:50: policies[1]: warning: is never reached: the policy \"a\" before it"
                        + " matches everybody");
        assertThat(out.toString()).contains(" is valid: 2 policies, ", "   for everybody\n");
    }

    @Test
    void shouldWarnOfTheCalendarsOfAValidFileOnADate() throws IOException {
        int exitCode = checkThen("""
                version: 1
                calendars:
                  c:
                    hours: {mon: ["09:00-18:00"]}
                    holidays: ["2000-01-01..2199-12-31"]
                    exceptions: {"2026-11-16": ["09:00-18:00"]}
                policies:
                - {name: a, calendar: c, targets: {resolution: 1h}}
                """);
        assertThat(exitCode).isZero();
        assertThat(err.toString().lines())
                .containsExactly(
                        file + ":6:17: calendars.c.exceptions: warning: lie in the past only, the last on 2026-11-16;"
                                + " add those to come",
                        file + ":8:48: policies[0].targets.resolution: warning: is never due: the calendar \"c\" opens"
                                + " for 0s in all from 2026-11-22, to the end of 2199");
        assertThat(out.toString()).contains(" is valid: 1 policy, ");
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        assertThat(run("check", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(file + ": there is no such file; give the path of a policy file");
        assertThat(out.toString()).isEmpty();
        assertThat(run("check", folder.toString())).isEqualTo(2);
    }

    @Test
    void shouldExplainItself() {
        assertThat(run("check", "--help")).isZero();
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("policy check", "explain", "FILE", "Exit codes:");
        assertThat(run()).isEqualTo(2);
        assertThat(run("check")).isEqualTo(2);
        assertThat(err.toString()).contains("try: policy check FILE, or policy explain FILE");
    }
}
