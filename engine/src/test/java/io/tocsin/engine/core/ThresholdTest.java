package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.core.Scenario.Told;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.Warning;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Warnings, breaches and escalations, as time brings them. */
class ThresholdTest {
    private static final String CLOCK = "first_response";

    private static Scenario desk(String target, String calendar, List<Warning> warnings, EscalationStep... steps) {
        return new Scenario(promise(CLOCK, target(target, calendar, warnings, List.of(steps))));
    }

    @Test
    void shouldWarnWhenAShareOfTheTargetIsUsed() {
        Scenario desk = desk("1h", "24x7", List.of(share(50), share(80)));

        desk.on("10:00", "T1", "opened").now("10:55");

        assertThat(desk.alerts())
                .containsExactly(
                        "10:30 warning T1/first_response/1/warning/50%",
                        "10:48 warning T1/first_response/1/warning/80%");
    }

    @Test
    void shouldWarnWhenSoMuchTimeIsLeft() {
        Scenario desk = desk("1h", "24x7", List.of(left("20m"), left("5m")));

        desk.on("10:00", "T1", "opened").now("11:00");

        assertThat(desk.alerts())
                .containsExactly(
                        "10:40 warning T1/first_response/1/warning/20m",
                        "10:55 warning T1/first_response/1/warning/5m");
    }

    @Test
    void shouldWarnAtOnceWhenLessTimeIsLeftFromTheStart() {
        Scenario desk = desk("15m", "24x7", List.of(left("20m")));

        desk.on("10:00", "T1", "opened").now("10:00:01");

        assertThat(desk.alerts()).containsExactly("10:00 warning T1/first_response/1/warning/20m");
    }

    @Test
    void shouldWarnInTheOrderOfTimeWhateverTheOrderInThePolicy() {
        Scenario desk = desk("1h", "24x7", List.of(left("5m"), share(50), left("20m")));

        desk.on("10:00", "T1", "opened").now("11:00");

        assertThat(desk.told()).extracting(Told::threshold).containsExactly("50%", "20m", "5m");
    }

    @Test
    void shouldGiveWarningsOfOneInstantInTheOrderOfThePolicy() {
        Scenario desk = desk("1h", "24x7", List.of(left("30m"), share(50)));

        desk.on("10:00", "T1", "opened").now("11:00");

        assertThat(desk.told()).extracting(Told::threshold).containsExactly("30m", "50%");
    }

    @Test
    void shouldMeasureWarningsInTheCalendarsTime() {
        Scenario desk = desk("4h", OFFICE, List.of(share(50), left("1h")));

        desk.on("11:00", "T1", "opened").now("16:00");

        assertThat(desk.alerts())
                .containsExactly(
                        "14:00 warning T1/first_response/1/warning/50%",
                        "15:00 warning T1/first_response/1/warning/1h");
    }

    @Test
    void shouldPushWarningsOnWithPausesAndNotWarnWhilePaused() {
        Scenario desk = new Scenario(promise("resolution", target("2h", "24x7", List.of(share(50)), List.of())));

        desk.on("10:00", "T1", "opened").on("10:30", "T1", "pending").now("12:00");
        assertThat(desk.alerts()).isEmpty();
        desk.on("12:00", "T1", "resumed").now("13:00");

        assertThat(desk.alerts()).containsExactly("12:30 warning T1/resolution/1/warning/50%");
    }

    @Test
    void shouldWarnOnceThoughAPauseFollows() {
        Scenario desk = new Scenario(promise("resolution", target("2h", "24x7", List.of(share(50)), List.of())));

        desk.on("10:00", "T1", "opened")
                .on("11:30", "T1", "pending")
                .on("12:00", "T1", "resumed")
                .now("12:20");

        assertThat(desk.alerts()).containsExactly("11:00 warning T1/resolution/1/warning/50%");
    }

    @Test
    void shouldNotWarnOfAClockThatStopsAtThatInstant() {
        Scenario desk = desk("1h", "24x7", List.of(share(50)));

        desk.on("10:00", "T1", "opened").on("10:30", "T1", "responded").now("12:00");

        assertThat(desk.alerts()).isEmpty();
    }

