package io.tocsin.engine.core;

import static io.tocsin.engine.core.ClockDraft.clock;
import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clocks that run more than once: each cycle is a promise of its own. */
class CyclesTest {
    private final Scenario desk = new Scenario(promise(
            "periodic_update", target("1h", "24x7", List.of(share(50)), List.of(repeated("0m", "10m", 3, "lead")))));

    @Test
    void shouldWarnBreachAndEscalateForEachCycle() {
        desk.on("10:00", "T1", "opened").on("11:05", "T1", "responded").now("12:06");

        assertThat(desk.alerts())
                .containsExactly(
                        "10:30 warning T1/periodic_update/1/warning/50%",
                        "11:00 breach T1/periodic_update/1/breach",
                        "11:00 escalation T1/periodic_update/1/escalation/1 > lead",
                        "11:35 warning T1/periodic_update/2/warning/50%",
                        "12:05 breach T1/periodic_update/2/breach",
                        "12:05 escalation T1/periodic_update/2/escalation/1 > lead");
    }

    @Test
    void shouldEscalateNoFurtherWhenTheNextCycleBegins() {
        desk.on("10:00", "T1", "opened").on("11:05", "T1", "responded").now("11:30");

        assertThat(desk.alerts())
                .endsWith("11:00 escalation T1/periodic_update/1/escalation/1 > lead")
                .hasSize(3);
    }

    @Test
    void shouldKeepTheBreachOfACycleWhenTheNextOneIsMet() {
        desk.on("10:00", "T1", "opened").on("11:05", "T1", "responded").on("11:10", "T1", "resolved");

        assertThat(desk.cycles("T1", "periodic_update"))
                .containsExactly("1 stopped breached 1h5m of 1h due 11:00", "2 stopped 5m of 1h due 12:05");
        assertThat(desk.alerts()).noneMatch(alert -> alert.contains("revoked"));
    }

    @Test
    void shouldStayBreachedWhenItIsCancelledAfterwards() {
        desk.on("10:00", "T1", "opened").on("11:05", "T1", "abandoned");

        assertThat(desk.cycles("T1", "periodic_update")).containsExactly("1 cancelled breached 1h5m of 1h due 11:00");
        assertThat(desk.engine()
                        .views()
                        .stats(List.of())
                        .groups()
                        .get(0)
                        .clocks()
                        .get("periodic_update"))
                .satisfies(figures -> assertThat(figures.breached()).isEqualTo(1))
                .satisfies(figures -> assertThat(figures.cancelled()).isZero());
    }

    @Test
    void shouldMeetWhenItIsRestartedExactlyWhenItIsDue() {
        desk.on("10:00", "T1", "opened").on("11:00", "T1", "responded").now("11:10");

        assertThat(desk.cycles("T1", "periodic_update"))
                .containsExactly("1 stopped 1h of 1h due 11:00", "2 running 10m of 1h due 12:00");
    }

    @Test
    void shouldTakeTheBreachBackWhenTheRestartWasInTime() {
        desk.on("10:00", "T1", "opened").now("11:05");
        desk.alerts();

        desk.late("11:10", "10:50", "T1", "responded");

        assertThat(desk.alerts())
                .containsExactly(
                        "10:50 revoked T1/periodic_update/1/breach/revoked",
                        "10:50 revoked T1/periodic_update/1/escalation/1/revoked > lead");
        assertThat(desk.cycles("T1", "periodic_update"))
                .containsExactly("1 stopped 50m of 1h due 11:00", "2 running 20m of 1h due 11:50");
    }

    @Test
    void shouldApplyALateRestartAtTheLastTransition() {
        desk.on("10:00", "T1", "opened").on("10:40", "T1", "responded").late("10:50", "10:30", "T1", "responded");

        assertThat(desk.cycles("T1", "periodic_update"))
                .containsExactly(
                        "1 stopped 40m of 1h due 11:00",
                        "2 stopped 0s of 1h due 11:40",
                        "3 running 10m of 1h due 11:40");
    }

    @Test
    void shouldApplyALateRestartAtThePauseThatFollowedIt() {
        Scenario teams = new Scenario(promise("handover_resolution", target("1h")));
        teams.on("10:00", "T1", "opened").on("10:00", "T1", "transferred").on("10:40", "T1", "pending");

        teams.late("10:50", "10:30", "T1", "transferred");

        assertThat(teams.cycles("T1", "handover_resolution"))
                .containsExactly("1 stopped 40m of 1h due 11:00", "2 running 10m of 1h due 11:40");
    }

    @Test
    void shouldBreachANewCycleAtOnceWhenItBeganLongAgo() {
        Scenario teams = new Scenario(promise("acceptance", target("1h")));

        teams.on("10:00", "T1", "opened").late("12:00", "10:10", "T1", "transferred");

        assertThat(teams.alerts()).containsExactly("11:10 breach T1/acceptance/1/breach");
    }

    @Test
    void shouldNumberCyclesFromOneWhetherOrNotTheyHadATarget() {
        Scenario teams = new Scenario(policies(policy("gold", Map.of("acceptance", target("1h")), is("tier", "gold"))));
        teams.on("10:00", "T1", "opened").on("10:00", "T1", "transferred").on("10:10", "T1", "accepted");

        teams.on("10:20", "T1", "transferred", "tier=gold").now("11:21");

        assertThat(teams.cycles("T1", "acceptance")).containsExactly("2 running breached 1h1m of 1h due 11:20");
        assertThat(teams.alerts()).containsExactly("11:20 breach T1/acceptance/2/breach");
    }

    @Test
    void shouldTakeOnTheEscalationsOfAllBreachedClocks() {
        Scenario two = new Scenario(policies(
                List.of(
                        clock("repair").start("opened").define(),
                        clock("visit").start("opened").define()),
                policy(
                        "all",
                        Map.of(
                                "repair",
                                target("1h", "24x7", List.of(), List.of(step("30m", "lead"))),
                                "visit",
                                target("2h", "24x7", List.of(), List.of(step("30m", "lead")))))));

        two.on("10:00", "T1", "opened").on("11:10", "T1", "acknowledged").now("13:00");

        assertThat(two.alerts())
                .containsExactly(
                        "11:00 breach T1/repair/1/breach",
                        "12:00 breach T1/visit/1/breach",
                        "12:30 escalation T1/visit/1/escalation/1 > lead");
    }
}
