package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events that arrive after they happened, and attributes that turn out otherwise. */
class LateEventTest {
    private static final String BREACH = "T1/first_response/1/breach";

    private final Scenario desk = new Scenario(promise(
            "first_response",
            target("15m", "24x7", List.of(share(50)), List.of(step("0m", "lead"), step("15m", "boss")))));
    private final Scenario office =
            new Scenario(promise("resolution", target("4h", "24x7", List.of(share(50), left("1h")), List.of())));

    // ---- late stops

    @Test
    void shouldTakeTheBreachAndItsEscalationsBackWhenTheStopWasInTime() {
        desk.on("10:00", "T1", "opened").now("10:40");
        desk.alerts();

        desk.late("10:40", "10:12", "T1", "responded").now("12:00");

        assertThat(desk.alerts())
                .containsExactly(
                        "10:12 revoked " + BREACH + "/revoked",
                        "10:12 revoked T1/first_response/1/escalation/1/revoked > lead",
                        "10:12 revoked T1/first_response/1/escalation/2/revoked > boss");
        assertThat(desk.clock("T1", "first_response")).isEqualTo("stopped 12m of 15m due 10:15");
    }

    @Test
    void shouldTakeTheBreachBackWhenTheStopWasAtTheDueInstant() {
        desk.on("10:00", "T1", "opened").now("10:20").late("10:20", "10:15", "T1", "responded");

        assertThat(desk.clock("T1", "first_response")).isEqualTo("stopped 15m of 15m due 10:15");
        assertThat(desk.counters().revoked()).isEqualTo(2);
    }

    @Test
    void shouldLeaveTheBreachWhenTheStopWasTooLateToo() {
        desk.on("10:00", "T1", "opened").now("10:40");
        desk.alerts();

        desk.late("10:40", "10:15:00.000000001", "T1", "responded").now("12:00");

        assertThat(desk.alerts()).isEmpty();
        assertThat(desk.clock("T1", "first_response")).startsWith("stopped breached 15m0.000000001s of 15m");
    }

    @Test
    void shouldCountTheEarliestOfSeveralStops() {
        desk.on("10:00", "T1", "opened").on("10:40", "T1", "resolved");
        desk.late("10:50", "10:30", "T1", "responded");
        assertThat(desk.clock("T1", "first_response")).startsWith("stopped breached 30m");

        desk.late("11:00", "10:10", "T1", "responded").late("11:10", "10:20", "T1", "closed");

        assertThat(desk.clock("T1", "first_response")).isEqualTo("stopped 10m of 15m due 10:15");
        assertThat(desk.counters().revoked()).isEqualTo(3);
    }

    @Test
    void shouldRevokeEachAlertOnce() {
        desk.on("10:00", "T1", "opened").now("10:40");
        desk.late("10:40", "10:12", "T1", "responded")
                .late("10:41", "10:11", "T1", "responded")
                .now("12:00");

        assertThat(desk.counters().revoked()).isEqualTo(3);
    }

    @Test
    void shouldNotTakeWarningsBack() {
        desk.on("10:00", "T1", "opened").now("10:10");
        desk.alerts();

        desk.late("10:10", "10:05", "T1", "responded").now("12:00");

        assertThat(desk.alerts()).isEmpty();
    }

    @Test
    void shouldStopAtTheStartWhenTheStopLiesBeforeIt() {
        desk.on("10:00", "T1", "opened").late("10:05", "09:00", "T1", "responded");

        assertThat(desk.clock("T1", "first_response")).isEqualTo("stopped 0s of 15m due 10:15");
    }

    @Test
    void shouldPreferAStopFromBeforeTheCancellation() {
        desk.on("10:00", "T1", "opened").on("10:12", "T1", "abandoned").late("10:20", "10:10", "T1", "responded");

        assertThat(desk.clock("T1", "first_response")).isEqualTo("stopped 10m of 15m due 10:15");
    }

    @Test
    void shouldStayCancelledWhenTheStopCameAfterwards() {
        desk.on("10:00", "T1", "opened").on("10:12", "T1", "abandoned").late("10:20", "10:13", "T1", "responded");

        assertThat(desk.clock("T1", "first_response")).isEqualTo("cancelled 12m of 15m due 10:15");
    }

