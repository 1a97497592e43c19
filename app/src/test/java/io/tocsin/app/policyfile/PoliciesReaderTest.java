package io.tocsin.app.policyfile;

import static io.tocsin.app.policyfile.Checks.ANY_POLICY;
import static io.tocsin.app.policyfile.Checks.firstResponse;
import static io.tocsin.app.policyfile.Checks.lines;
import static io.tocsin.app.policyfile.Checks.onlyPolicy;
import static io.tocsin.app.policyfile.Checks.policyWith;
import static io.tocsin.app.policyfile.Checks.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.policy.Warning;
import io.tocsin.engine.rules.Registry;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file's head, its escalations and its policies. */
class PoliciesReaderTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MINUTE_NS = 60 * SECOND_NS;

    @Test
    void shouldReadTheHeadOfTheFile() {
        PolicySet defaults = valid("version: 1\n" + ANY_POLICY);
        assertThat(defaults.timezone()).isEqualTo(ZoneOffset.UTC);
        assertThat(defaults.forgetAfterNs()).isEqualTo(30L * 24 * 60 * MINUTE_NS);
        PolicySet given = valid("version: '1'\ntimezone: +08:00\nforget_after: 90m\n" + ANY_POLICY);
        assertThat(given.timezone()).isEqualTo(ZoneId.of("+08:00"));
        assertThat(given.forgetAfterNs()).isEqualTo(90 * MINUTE_NS);
    }

    @Test
    void shouldRefuseAnImpossibleHead() {
        assertThat(lines("version: 1.0\nforget_after: 0m\ntimezone: Mars\n" + ANY_POLICY))
                .containsExactly(
                        "1:10: version: is \"1.0\", this build reads version 1",
                        "2:15: forget_after: \"0m\" is no time at all, it must be more than 0",
                        "3:11: timezone: unknown time zone \"Mars\"; zones are names of the IANA database such as"
                                + " Asia/Shanghai, UTC, or offsets such as +08:00");
        assertThat(lines(ANY_POLICY)).containsExactly("1:1: version: is missing, expected 1");
    }

    @Test
    void shouldNeedPoliciesWithNamesAndTargets() {
        assertThat(lines("version: 1\n")).containsExactly("1:1: policies: is missing, expected a list of policies");
        assertThat(lines("version: 1\npolicies: []\n"))
                .containsExactly("2:11: policies: is empty, expected at least one policy with a name and targets");
        assertThat(lines("version: 1\npolicies:\n- match: {}\n- {name: '', targets: {}}\n"))
                .containsExactly(
                        "3:3: policies[0].name: is missing, expected a name that is unique in the file",
                        "3:3: policies[0].targets: is missing,"
                                + " expected a map of clocks to targets such as {first_response: 15m}",
                        "4:10: policies[1].name: is empty, expected a name that is unique in the file",
                        "4:23: policies[1].targets: is empty,"
                                + " expected a map of clocks to targets such as {first_response: 15m}");
    }

    @Test
    void shouldRefuseNamesThatAreTakenOrUnusable() {
        assertThat(lines("version: 1\npolicies:\n- {name: a, match: {x: 1}, targets: {resolution: 1h}}\n"
                        + "- {name: a, targets: {resolution: 1h}}\n- {name: \"b\\nc\", match: {x: 2}, targets:"
                        + " {resolution: 1h}}\n- {name: " + "d".repeat(201) + ", targets: {resolution: 1h}}\n"))
                .containsExactly(
                        "4:10: policies[1].name: the name \"a\" is taken by the policy in line 3;"
                                + " each policy needs its own",
                        "5:10: policies[2].name: \"b\\u000ac\" holds a control character; a name is one line of text",
                        "6:10: policies[3].name: has 201 characters, at most 200 are allowed");
    }

    @Test
    void shouldReadLabels() {
        assertThat(onlyPolicy(policyWith("label: {zh: 来电, en: Call}, targets: {resolution: 1h}"))
                        .label())
                .isEqualTo(Map.of("zh", "来电", "en", "Call"));
        assertThat(lines(policyWith("label: Call, targets: {resolution: 1h}")))
                .containsExactly("3:22: policies[0].label: is \"Call\", expected a map of languages to names such as"
                        + " {zh: …}");
    }

    @Test
    void shouldReadConditionsInTheirOrder() {
        String match =
                "match: {b: x, a: [5, true], d: {not: y}, c: {not: [y, z]}, e: \"*\"}, targets: {resolution: 1h}";
        assertThat(onlyPolicy(policyWith(match)).match())
                .containsExactly(
                        new Condition("b", Condition.Test.ANY_OF, List.of("x")),
                        new Condition("a", Condition.Test.ANY_OF, List.of("5", "true")),
                        new Condition("d", Condition.Test.NONE_OF, List.of("y")),
                        new Condition("c", Condition.Test.NONE_OF, List.of("y", "z")),
                        new Condition("e", Condition.Test.PRESENT, List.of()));
        assertThat(onlyPolicy(policyWith("match: {}, targets: {resolution: 1h}"))
                        .match())
                .isEmpty();
    }

    @Test
    void shouldRefuseImpossibleConditions() {
        assertThat(lines(policyWith("match: {a: [], b: {not: []}, c: {no: x}, d: [x, '*'], e: {not: '*'}, f: [[x]]},"
                        + " targets: {resolution: 1h}")))
                .containsExactly(
                        "3:26: policies[0].match.a: is empty, expected at least one value",
                        "3:39: policies[0].match.b.not: is empty, expected at least one value",
                        "3:47: policies[0].match.c.not: is missing, expected a value or a list of values",
                        "3:48: policies[0].match.c.no: unknown key \"no\", did you mean \"not\"? known: not",
                        "3:63: policies[0].match.d[1]: \"*\" stands for any value and goes alone, as in agent: \"*\"",
                        "3:78: policies[0].match.e.not: \"*\" stands for any value and goes alone, as in agent: \"*\"",
                        "3:88: policies[0].match.f[0]: is a list,"
                                + " expected a value, a list of values, {not: value} or \"*\"");
    }

    @Test
    void shouldCountInTheAlwaysOpenCalendarByDefault() {
        assertThat(firstResponse(policyWith("targets: {first_response: PT15M}")))
                .isEqualTo(new Target(new TargetTime.Elapsed(15 * MINUTE_NS), "24x7", List.of(), List.of()));
    }

    @Test
    void shouldReadBusinessDays() {
        assertThat(firstResponse(policyWith("targets: {first_response: 3bd}")).time())
                .isEqualTo(new TargetTime.BusinessDays(3, false));
        assertThat(firstResponse(policyWith("targets: {first_response: {target: 1bd}}"))
                        .time())
                .isEqualTo(new TargetTime.BusinessDays(1, false));
        assertThat(firstResponse(policyWith("targets: {first_response: {target: 3bd, due_at: same_time}}"))
                        .time())
                .isEqualTo(new TargetTime.BusinessDays(3, true));
    }

    @Test
    void shouldRefuseDueAtWhereItMeansNothing() {
        assertThat(lines(policyWith("targets: {first_response: {target: 3h, due_at: same_time},"
                        + " resolution: {target: 3bd, due_at: noon}}")))
                .containsExactly(
                        "3:62: policies[0].targets.first_response.due_at: due_at goes with a target in business days"
                                + " such as 3bd, not with the duration \"3h\"",
                        "3:108: policies[0].targets.resolution.due_at: unknown value \"noon\"; known: same_time");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0m|\"0m\" is no time at all, it must be more than 0",
                "-5m|\"-5m\" is negative or no duration; write it like 90s, 15m, 1h30m, 2d, 500ms or PT15M",
                "PT-5M|\"PT-5M\" is negative; write it like 90s, 15m, 1h30m, 2d, 500ms or PT15M",
                "3651d|\"3651d\" is longer than 10 years (3650d)",
                "22:00|\"22:00\" is no duration; write it like 90s, 15m, 1h30m, 2d, 500ms or PT15M",
                "15|\"15\" has no unit; write it like 90s, 15m, 1h30m, 2d, 500ms or PT15M",
                "0bd|\"0bd\" is not possible, expected 1bd to 3650bd",
                "3651bd|\"3651bd\" is not possible, expected 1bd to 3650bd",
                "[15m]|is a list, expected a duration such as 15m, or business days such as 3bd"
            })
    void shouldRefuseImpossibleTargets(String target, String message) {
        assertThat(lines(policyWith("targets: {first_response: " + target + "}")))
                .containsExactly("3:41: policies[0].targets.first_response: " + message);
        assertThat(lines(policyWith("targets: {first_response: {target: " + target + "}}")))
                .containsExactly("3:50: policies[0].targets.first_response.target: " + message);
    }

    @Test
    void shouldReportTargetsWithoutTimeAndUnknownNames() {
        assertThat(lines("version: 1\ncalendars: {office: {hours: {mon: [\"09:00-10:00\"]}}}\n"
                        + "policies:\n- {name: a, calendar: offcie, escalate: B, targets: {first_respons: {warn: [50%],"
                        + " calender: office}}}\n"))
                .containsExactly(
                        "4:23: policies[0].calendar: unknown calendar \"offcie\", did you mean \"office\"?"
                                + " known: 24x7, office",
                        "4:41: policies[0].escalate: unknown escalation \"B\"; there are none",
                        "4:54: policies[0].targets.first_respons: unknown clock \"first_respons\", did you mean"
                                + " \"first_response\"? known: first_response, next_response, periodic_update,"
                                + " resolution, acceptance, handover_resolution, wrap_up, follow_up",
                        "4:69: policies[0].targets.first_respons.target: is missing,"
                                + " expected a duration such as 15m, or business days such as 3bd",
                        "4:83: policies[0].targets.first_respons.calender: unknown key \"calender\", did you mean"
                                + " \"calendar\"? known: target, calendar, warn, escalate, due_at");
    }

    @Test
    void shouldReadWarnings() {
        assertThat(firstResponse(policyWith("warn: [50%, 12.5%, 0.0001%, 5m], targets: {first_response: 15m}"))
                        .warnings())
                .containsExactly(
                        Warning.ofShare("50%", 500_000),
                        Warning.ofShare("12.5%", 125_000),
                        Warning.ofShare("0.0001%", 1),
                        Warning.ofTimeLeft("5m", 5 * MINUTE_NS));
        assertThat(firstResponse(policyWith("warn: [50%], targets: {first_response: {target: 3bd, warn: [20d]}}"))
                        .warnings())
                .containsExactly(Warning.ofTimeLeft("20d", 20 * 24 * 60 * MINUTE_NS));
        assertThat(firstResponse(policyWith("warn: [50%], targets: {first_response: {target: 3m, warn: []}}"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void shouldRefuseImpossibleWarnings() {
        String impossible = " is not possible: a warning lies between 0% and 100%, both excluded";
        assertThat(lines(policyWith(
                        "warn: [100%, 0%, 250%, 33.33333%, 50 %, 0m, 1bd, half]," + " targets: {first_response: 15m}")))
                .containsExactly(
                        "3:22: policies[0].warn[0]: \"100%\"" + impossible,
                        "3:28: policies[0].warn[1]: \"0%\"" + impossible,
                        "3:32: policies[0].warn[2]: \"250%\"" + impossible,
                        "3:38: policies[0].warn[3]: \"33.33333%\" is finer than four decimals of a percent",
                        "3:49: policies[0].warn[4]: is \"50 %\", expected a share of the target such as 50%,"
                                + " or a time left such as 5m",
                        "3:55: policies[0].warn[5]: \"0m\" is no time at all, it must be more than 0",
                        "3:59: policies[0].warn[6]: \"1bd\" is no duration; write it like 90s, 15m, 1h30m, 2d, 500ms"
                                + " or PT15M",
                        "3:64: policies[0].warn[7]: \"half\" is no duration; write it like 90s, 15m, 1h30m, 2d, 500ms"
                                + " or PT15M");
    }

    @Test
    void shouldRefuseWarningsThatComeTwiceHoweverTheyAreWritten() {
        assertThat(lines(policyWith("warn: [50%, 50.0%, 5m, 300s], targets: {first_response: 15m}")))
                .containsExactly(
                        "3:27: policies[0].warn[1]: \"50.0%\" is the same warning as \"50%\" before it",
                        "3:38: policies[0].warn[3]: \"300s\" is the same warning as \"5m\" before it");
    }

    @Test
    void shouldRefuseWarningsThatAreNotShorterThanTheTarget() {
        assertThat(lines(policyWith("targets: {first_response: {target: 15m, warn: [50%, 15m, 1h]}}")))
                .containsExactly(
                        "3:67: policies[0].targets.first_response.warn[1]:"
                                + " the warning \"15m\" is not shorter than the target \"15m\"",
                        "3:72: policies[0].targets.first_response.warn[2]:"
                                + " the warning \"1h\" is not shorter than the target \"15m\"");
        assertThat(lines(policyWith("warn: [5m], targets: {first_response: 15m, resolution: 5m}")))
                .containsExactly(
                        "3:70: policies[0].targets.resolution: the target \"5m\" is not longer than the warning"
                                + " \"5m\" it inherits from policies[0].warn[0]; give this target a warn of its own");
    }

    @Test
    void shouldReadEscalations() {
        String text = """
                version: 1
                escalations:
                  A: [{after: 0m, to: lead}, {after: PT1H, every: 30m, times: 5, to: [a, b]}]
                policies:
                - {name: p, escalate: A, targets: {first_response: 1m, resolution: {target: 1h, escalate: []}}}
                """;
        assertThat(firstResponse(text).escalation())
                .containsExactly(
                        new EscalationStep("0m", 0, 0, 1, List.of("lead")),
                        new EscalationStep("PT1H", 60 * MINUTE_NS, 30 * MINUTE_NS, 5, List.of("a", "b")));
        assertThat(onlyPolicy(text).targets().get("resolution").escalation()).isEmpty();
    }

    @Test
    void shouldRefuseImpossibleSteps() {
        String text = """
                version: 1
                escalations:
                  A: []
                  B: [{to: x}, {after: 5m}, {after: 1bd, to: []}, {after: 0m, to: [x, x], ever: 5m}]
                  C: [{after: 0m, every: 5m, to: x}, {after: 0m, times: 5, to: x}, {after: 0m, every: 0m, times: 1, to: x}]
                  D: soon
                """;
        assertThat(lines(text + ANY_POLICY))
                .containsExactly(
                        "3:6: escalations.A: is empty, expected a list of steps such as [{after: 15m, to: team_lead}]",
                        "4:7: escalations.B[0].after: is missing, expected the time after the due instant, such as 15m",
                        "4:16: escalations.B[1].to: is missing,"
                                + " expected a recipient such as team_lead, or a list of them",
                        "4:37: escalations.B[2].after: \"1bd\" is no duration; write it like 90s, 15m, 1h30m, 2d,"
                                + " 500ms or PT15M",
                        "4:46: escalations.B[2].to: is empty, expected a recipient such as team_lead, or a list of them",
                        "4:71: escalations.B[3].to[1]: the recipient \"x\" is given twice",
                        "4:75: escalations.B[3].ever: unknown key \"ever\", did you mean \"every\"?"
                                + " known: after, every, times, to",
                        "5:7: escalations.C[0].times: is missing, expected how often the step is taken in all,"
                                + " such as 5, because every is given",
                        "5:38: escalations.C[1].every: is missing, expected the time between repetitions, such as 30m,"
                                + " because times is given",
                        "5:87: escalations.C[2].every: \"0m\" is no time at all, it must be more than 0",
                        "5:98: escalations.C[2].times: is \"1\", expected a whole number from 2 to 10000",
                        "6:6: escalations.D: is \"soon\","
                                + " expected a list of steps such as [{after: 15m, to: team_lead}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.0", "five", "0x5", "-5", "99999999999"})
    void shouldRefuseTimesThatAreNoNumber(String times) {
        assertThat(lines(policyWith("escalate: [{after: 0m, every: 5m, times: " + times + ", to: x}],"
                        + " targets: {first_response: 15m}")))
                .containsExactly("3:56: policies[0].escalate[0].times: is \"" + times
                        + "\", expected a whole number from 2 to 10000");
    }

    @Test
    void shouldBoundListsThatAlertsCarry() {
        String recipients = "r"
                + String.join(
                        ", r",
                        java.util.stream.IntStream.rangeClosed(1, 101)
                                .mapToObj(Integer::toString)
                                .toList());
        assertThat(lines(policyWith("escalate: [{after: 0m, to: [" + recipients + "]}], targets: {resolution: 1h}")))
                .containsExactly("3:42: policies[0].escalate[0].to: has 101 items, at most 100 are allowed");
    }

    @Test
    void shouldRefuseMoreClocksAndWarningsThanTheEngineTakes() {
        StringBuilder clocks = new StringBuilder();
        StringBuilder targets = new StringBuilder();
        StringBuilder warnings = new StringBuilder();
        for (int i = 0; i <= Registry.MAX_CLOCKS; i++) {
            clocks.append("c").append(i).append(": {start: [a], stop: [b]}, ");
            targets.append("c").append(i).append(": 2h, ");
        }
        for (int i = 0; i <= Registry.MAX_WARNINGS; i++) {
            warnings.append(i + 1).append("s, ");
        }
        String text = "version: 1\nclocks: {" + clocks + "}\npolicies: [{name: a, warn: [" + warnings + "], targets: {"
                + targets + "}}]\n";
        assertThat(lines(text))
                .containsExactly(
                        "3:11: policies: has 65 different warnings, at most 64 are allowed",
                        "3:11: policies: has 257 clocks with targets, at most 256 are allowed");
    }

    @Test
    void shouldWarnOfWhatIsNeverUsedOrReached() {
        String text = """
                version: 1
                calendars: {late: {hours: {mon: ["20:00-22:00"]}}}
                escalations: {A: [{after: 0m, to: x}]}
                policies:
                - {name: a, match: {x: 1, y: 2}, targets: {resolution: 1h}}
                - {name: b, match: {y: 2, x: 1}, targets: {resolution: 1h}}
                - {name: c, targets: {resolution: 1h}}
                - {name: d, match: {x: 2}, targets: {resolution: 1h}}
                """;
        assertThat(Checks.warnings(text))
                .containsExactly(
                        "2:13: calendars.late: the calendar \"late\" is not used by any policy",
                        "3:15: escalations.A: the escalation \"A\" is not used by any policy",
                        "6:3: policies[1]: is never reached: the policy \"a\" before it matches the same tickets",
                        "8:3: policies[3]: is never reached: the policy \"c\" before it matches everybody");
    }

    @Test
    void shouldReportEveryMistakeOfAFileInTheTextsOrder() {
        String text = """
                version: 2
                timezone: Asia/Shangai
                colour: red
                calendars:
                  office:
                    hours: {mon-fri: ["09:00-12:00", "11:00-18:00"], sut: ["08:00-10:00"]}
                    holidays: [2026-02-30]
                escalations:
                  A: [{after: soon, to: lead}]
                clocks:
                  greeting: {stop: [responded], repeat: on}
                policies:
                  - name: a
                    match: {agent: []}
                    calendar: offis
                    warn: [100%]
                    escalate: B
                    targets:
                      first_respons: 15m
                      greeting: 10s
                  - name: a
                    on: yes
                    targets: {}
                """;
        assertThat(Checks.problems(text))
                .extracting(problem -> problem.line() + ":" + problem.column() + " " + problem.path())
                .containsExactly(
                        "1:10 version",
                        "2:11 timezone",
                        "3:1 colour",
                        "6:38 calendars.office.hours.mon-fri[1]",
                        "6:54 calendars.office.hours.sut",
                        "7:16 calendars.office.holidays[0]",
                        "9:15 escalations.A[0].after",
                        "11:13 clocks.greeting.start",
                        "11:41 clocks.greeting.repeat",
                        "14:20 policies[0].match.agent",
                        "15:15 policies[0].calendar",
                        "16:12 policies[0].warn[0]",
                        "17:15 policies[0].escalate",
                        "19:7 policies[0].targets.first_respons",
                        "21:11 policies[1].name",
                        "22:5 policies[1].on",
                        "23:14 policies[1].targets");
    }

    @Test
    void shouldListManyMistakesInBoundedTime() {
        StringBuilder text =
                new StringBuilder("version: 1\n").append(ANY_POLICY).append("clocks:\n");
        int mistakes = 10_000;
        for (int i = 0; i < mistakes; i++) {
            text.append("  clock_with_a_long_name_").append(i).append(": {stop: [closed], colour: red}\n");
        }
        assertThat(PolicyFile.check(text.toString()))
                .isInstanceOfSatisfying(
                        PolicyResult.Invalid.class,
                        invalid -> assertThat(invalid.problems()).hasSize(2 * mistakes));
    }
}
