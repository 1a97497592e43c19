package io.tocsin.app.policyfile;

import static io.tocsin.app.policyfile.Checks.ANY_POLICY;
import static io.tocsin.app.policyfile.Checks.lines;
import static io.tocsin.app.policyfile.Checks.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.policy.BuiltInClocks;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.ClockDefinition.Reopen;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.Trigger;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockReaderTest {
    /** A file whose third line is a clock's body in flow style. */
    private static String file(String name, String body) {
        return "version: 1\nclocks:\n  " + name + ": {" + body + "}\n" + ANY_POLICY;
    }

    private static ClockDefinition clock(String text, String name) {
        return valid(text).clocks().stream()
                .filter(clock -> clock.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldHaveTheBuiltInClocksWithoutBeingAsked() {
        assertThat(valid("version: 1\n" + ANY_POLICY).clocks()).isEqualTo(BuiltInClocks.all());
    }

    @Test
    void shouldReadTheWholeGrammar() {
        String text = file(
                "x",
                "start: [opened, {type: responded, when: {by: human, to: [a, b], via: {not: bot}, agent: \"*\"}}],"
                        + " stop: [resolved], pause: [pending], resume: [resumed], restart: [transferred],"
                        + " cancel: [cancelled, my.own-type_1], repeat: true, reopen: restart,"
                        + " unless_running: [first_response]");
        List<Condition> when = List.of(
                new Condition("by", Condition.Test.ANY_OF, List.of("human")),
                new Condition("to", Condition.Test.ANY_OF, List.of("a", "b")),
                new Condition("via", Condition.Test.NONE_OF, List.of("bot")),
                new Condition("agent", Condition.Test.PRESENT, List.of()));
        assertThat(clock(text, "x"))
                .isEqualTo(new ClockDefinition(
                        "x",
                        List.of(Trigger.on("opened"), new Trigger("responded", when)),
                        List.of(Trigger.on("resolved")),
                        List.of(Trigger.on("pending")),
                        List.of(Trigger.on("resumed")),
                        List.of(Trigger.on("transferred")),
                        List.of(Trigger.on("cancelled"), Trigger.on("my.own-type_1")),
                        true,
                        Reopen.RESTART,
                        List.of("first_response")));
    }

    @Test
    void shouldKeepWhatABuiltInClockIsNotGiven() {
        ClockDefinition changed = clock(file("resolution", "stop: [resolved], pause: []"), "resolution");
        ClockDefinition original = BuiltInClocks.RESOLUTION;
        assertThat(changed)
                .isEqualTo(new ClockDefinition(
                        "resolution",
                        original.start(),
                        List.of(Trigger.on("resolved")),
                        List.of(),
                        original.resume(),
                        original.restart(),
                        original.cancel(),
                        original.repeat(),
                        original.reopen(),
                        original.unlessRunning()));
        assertThat(clock(file("resolution", "reopen: ignore"), "resolution").reopen())
                .isEqualTo(Reopen.IGNORE);
        assertThat(clock(file("resolution", ""), "resolution")).isEqualTo(original);
    }

    @Test
    void shouldOrderBuiltInClocksBeforeTheFilesOwn() {
        String text = "version: 1\nclocks: {z: {start: [a], stop: [b]}, resolution: {repeat: true},"
                + " y: {start: [a], stop: [b], unless_running: [z]}}\n" + ANY_POLICY;
        assertThat(valid(text).clocks())
                .extracting(ClockDefinition::name)
                .startsWith("first_response")
                .endsWith("follow_up", "z", "y")
                .hasSize(BuiltInClocks.all().size() + 2);
        assertThat(clock(text, "resolution").repeat()).isTrue();
    }

    @Test
    void shouldRefuseAClockThatNothingStarts() {
        assertThat(lines(file("x", "stop: [closed]")))
                .containsExactly("3:6: clocks.x.start: is missing,"
                        + " expected the event types that start the clock, such as [opened]");
        assertThat(lines(file("x", "start: [], stop: [closed]")))
                .containsExactly("3:14: clocks.x.start: is empty,"
                        + " expected at least one event type: a clock that nothing starts never runs");
    }

    @Test
    void shouldRefuseImpossibleNamesAndTypes() {
        assertThat(lines(file("My-Clock", "start: [opened], stop: [Closed]")))
                .containsExactly(
                        "3:3: clocks.My-Clock: the clock's name \"My-Clock\" is not possible, expected a small letter,"
                                + " then up to 63 small letters, digits and _",
                        "3:38: clocks.My-Clock.stop[0]: the event type \"Closed\" is not possible, expected a small"
                                + " letter, then up to 63 small letters, digits, and _ . -");
    }

    @Test
    void shouldRefuseWhatIsNoTrigger() {
        assertThat(lines(file("x", "start: opened, stop: [closed]")))
                .containsExactly("3:14: clocks.x.start: is \"opened\","
                        + " expected a list of event types such as [responded, resolved]");
        assertThat(lines(file("x", "start: [[opened], {when: {a: b}}, {type: opened, where: {}}], stop: [closed]")))
                .containsExactly(
                        "3:15: clocks.x.start[0]: is a list,"
                                + " expected an event type such as responded, or {type: …, when: …}",
                        "3:25: clocks.x.start[1].type: is missing, expected an event type such as responded",
                        "3:56: clocks.x.start[2].where: unknown key \"where\"; known: type, when");
    }

    @Test
    void shouldTakeOnlyTrueAndFalseForTruth() {
        assertThat(lines(file("x", "start: [opened], stop: [closed], repeat: yes")))
                .containsExactly("3:48: clocks.x.repeat: is \"yes\", expected true or false");
    }

    @Test
    void shouldRefuseUnknownReopensAndClocks() {
        assertThat(lines(file(
                        "x", "start: [opened], stop: [closed], reopen: continues, unless_running: [x, resolutoin]")))
                .containsExactly(
                        "3:48: clocks.x.reopen: unknown value \"continues\", did you mean \"continue\"?"
                                + " known: continue, restart, ignore",
                        "3:76: clocks.x.unless_running[0]: a clock does not start anew while it runs anyway;"
                                + " name another clock",
                        "3:79: clocks.x.unless_running[1]: unknown clock \"resolutoin\", did you mean"
                                + " \"resolution\"? known: first_response, next_response, periodic_update, resolution,"
                                + " acceptance, handover_resolution, wrap_up, follow_up, x");
    }

    @Test
    void shouldWarnOfTypesThatLookMisspeltAndClocksWithoutEnd() {
        String text = """
                version: 1
                clocks:
                  x: {start: [opend, order_late]}
                policies: [{name: all, targets: {x: 1h}}]
                """;
        assertThat(Checks.warnings(text))
                .containsExactly(
                        "3:3: clocks.x: no event stops or cancels this clock: its tickets stay in memory for ever",
                        "3:15: clocks.x.start[0]: the event type \"opend\" is not built in, did you mean \"opened\"?");
    }
}