    @Test
    void shouldTakeTheBreachBackWhenTheCallerHadHungUpBefore() {
        desk.on("10:00", "T1", "opened").now("10:20").late("10:20", "10:12", "T1", "abandoned");

        assertThat(desk.clock("T1", "first_response")).isEqualTo("cancelled 12m of 15m due 10:15");
        assertThat(desk.counters().revoked()).isEqualTo(2);
    }

    @Test
    void shouldLeaveTheTimeAfterALateStopOutOfTheStretchBeforeTheReopening() {
        office.on("10:00", "T1", "opened").on("12:00", "T1", "resolved").on("13:00", "T1", "reopened");

        office.late("13:30", "11:00", "T1", "resolved").now("14:00");

        assertThat(office.clock("T1", "resolution")).isEqualTo("running 2h of 4h due 16:00");
    }

    @Test
    void shouldKeepTheStretchBetweenTwoReopeningsWhenALateStopLiesBeforeBoth() {
        office.on("10:00", "T1", "opened").on("11:00", "T1", "resolved").on("11:30", "T1", "reopened");
        office.on("12:00", "T1", "resolved").on("13:00", "T1", "reopened");

        office.late("13:00", "10:30", "T1", "resolved").now("13:30");

        assertThat(office.clock("T1", "resolution")).isEqualTo("running 1h30m of 4h due 16:00");
    }

    @Test
    void shouldIgnoreALateStopFromATimeWhenTheClockStoodStill() {
        office.on("10:00", "T1", "opened").on("11:00", "T1", "resolved").on("12:00", "T1", "reopened");

        office.late("12:30", "11:30", "T1", "resolved").now("13:00");

        assertThat(office.clock("T1", "resolution")).isEqualTo("running 2h of 4h due 15:00");
    }

    @Test
    void shouldTakeTheBreachBackWhenALateStopBeforeTheReopeningMovesTheDueInstantOn() {
        office.on("10:00", "T1", "opened")
                .on("13:00", "T1", "resolved")
                .on("14:00", "T1", "reopened")
                .now("15:30");
        assertThat(office.alerts()).contains("15:00 breach T1/resolution/1/breach");

        office.late("15:30", "12:00", "T1", "closed").now("16:30");

        assertThat(office.alerts())
                .containsExactly(
                        "12:00 revoked T1/resolution/1/breach/revoked", "16:00 breach T1/resolution/1/breach#2");
    }

    // ---- late pauses, resumptions, reopenings

    @Test
    void shouldComeToTheSameWhenAStopOutOfAPauseIsLate() {
        office.on("10:00", "T1", "opened").on("10:10", "T1", "pending").on("10:20", "T1", "resolved");
        office.on("10:30", "T2", "opened").on("10:40", "T2", "pending").on("11:10", "T2", "resumed");

        office.late("11:20", "10:50", "T2", "resolved");

        assertThat(office.clock("T1", "resolution")).isEqualTo("stopped 10m of 4h due never");
        assertThat(office.clock("T2", "resolution")).isEqualTo("stopped 10m of 4h due never");
    }

    @Test
    void shouldPauseAtTheTrueTimeWhenNothingHappenedSince() {
        office.on("10:00", "T1", "opened")
                .late("12:00", "11:00", "T1", "pending")
                .now("12:30");

        assertThat(office.clock("T1", "resolution")).startsWith("paused 1h of 4h");
    }

    @Test
    void shouldApplyALatePauseAtTheLastTransition() {
        office.on("10:00", "T1", "opened").on("11:00", "T1", "pending").on("12:00", "T1", "resumed");

        office.late("13:00", "11:30", "T1", "pending");

        assertThat(office.clock("T1", "resolution")).startsWith("paused 1h of 4h");
        office.on("13:00", "T1", "resumed");
        assertThat(office.clock("T1", "resolution")).isEqualTo("running 1h of 4h due 16:00");
    }

    @Test
    void shouldApplyALateResumptionAtTheLastTransition() {
        office.on("10:00", "T1", "opened").on("11:00", "T1", "pending").late("12:00", "10:30", "T1", "resumed");

        assertThat(office.clock("T1", "resolution")).isEqualTo("running 2h of 4h due 14:00");
    }

    @Test
    void shouldApplyALateReopeningAtTheStop() {
        office.on("10:00", "T1", "opened").on("12:00", "T1", "resolved").late("13:00", "11:00", "T1", "reopened");

        assertThat(office.clock("T1", "resolution")).isEqualTo("running 3h of 4h due 14:00");
    }

