package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.view.ClockFigures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clocks that the ticket's policy has no target for at times; {@link LateEventTest} has how they are measured again. */
class TargetsComeAndGoTest {
    private final Scenario desk = new Scenario(policies(
            policy(
                    "gold",
                    Map.of("resolution", target("1h", "24x7", List.of(share(50)), List.of(step("10m", "lead")))),
                    is("tier", "gold")),
            policy("rest", Map.of("first_response", target("4h")))));

    private ClockFigures figures() {
        return desk.engine().views().stats(List.of()).groups().get(0).clocks().get("resolution");
    }

    @Test
    void shouldAlertNobodyCountNowhereAndListNothingWithoutATarget() {
        desk.on("10:00", "T1", "opened").now("13:00");

        assertThat(desk.alerts()).isEmpty();
        assertThat(desk.cycles("T1", "resolution")).isEmpty();
        assertThat(figures().running() + figures().breached()).isZero();
    }

    @Test
    void shouldAlertNobodyWhileTheTargetIsGoneAndAgainWhenItIsBack() {
        desk.on("10:00", "T1", "opened", "tier=gold").on("10:20", "T1", "updated", "tier=none");
        desk.now("10:40");
        assertThat(desk.alerts()).isEmpty();

        desk.on("10:40", "T1", "updated", "tier=gold").now("11:01");

        assertThat(desk.alerts())
                .containsExactly("10:30 warning T1/resolution/1/warning/50%", "11:00 breach T1/resolution/1/breach");
    }

    @Test
    void shouldLeaveTheFiguresWithItsTargetAndComeBackWithIt() {
        desk.on("10:00", "T1", "opened", "tier=gold").now("11:30");
        assertThat(figures().breached()).isEqualTo(1);

        desk.on("11:30", "T1", "updated", "tier=none");
        assertThat(figures().breached() + figures().running()).isZero();
        desk.on("11:40", "T1", "updated", "tier=gold");

        assertThat(figures().breached()).isEqualTo(1);
        assertThat(desk.alerts())
                .endsWith(
                        "11:30 revoked T1/resolution/1/breach/revoked",
                        "11:30 revoked T1/resolution/1/escalation/1/revoked > lead",
                        "11:00 breach T1/resolution/1/breach#2",
                        "11:10 escalation T1/resolution/1/escalation/1#2 > lead");
    }

    @Test
    void shouldListAClockThatStoppedUnderATargetWhateverPolicyComesLater() {
        desk.on("10:00", "T1", "opened", "tier=gold")
                .on("10:20", "T1", "resolved")
                .on("10:30", "T1", "updated", "tier=");

        assertThat(desk.cycles("T1", "resolution")).containsExactly("1 stopped 20m of 1h due 11:00");
        assertThat(figures().met()).isEqualTo(1);
    }

    @Test
    void shouldGiveAReopenedClockTheTargetOfThePolicyInForce() {
        desk.on("10:00", "T1", "opened").on("10:20", "T1", "resolved").on("10:30", "T1", "updated", "tier=gold");
        assertThat(desk.cycles("T1", "resolution")).isEmpty();

        desk.on("10:40", "T1", "reopened").now("10:50");

        assertThat(desk.cycles("T1", "resolution")).containsExactly("1 running 30m of 1h due 11:20");
    }

    @Test
    void shouldForgetAFinishedTicketThoughAClockWithoutATargetRuns() {
        Scenario quick = new Scenario(forgetting(
                "1h",
                policies(
                        policy("gold", Map.of("follow_up", target("1h")), is("tier", "gold")),
                        policy("rest", Map.of("first_response", target("4h"))))));

        quick.on("10:00", "T1", "opened").on("10:10", "T1", "resolved").now("11:11");

        assertThat(quick.counters().openTickets()).isZero();
    }
}
