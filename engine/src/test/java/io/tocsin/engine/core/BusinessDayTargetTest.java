package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.view.ClockView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Targets such as {@code 1bd}, in an office that is open on weekdays, 9 to 12 and 13 to 18. */
class BusinessDayTargetTest {
    private static final String CLOCK = "resolution";
    private static final String TUESDAY = "2026-11-24T";
    private static final String WEDNESDAY = "2026-11-25T";
    private static final String FRIDAY = "2026-11-27T";
    private static final String NEXT_MONDAY = "2026-11-30T";

    private final Scenario atClose = new Scenario(promise(CLOCK, businessDays(1, false)));
    private final Scenario sameTime = new Scenario(promise(CLOCK, businessDays(1, true)));

    private static String due(Scenario desk) {
        return time(desk.ticket("T1").clocks().get(0).dueNs());
    }

    @Test
    void shouldBeDueAtTheCloseOfTheBusinessDayAfterTheStartsDay() {
        atClose.on("10:00", "T1", "opened").now(TUESDAY + "18:00:00.000000001");

        assertThat(atClose.alerts()).containsExactly(TUESDAY + "18:00 breach T1/resolution/1/breach");
    }

    @Test
    void shouldBeDueAtTheSameTimeWhenThePolicySaysSo() {
        sameTime.on("10:00", "T1", "opened").now(WEDNESDAY + "00:00:00");

        assertThat(sameTime.alerts()).containsExactly(TUESDAY + "10:00 breach T1/resolution/1/breach");
    }

    @Test
    void shouldPassOverTheWeekend() {
        atClose.on(FRIDAY + "17:00:00", "T1", "opened");
        sameTime.on(FRIDAY + "17:00:00", "T1", "opened");

        assertThat(due(atClose)).isEqualTo(NEXT_MONDAY + "18:00");
        assertThat(due(sameTime)).isEqualTo(NEXT_MONDAY + "17:00");
    }

    @Test
    void shouldCountFromTheStartsDayWhetherOrNotTheOfficeIsOpen() {
        atClose.on("2026-11-28T03:00:00", "T1", "opened");

        assertThat(due(atClose)).isEqualTo(NEXT_MONDAY + "18:00");
    }

    @Test
    void shouldCountSeveralDays() {
        Scenario desk = new Scenario(promise(CLOCK, businessDays(4, false)));

        desk.on(TUESDAY + "10:00:00", "T1", "opened");

        assertThat(due(desk)).isEqualTo(NEXT_MONDAY + "18:00");
    }

    @Test
    void shouldPushTheSameTimeOnByTheBusinessTimePaused() {
        sameTime.on("10:00", "T1", "opened").on("11:00", "T1", "pending").on("14:00", "T1", "resumed");

        assertThat(due(sameTime)).isEqualTo(TUESDAY + "12:00");
    }

    @Test
    void shouldPushTheSameTimeOnBeforeItIsRoundedUpToTheClose() {
        atClose.on("10:00", "T1", "opened").on("11:00", "T1", "pending").on("14:00", "T1", "resumed");
        assertThat(due(atClose)).isEqualTo(TUESDAY + "18:00");

        atClose.on("15:00", "T1", "pending").on(TUESDAY + "14:00:00", "T1", "resumed");

        assertThat(due(atClose)).isEqualTo(WEDNESDAY + "18:00");
    }

    @Test
    void shouldNotPushWhatWasPausedOutsideTheHours() {
        sameTime.on("10:00", "T1", "opened").on("18:00", "T1", "pending").on(TUESDAY + "09:00:00", "T1", "resumed");

        assertThat(due(sameTime)).isEqualTo(TUESDAY + "10:00");
    }

    @Test
    void shouldTakeAPauseAndTheReopeningAfterItAsOneTimeLeftOut() {
        Scenario paused = new Scenario(promise("resolution", businessDays(1, true)));
        paused.on("08:00", "T1", "opened").on("08:00", "T2", "opened");
        paused.on("2026-11-24T07:00:00", "T1", "pending").on("2026-11-24T07:00:00", "T2", "pending");
        paused.on("2026-11-24T08:30:00", "T1", "resolved");

        paused.on("2026-11-24T10:00:00", "T1", "reopened").on("2026-11-24T10:00:00", "T2", "resumed");

        assertThat(paused.clock("T1", "resolution")).isEqualTo("running 8h of days due 2026-11-24T10:00");
        assertThat(paused.clock("T2", "resolution")).isEqualTo("running 8h of days due 2026-11-24T10:00");
    }