    @Test
    void shouldTakeTheBreachBackWhenAPauseHadHeldTheClock() {
        office.on("10:00", "T1", "opened").now("14:30");
        office.alerts();

        office.late("14:30", "13:50", "T1", "pending");

        assertThat(office.alerts()).containsExactly("13:50 revoked T1/resolution/1/breach/revoked");
        assertThat(office.clock("T1", "resolution")).isEqualTo("paused 3h50m of 4h due never");
    }

    @Test
    void shouldAnnounceAtOnceWhatALateResumptionShowsToBePast() {
        office.on("10:00", "T1", "opened").on("11:00", "T1", "pending");

        office.late("17:00", "12:00", "T1", "resumed");

        assertThat(office.alerts()).containsExactly("15:00 breach T1/resolution/1/breach");
        assertThat(office.lastTold().detected()).isEqualTo("17:00");
    }

    @Test
    void shouldNumberTheSecondBreachAfterARevocation() {
        desk.on("10:00", "T1", "opened").now("10:20").late("10:20", "10:12", "T1", "responded");
        Scenario again = new Scenario(promise(
                "resolution", target("1h", "24x7", List.of(share(50)), List.of(repeated("0m", "15m", 2, "lead")))));

        again.on("10:00", "T1", "opened").now("11:20").late("11:20", "10:50", "T1", "resolved");
        again.on("11:20", "T1", "reopened").now("13:00");

        assertThat(again.alerts())
                .containsExactly(
                        "10:30 warning T1/resolution/1/warning/50%",
                        "11:00 breach T1/resolution/1/breach",
                        "11:00 escalation T1/resolution/1/escalation/1 > lead",
                        "11:15 escalation T1/resolution/1/escalation/1.2 > lead",
                        "10:50 revoked T1/resolution/1/breach/revoked",
                        "10:50 revoked T1/resolution/1/escalation/1/revoked > lead",
                        "10:50 revoked T1/resolution/1/escalation/1.2/revoked > lead",
                        "11:30 breach T1/resolution/1/breach#2",
                        "11:30 escalation T1/resolution/1/escalation/1#2 > lead",
                        "11:45 escalation T1/resolution/1/escalation/1.2#2 > lead");
        assertThat(again.told()).extracting(Scenario.Told::id).doesNotHaveDuplicates();
    }

    @Test
    void shouldTakeOnlyTheSecondBreachBackTheSecondTime() {
        office.on("10:00", "T1", "opened").now("14:30").late("14:30", "11:00", "T1", "resolved");
        office.on("14:30", "T1", "reopened")
                .now("18:00")
                .late("18:00", "16:00", "T1", "resolved")
                .now("20:00");

        assertThat(office.alerts())
                .endsWith(
                        "14:00 breach T1/resolution/1/breach",
                        "11:00 revoked T1/resolution/1/breach/revoked",
                        "17:30 breach T1/resolution/1/breach#2",
                        "16:00 revoked T1/resolution/1/breach#2/revoked");
    }

    @Test
    void shouldEscalateASecondBreachThoughTheFirstWasTakenOn() {
        Scenario again =
                new Scenario(promise("resolution", target("1h", "24x7", List.of(), List.of(step("15m", "lead")))));

        again.on("10:00", "T1", "opened").on("11:05", "T1", "acknowledged");
        again.late("11:20", "10:50", "T1", "resolved")
                .on("11:20", "T1", "reopened")
                .now("13:00");

        assertThat(again.alerts()).contains("11:45 escalation T1/resolution/1/escalation/1 > lead");
    }

    // ---- late openings

    @Test
    void shouldAnnounceAtOnceInOrderWhatIsPastWhenATicketIsOpenedLate() {
        Scenario both = new Scenario(policies(policy(
                "all",
                Map.of(
                        "first_response",
                        target("15m", "24x7", List.of(share(50)), List.of(step("0m", "lead"), step("30m", "boss"))),
                        "resolution",
                        target("30m", "24x7", List.of(share(50)), List.of(step("0m", "lead")))))));

        both.late("10:50", "10:00", "T1", "opened");

        assertThat(both.alerts())
                .containsExactly(
                        "10:15 breach T1/first_response/1/breach",
                        "10:15 escalation T1/first_response/1/escalation/1 > lead",
                        "10:30 breach T1/resolution/1/breach",
                        "10:30 escalation T1/resolution/1/escalation/1 > lead",
                        "10:45 escalation T1/first_response/1/escalation/2 > boss");
        assertThat(both.told()).extracting(Scenario.Told::detected).containsOnly("10:50");
    }

