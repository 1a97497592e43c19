package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code resolution}: opened to the solution, four hours around the clock, without the time spent waiting. */
class ResolutionClockTest {
    private static final String CLOCK = "resolution";

    private final Scenario desk = new Scenario(promise(CLOCK, target("4h")));

    @ParameterizedTest
    @ValueSource(strings = {"resolved", "closed"})
    void shouldStopAtTheSolution(String type) {
        desk.on("10:00", "T1", "opened").on("12:00", "T1", type).now("20:00");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("stopped 2h of 4h due 14:00");
        assertThat(desk.alerts()).isEmpty();
    }

    @Test
    void shouldRunOnWhenSomeoneAnswers() {
        desk.on("10:00", "T1", "opened").on("10:30", "T1", "responded").now("11:00");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("running 1h of 4h due 14:00");
    }

    @Test
    void shouldHaveNoDueWhilePaused() {
        desk.on("10:00", "T1", "opened").on("11:00", "T1", "pending").now("20:00");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("paused 1h of 4h due never");
        assertThat(desk.alerts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"resumed", "customer_replied"})
    void shouldLeaveOutThePause(String type) {
        desk.on("10:00", "T1", "opened")
                .on("11:00", "T1", "pending")
                .on("13:00", "T1", type)
                .now("14:00");
        assertThat(desk.clock("T1", CLOCK)).isEqualTo("running 2h of 4h due 16:00");

        desk.now("16:01");

        assertThat(desk.alerts()).containsExactly("16:00 breach T1/resolution/1/breach");
    }

    @Test
    void shouldLeaveOutEachOfSeveralPauses() {
        desk.on("10:00", "T1", "opened").on("10:30", "T1", "pending").on("11:00", "T1", "resumed");
        desk.on("12:00", "T1", "pending").on("12:10", "T1", "resumed").now("13:00");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("running 2h20m of 4h due 14:40");
    }

    @Test
    void shouldTakeThePauseAtTheDueInstantFirst() {
        desk.on("10:00", "T1", "opened").on("14:00", "T1", "pending").now("20:00");
        assertThat(desk.clock("T1", CLOCK)).isEqualTo("paused 4h of 4h due never");

        desk.on("21:00", "T1", "resumed").now("21:00:01");

        assertThat(desk.alerts()).containsExactly("21:00 breach T1/resolution/1/breach");
    }

    @Test
    void shouldIgnoreASecondPauseAndASecondResumption() {
        desk.on("10:00", "T1", "opened").on("11:00", "T1", "pending").on("11:30", "T1", "pending");
        desk.on("12:00", "T1", "resumed").on("12:30", "T1", "resumed").now("13:00");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("running 2h of 4h due 15:00");
    }

    @Test
    void shouldStopOutOfAPauseWithTheTimeItHadUsed() {
        desk.on("10:00", "T1", "opened")
                .on("11:00", "T1", "pending")
                .on("19:00", "T1", "resolved")
                .now("20:00");

        assertThat(desk.clock("T1", CLOCK)).startsWith("stopped 1h of 4h");
        assertThat(desk.alerts()).isEmpty();
    }

    @Test
    void shouldKeepTheFirstOfSeveralSolutions() {
        desk.on("10:00", "T1", "opened").on("11:00", "T1", "resolved").on("12:00", "T1", "resolved");
        desk.on("13:00", "T1", "closed");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("stopped 1h of 4h due 14:00");
    }

    @Test
    void shouldRunOnWhenReopenedWithoutTheTimeSinceTheStop() {
        desk.on("10:00", "T1", "opened")
                .on("11:00", "T1", "resolved")
                .on("15:00", "T1", "reopened")
                .now("16:00");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("running 2h of 4h due 18:00");
        assertThat(desk.ticket("T1").clocks()).hasSize(1);
    }

    @Test
    void shouldRunOnWhenAClosedTicketIsReopened() {
        desk.on("10:00", "T1", "opened").on("11:00", "T1", "resolved").on("12:00", "T1", "closed");
        desk.on("15:00", "T1", "reopened").on("15:30", "T1", "resolved");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("stopped 1h30m of 4h due 18:00");
    }

    @Test
    void shouldRunOnWhenATicketResolvedOutOfAPauseIsReopened() {
        desk.on("10:00", "T1", "opened").on("11:00", "T1", "pending").on("12:00", "T1", "resolved");
        desk.on("15:00", "T1", "reopened").now("16:00");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("running 2h of 4h due 18:00");
    }

    @Test
    void shouldRunOnAgainAndAgain() {
        desk.on("10:00", "T1", "opened").on("11:00", "T1", "resolved");
        desk.on("12:00", "T1", "reopened").on("13:00", "T1", "resolved");
        desk.on("14:00", "T1", "reopened").now("14:30");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("running 2h30m of 4h due 16:00");
    }

    @Test
    void shouldIgnoreAReopeningWhileItRuns() {
        desk.on("10:00", "T1", "opened").on("11:00", "T1", "reopened").now("12:00");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("running 2h of 4h due 14:00");
    }

    @Test
    void shouldBreachOnceAndStayBreachedThroughPausesAndReopenings() {
        desk.on("10:00", "T1", "opened").on("15:00", "T1", "resolved");
        desk.on("16:00", "T1", "reopened").on("17:00", "T1", "pending").now("20:00");

        assertThat(desk.alerts()).containsExactly("14:00 breach T1/resolution/1/breach");
        assertThat(desk.clock("T1", CLOCK)).startsWith("paused breached 6h of 4h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelled", "abandoned"})
    void shouldEndWithoutAResultEvenOutOfAPause(String type) {
        desk.on("10:00", "T1", "opened")
                .on("11:00", "T1", "pending")
                .on("12:00", "T1", type)
                .now("20:00");

        assertThat(desk.clock("T1", CLOCK)).startsWith("cancelled 1h of 4h");
    }

    @Test
    void shouldStayCancelledWhenTheTicketIsReopened() {
        desk.on("10:00", "T1", "opened")
                .on("11:00", "T1", "abandoned")
                .on("12:00", "T1", "reopened")
                .now("20:00");

        assertThat(desk.clock("T1", CLOCK)).startsWith("cancelled 1h of 4h");
        assertThat(desk.alerts()).isEmpty();
    }

    @Test
    void shouldCountOnlyTheCalendarsTime() {
        Scenario office = new Scenario(promise(CLOCK, target("4h", OFFICE, List.of(), List.of())));

        office.on("10:00", "T1", "opened")
                .on("11:30", "T1", "pending")
                .on("13:30", "T1", "resumed")
                .now("14:00");

        assertThat(office.clock("T1", CLOCK)).isEqualTo("running 2h of 4h due 16:00");
    }

    @Test
    void shouldGoOnTheNextMorning() {
        Scenario office = new Scenario(promise(CLOCK, target("4h", OFFICE, List.of(), List.of())));

        office.on("16:00", "T1", "opened").now("2026-11-24T10:00:00");

        assertThat(office.clock("T1", CLOCK)).isEqualTo("running 3h of 4h due 2026-11-24T11:00");
    }
}