    @Test
    void shouldSayEverythingAboutAWarning() {
        Scenario desk = desk("1h", "24x7", List.of(share(50)));

        desk.on("10:00", "T1", "opened", "tier=gold").now("10:45");

        assertThat(desk.lastTold())
                .isEqualTo(new Told(
                        "T1/first_response/1/warning/50%",
                        "",
                        "all",
                        "50%",
                        0,
                        List.of(),
                        "10:30",
                        "11:00",
                        "10:45",
                        "30m",
                        "1h",
                        Map.of("tier", "gold")));
    }

    @Test
    void shouldSayEverythingAboutABreach() {
        Scenario desk = desk("1h", OFFICE, List.of());

        desk.on("11:30", "T1", "opened", "tier=gold", "agent=a-17").now("15:00");

        assertThat(desk.lastTold())
                .isEqualTo(new Told(
                        "T1/first_response/1/breach",
                        "",
                        "all",
                        "100%",
                        0,
                        List.of(),
                        "13:30",
                        "13:30",
                        "15:00",
                        "1h",
                        "1h",
                        Map.of("tier", "gold", "agent", "a-17")));
    }

    @Test
    void shouldSayEverythingAboutAnEscalation() {
        Scenario desk = desk("1h", OFFICE, List.of(), step("45m", "lead", "on_call"));

        desk.on("11:00", "T1", "opened").now("15:00");

        assertThat(desk.lastTold())
                .isEqualTo(new Told(
                        "T1/first_response/1/escalation/1",
                        "",
                        "all",
                        "45m",
                        1,
                        List.of("lead", "on_call"),
                        "13:45",
                        "12:00",
                        "15:00",
                        "1h45m",
                        "1h",
                        Map.of()));
    }

    @Test
    void shouldSayEverythingAboutARevocation() {
        Scenario desk = desk("15m", "24x7", List.of(), step("0m", "lead"));

        desk.on("10:00", "T1", "opened").now("10:20").late("10:30", "10:10", "T1", "responded", "agent=a-17");

        assertThat(desk.lastTold())
                .isEqualTo(new Told(
                        "T1/first_response/1/escalation/1/revoked",
                        "T1/first_response/1/escalation/1",
                        "all",
                        "0m",
                        1,
                        List.of("lead"),
                        "10:10",
                        "10:15",
                        "10:30",
                        "10m",
                        "15m",
                        Map.of("agent", "a-17")));
    }

    @Test
    void shouldBreachBeforeItEscalates() {
        Scenario desk = desk("15m", "24x7", List.of(), step("0m", "lead"), step("15m", "boss"));

        desk.on("10:00", "T1", "opened").now("10:31");

        assertThat(desk.alerts())
                .containsExactly(
                        "10:15 breach T1/first_response/1/breach",
                        "10:15 escalation T1/first_response/1/escalation/1 > lead",
                        "10:30 escalation T1/first_response/1/escalation/2 > boss");
    }

    @Test
    void shouldEscalateInTheClocksCalendar() {
        Scenario desk = desk("1h", OFFICE, List.of(), step("0m", "lead"), step("30m", "boss"));

        desk.on("17:00", "T1", "opened").now("2026-11-24T12:00:00");

        assertThat(desk.alerts())
                .containsExactly(
                        "18:00 breach T1/first_response/1/breach",
                        "18:00 escalation T1/first_response/1/escalation/1 > lead",
                        "2026-11-24T09:30 escalation T1/first_response/1/escalation/2 > boss");
    }

    @Test
    void shouldTakeStepsInTheOrderOfTimeWithTheLevelsOfThePolicy() {
        Scenario desk = desk("15m", "24x7", List.of(), step("30m", "ceo"), step("5m", "lead"));

        desk.on("10:00", "T1", "opened").now("11:00");

        assertThat(desk.told()).extracting(Told::level).containsExactly(0, 2, 1);
    }