    @Test
    void shouldGiveLateWarningsOnlyWhileTheDueInstantLiesAhead() {
        office.late("13:30", "10:00", "T1", "opened").late("14:30", "10:00", "T2", "opened");

        assertThat(office.alerts())
                .containsExactly(
                        "12:00 warning T1/resolution/1/warning/50%",
                        "13:00 warning T1/resolution/1/warning/1h",
                        "14:00 breach T1/resolution/1/breach",
                        "14:00 breach T2/resolution/1/breach");
    }

    @Test
    void shouldNotAnnounceWhatLiesAtTheArrivalUntilTimeMovesOn() {
        desk.late("10:15", "10:00", "T1", "opened");
        assertThat(desk.alerts()).isEmpty();

        desk.now("10:15:01");

        assertThat(desk.alerts()).first().isEqualTo("10:15 breach " + BREACH);
    }

    // ---- attributes that change what was promised

    private final Scenario tiers = new Scenario(policies(
            policy(
                    "gold",
                    Map.of("resolution", target("1h", "24x7", List.of(), List.of(step("0m", "lead")))),
                    is("tier", "gold")),
            policy("office", Map.of("resolution", target("2h", OFFICE, List.of(), List.of())), is("tier", "office")),
            policy("none", Map.of(), is("tier", "none")),
            policy("rest", Map.of("resolution", target("4h")))));

    @Test
    void shouldMeasureARunningClockAgainFromItsOwnStart() {
        tiers.on("10:00", "T1", "opened")
                .on("10:20", "T1", "updated", "tier=gold")
                .now("10:30");

        assertThat(tiers.clock("T1", "resolution")).isEqualTo("running 30m of 1h due 11:00");
    }

    @Test
    void shouldLeavePausesOutWhenItMeasuresAgain() {
        tiers.on("10:00", "T1", "opened").on("10:30", "T1", "pending").on("11:30", "T1", "resumed");
        tiers.on("11:40", "T1", "updated", "tier=gold").now("11:50");

        assertThat(tiers.clock("T1", "resolution")).isEqualTo("running 50m of 1h due 12:00");
    }

    @Test
    void shouldMeasureAPausedClockAgain() {
        tiers.on("08:00", "T1", "opened").on("09:30", "T1", "pending").on("10:00", "T1", "updated", "tier=office");

        assertThat(tiers.clock("T1", "resolution")).isEqualTo("paused 30m of 2h due never");
    }

    @Test
    void shouldHaveUsedNoTimeWhenOpenedOutsideTheHoursOfItsLaterPolicy() {
        tiers.on("02:00", "T1", "opened").on("09:00", "T1", "updated", "tier=office");

        assertThat(tiers.clock("T1", "resolution")).isEqualTo("running 0s of 2h due 11:00");
        assertThat(tiers.alerts())
                .containsExactly("06:00 breach T1/resolution/1/breach", "09:00 revoked T1/resolution/1/breach/revoked");
    }

    @Test
    void shouldBreachAtOnceWithItsTrueInstantWhenTheNewDueHasPassed() {
        tiers.on("10:00", "T1", "opened").on("13:00", "T1", "updated", "tier=gold");

        assertThat(tiers.alerts())
                .containsExactly(
                        "11:00 breach T1/resolution/1/breach", "11:00 escalation T1/resolution/1/escalation/1 > lead");
    }

    @Test
    void shouldKeepTheBreachWhenTheNewDueHasPassedToo() {
        tiers.on("10:00", "T1", "opened", "tier=gold").now("15:00");
        tiers.alerts();

        tiers.on("15:00", "T1", "updated", "tier=");

        assertThat(tiers.alerts()).isEmpty();
        assertThat(tiers.clock("T1", "resolution")).isEqualTo("running breached 5h of 4h due 14:00");
    }