    @Test
    void shouldHaveNoDueWhilePausedAndNoTargetInTime() {
        sameTime.on("10:00", "T1", "opened").on("11:00", "T1", "pending").now(WEDNESDAY + "10:00:00");

        ClockView clock = sameTime.ticket("T1").clocks().get(0);
        assertThat(sameTime.alerts()).isEmpty();
        assertThat(clock.dueNs()).isEqualTo(ClockView.NONE);
        assertThat(clock.targetNs()).isEqualTo(ClockView.NONE);
        assertThat(clock.remainingNs()).isEqualTo(ClockView.NONE);
        assertThat(clock.elapsedNs()).isEqualTo(ns("1h"));
    }

    @Test
    void shouldBeMetAtTheClose() {
        atClose.on("10:00", "T1", "opened")
                .on(TUESDAY + "18:00:00", "T1", "resolved")
                .now(WEDNESDAY + "10:00:00");

        assertThat(atClose.clock("T1", CLOCK)).isEqualTo("stopped 15h of days due " + TUESDAY + "18:00");
        assertThat(atClose.alerts()).isEmpty();
    }

    @Test
    void shouldKeepADueThatPassedBeforeThePause() {
        sameTime.on("10:00", "T1", "opened").on(TUESDAY + "11:00:00", "T1", "pending");

        assertThat(sameTime.alerts()).containsExactly(TUESDAY + "10:00 breach T1/resolution/1/breach");
        assertThat(sameTime.clock("T1", CLOCK)).startsWith("paused breached");
    }

    @Test
    void shouldLeaveOutEverythingFromThePauseToTheReopeningWhenItWasResolvedInBetween() {
        sameTime.on("18:00", "T1", "opened").on(TUESDAY + "18:00:00", "T1", "pending");
        sameTime.on(TUESDAY + "20:00:00", "T1", "resolved").on(WEDNESDAY + "10:00:00", "T1", "reopened");
        assertThat(due(sameTime)).isEqualTo(WEDNESDAY + "10:00");

        sameTime.on(WEDNESDAY + "10:00:00", "T1", "resolved").now(WEDNESDAY + "18:00:00");

        assertThat(sameTime.alerts()).isEmpty();
    }

    @Test
    void shouldBeMetWhenItStopsInAPauseWhetherTheStopComesInTimeOrLate() {
        Scenario late = new Scenario(promise(CLOCK, businessDays(1, true)));
        sameTime.on("18:00", "T1", "opened").on(TUESDAY + "18:00:00", "T1", "pending");
        late.on("18:00", "T1", "opened").on(TUESDAY + "18:00:00", "T1", "pending");

        sameTime.on(TUESDAY + "19:00:00", "T1", "resolved");
        late.on(TUESDAY + "20:00:00", "T1", "resumed")
                .late(TUESDAY + "20:00:00", TUESDAY + "19:00:00", "T1", "resolved");
        late.now(WEDNESDAY + "18:00:00");

        assertThat(late.clock("T1", CLOCK))
                .isEqualTo(sameTime.clock("T1", CLOCK))
                .startsWith("stopped 8h");
    }

    @Test
    void shouldTakeTheBreachBackWhenALatePausePushesTheDueInstantOn() {
        sameTime.on("10:00", "T1", "opened").now(TUESDAY + "10:30:00");
        sameTime.late(TUESDAY + "10:30:00", "11:00", "T1", "pending");
        sameTime.late(TUESDAY + "10:31:00", "14:00", "T1", "resumed").now(WEDNESDAY + "10:00:00");

        assertThat(sameTime.alerts())
                .containsExactly(
                        TUESDAY + "10:00 breach T1/resolution/1/breach",
                        "11:00 revoked T1/resolution/1/breach/revoked",
                        TUESDAY + "12:00 breach T1/resolution/1/breach#2");
    }

    @Test
    void shouldWarnByTheBusinessTimeUpToTheDueInstantAndEscalateInIt() {
        TargetTime oneDay = new TargetTime.BusinessDays(1, false);
        Scenario desk = new Scenario(promise(
                CLOCK, new Target(oneDay, OFFICE, List.of(share(50), left("2h")), List.of(step("1h", "lead")))));

        desk.on("10:00", "T1", "opened").now("2026-11-26T00:00:00");

        assertThat(desk.alerts())
                .containsExactly(
                        TUESDAY + "09:30 warning T1/resolution/1/warning/50%",
                        TUESDAY + "16:00 warning T1/resolution/1/warning/2h",
                        TUESDAY + "18:00 breach T1/resolution/1/breach",
                        WEDNESDAY + "10:00 escalation T1/resolution/1/escalation/1 > lead");
        assertThat(desk.lastTold().target()).isEqualTo("none");
        assertThat(desk.lastTold().elapsed()).isEqualTo("16h");
    }
}