    @Test
    void shouldRepeatAStep() {
        Scenario desk = desk("15m", "24x7", List.of(), repeated("10m", "30m", 3, "lead"));

        desk.on("10:00", "T1", "opened").now("20:00");

        assertThat(desk.alerts())
                .containsExactly(
                        "10:15 breach T1/first_response/1/breach",
                        "10:25 escalation T1/first_response/1/escalation/1 > lead",
                        "10:55 escalation T1/first_response/1/escalation/1.2 > lead",
                        "11:25 escalation T1/first_response/1/escalation/1.3 > lead");
        assertThat(desk.lastTold().threshold()).isEqualTo("10m");
    }

    @Test
    void shouldWeaveRepeatedStepsTogether() {
        Scenario desk = desk(
                "15m", "24x7", List.of(), repeated("0m", "30m", 3, "lead"), step("45m", "boss"), step("1h", "ceo"));

        desk.on("10:00", "T1", "opened").now("20:00");

        assertThat(desk.alerts())
                .containsExactly(
                        "10:15 breach T1/first_response/1/breach",
                        "10:15 escalation T1/first_response/1/escalation/1 > lead",
                        "10:45 escalation T1/first_response/1/escalation/1.2 > lead",
                        "11:00 escalation T1/first_response/1/escalation/2 > boss",
                        "11:15 escalation T1/first_response/1/escalation/1.3 > lead",
                        "11:15 escalation T1/first_response/1/escalation/3 > ceo");
    }

    @Test
    void shouldEscalateNoFurtherWhenTheClockStops() {
        Scenario desk = desk("15m", "24x7", List.of(), step("15m", "lead"), step("30m", "boss"));

        desk.on("10:00", "T1", "opened").on("10:45", "T1", "responded").now("12:00");

        assertThat(desk.told()).extracting(Told::level).containsExactly(0, 1);
    }

    @Test
    void shouldEscalateNoFurtherWhenTheCallerHungUp() {
        Scenario desk = desk("15m", "24x7", List.of(), step("15m", "lead"), step("30m", "boss"));

        desk.on("10:00", "T1", "opened").on("10:40", "T1", "abandoned").now("12:00");

        assertThat(desk.told()).extracting(Told::level).containsExactly(0, 1);
    }

    @Test
    void shouldEscalateNoFurtherWhenSomeoneTookItOn() {
        Scenario desk = desk("15m", "24x7", List.of(), repeated("0m", "15m", 5, "lead"));

        desk.on("10:00", "T1", "opened").on("10:40", "T1", "acknowledged").now("12:00");

        assertThat(desk.told()).extracting(Told::at).containsExactly("10:15", "10:15", "10:30");
    }

    @Test
    void shouldEscalateThoughSomeoneTookItOnBeforeTheBreach() {
        Scenario desk = desk("15m", "24x7", List.of(), step("15m", "lead"));

        desk.on("10:00", "T1", "opened").on("10:15", "T1", "acknowledged").now("12:00");

        assertThat(desk.told()).extracting(Told::at).containsExactly("10:15", "10:30");
    }

    @Test
    void shouldEscalateThroughAPauseThatFollowsTheBreach() {
        EscalationStep step = step("30m", "lead");
        Scenario desk = new Scenario(promise("resolution", target("1h", "24x7", List.of(), List.of(step))));

        desk.on("10:00", "T1", "opened").on("11:10", "T1", "pending").now("12:00");

        assertThat(desk.told()).extracting(Told::at).containsExactly("11:00", "11:30");
    }

    @Test
    void shouldTellThePolicyThatTheTicketHadThen() {
        Scenario desk = new Scenario(policies(
                policy("gold", Map.of(CLOCK, target("15m")), is("tier", "gold")),
                policy("rest", Map.of(CLOCK, target("30m")))));

        desk.on("10:00", "T1", "opened", "tier=gold")
                .on("10:00", "T2", "opened")
                .now("11:00");

        assertThat(desk.told()).extracting(Told::policy).containsExactly("gold", "rest");
    }
}