    @Test
    void shouldRevokeTheBreachWhenTheNewDueLiesAheadAndBreachAgainThen() {
        tiers.on("10:00", "T1", "opened", "tier=gold")
                .on("12:00", "T1", "updated", "tier=")
                .now("15:00");

        assertThat(tiers.alerts())
                .containsExactly(
                        "11:00 breach T1/resolution/1/breach",
                        "11:00 escalation T1/resolution/1/escalation/1 > lead",
                        "12:00 revoked T1/resolution/1/breach/revoked",
                        "12:00 revoked T1/resolution/1/escalation/1/revoked > lead",
                        "14:00 breach T1/resolution/1/breach#2");
    }

    @Test
    void shouldLetStoppedClocksKeepTheirResult() {
        tiers.on("10:00", "T1", "opened").on("12:00", "T1", "resolved").on("13:00", "T1", "updated", "tier=gold");

        assertThat(tiers.alerts()).isEmpty();
        assertThat(tiers.clock("T1", "resolution")).isEqualTo("stopped 2h of 4h due 14:00");
    }

    @Test
    void shouldRunOnUnderThePolicyInForceWhenReopened() {
        tiers.on("10:00", "T1", "opened").on("10:20", "T1", "resolved").on("10:30", "T1", "updated", "tier=gold");

        tiers.on("11:00", "T1", "reopened").now("11:10");

        assertThat(tiers.clock("T1", "resolution")).isEqualTo("running 30m of 1h due 11:40");
    }

    @Test
    void shouldRevokeTheBreachOfATargetThatIsGone() {
        tiers.on("10:00", "T1", "opened", "tier=gold").on("12:00", "T1", "updated", "tier=none");

        assertThat(tiers.alerts())
                .endsWith(
                        "12:00 revoked T1/resolution/1/breach/revoked",
                        "12:00 revoked T1/resolution/1/escalation/1/revoked > lead");
        assertThat(tiers.ticket("T1").clocks()).isEmpty();
    }

    @Test
    void shouldFindTheTrueStartAndPausesWhenATargetComesLater() {
        tiers.on("10:00", "T1", "opened", "tier=none")
                .on("10:10", "T1", "pending")
                .on("10:40", "T1", "resumed");
        assertThat(tiers.clock("T1", "resolution")).isEqualTo("none");

        tiers.on("11:00", "T1", "updated", "tier=gold");

        assertThat(tiers.clock("T1", "resolution")).isEqualTo("running 30m of 1h due 11:30");
    }

    @Test
    void shouldListNothingOfAClockThatStoppedWithoutATarget() {
        tiers.on("10:00", "T1", "opened", "tier=none").on("10:10", "T1", "resolved");
        tiers.on("11:00", "T1", "updated", "tier=gold").now("15:00");

        assertThat(tiers.ticket("T1").clocks()).isEmpty();
        assertThat(tiers.alerts()).isEmpty();
    }

    @Test
    void shouldNotWarnAgainOfWhatWasAnnouncedForTheCycle() {
        Scenario warned = new Scenario(policies(
                policy(
                        "gold",
                        Map.of("resolution", target("1h", "24x7", List.of(share(50)), List.of())),
                        is("tier", "gold")),
                policy("rest", Map.of("resolution", target("4h", "24x7", List.of(share(50), share(80)), List.of())))));

        warned.on("10:00", "T1", "opened", "tier=gold")
                .on("10:40", "T1", "updated", "tier=")
                .now("14:00");

        assertThat(warned.alerts())
                .containsExactly(
                        "10:30 warning T1/resolution/1/warning/50%", "13:12 warning T1/resolution/1/warning/80%");
    }

    // ---- cancelled tickets

    @Test
    void shouldRevokeEverythingOfATicketThatIsCancelled() {
        desk.on("10:00", "T1", "opened").on("10:20", "T1", "responded");
        desk.alerts();

        desk.on("10:30", "T1", "cancelled").now("12:00");

        assertThat(desk.alerts())
                .containsExactly(
                        "10:30 revoked " + BREACH + "/revoked",
                        "10:30 revoked T1/first_response/1/escalation/1/revoked > lead");
    }

    @Test
    void shouldStaySilentWhenACancelledTicketIsClosedAndSpeakAgainWhenItIsReopened() {
        desk.on("10:00", "T1", "opened").on("10:20", "T1", "responded").on("10:30", "T1", "cancelled");
        desk.alerts();

        desk.on("10:40", "T1", "closed").now("11:00");
        assertThat(desk.alerts()).isEmpty();

        desk.on("11:00", "T1", "reopened");
        assertThat(desk.alerts()).contains("10:15 breach " + BREACH + "#2");
    }
}
