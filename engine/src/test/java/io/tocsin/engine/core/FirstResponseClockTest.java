package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code first_response}: opened to the first answer, 15 minutes around the clock. */
class FirstResponseClockTest {
    private static final String CLOCK = "first_response";

    private final Scenario desk = new Scenario(promise(CLOCK, target("15m")));

    @Test
    void shouldStartWhenTheTicketIsOpened() {
        desk.on("10:00", "T1", "opened").now("10:05");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("running 5m of 15m due 10:15");
        assertThat(desk.ticket("T1").clocks()).hasSize(1);
        assertThat(desk.ticket("T1").clocks().get(0).cycle()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"responded", "resolved", "closed"})
    void shouldStopAtTheAnswerOrTheEnd(String type) {
        desk.on("10:00", "T1", "opened").on("10:10", "T1", type).now("12:00");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("stopped 10m of 15m due 10:15");
        assertThat(desk.alerts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"assigned", "accepted", "customer_replied", "pending", "resumed", "updated", "transferred"})
    void shouldRunOnWhateverElseHappens(String type) {
        desk.on("10:00", "T1", "opened").on("10:10", "T1", type).now("10:12");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("running 12m of 15m due 10:15");
    }

    @Test
    void shouldBeMetWhenItStopsExactlyWhenItIsDue() {
        desk.on("10:00", "T1", "opened").on("10:15", "T1", "responded").now("12:00");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("stopped 15m of 15m due 10:15");
        assertThat(desk.alerts()).isEmpty();
    }

    @Test
    void shouldNotBreachWhileEngineTimeIsTheDueInstant() {
        desk.on("10:00", "T1", "opened").now("10:15");

        assertThat(desk.alerts()).isEmpty();
    }

    @Test
    void shouldBreachAsSoonAsEngineTimeIsLaterThanDue() {
        desk.on("10:00", "T1", "opened").now("10:15:00.000000001");

        assertThat(desk.alerts()).containsExactly("10:15 breach T1/first_response/1/breach");
        assertThat(desk.clock("T1", CLOCK)).startsWith("running breached ");
    }

    @Test
    void shouldBreachBeforeAnEventThatArrivesLaterThanDue() {
        desk.on("10:00", "T1", "opened").on("10:15:00.000000001", "T1", "responded");

        assertThat(desk.alerts()).containsExactly("10:15 breach T1/first_response/1/breach");
        assertThat(desk.clock("T1", CLOCK)).isEqualTo("stopped breached 15m0.000000001s of 15m due 10:15");
    }

    @Test
    void shouldRunOnAfterItsBreachAndTellHowLateItWas() {
        desk.on("10:00", "T1", "opened").now("11:00");
        assertThat(desk.clock("T1", CLOCK)).isEqualTo("running breached 1h of 15m due 10:15");

        desk.on("11:30", "T1", "responded");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("stopped breached 1h30m of 15m due 10:15");
        assertThat(desk.ticket("T1").clocks().get(0).remainingNs()).isEqualTo(-ns("75m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelled", "abandoned"})
    void shouldEndWithoutAResultWhenThereIsNobodyToAnswer(String type) {
        desk.on("10:00", "T1", "opened").on("10:10", "T1", type).now("12:00");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("cancelled 10m of 15m due 10:15");
        assertThat(desk.alerts()).isEmpty();
    }

    @Test
    void shouldKeepItsResultWhenTheTicketIsReopened() {
        desk.on("10:00", "T1", "opened").on("10:10", "T1", "responded").on("10:20", "T1", "resolved");
        desk.on("10:30", "T1", "reopened").now("12:00");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("stopped 10m of 15m due 10:15");
    }

    @Test
    void shouldKeepTheFirstAnswerWhenThereAreSeveral() {
        desk.on("10:00", "T1", "opened").on("10:10", "T1", "responded").on("10:20", "T1", "responded");

        assertThat(desk.clock("T1", CLOCK)).isEqualTo("stopped 10m of 15m due 10:15");
    }

    @Test
    void shouldCountFromTheNextOpeningWhenOpenedOutsideTheHours() {
        Scenario office = new Scenario(promise(CLOCK, target("15m", OFFICE, List.of(), List.of())));

        office.on("07:00", "T1", "opened").now("09:10");

        assertThat(office.clock("T1", CLOCK)).isEqualTo("running 10m of 15m due 09:15");
    }

    @Test
    void shouldBeDueAtClosingTimeWhenItsTimeIsUsedUpThere() {
        Scenario office = new Scenario(promise(CLOCK, target("1h", OFFICE, List.of(), List.of())));

        office.on("11:00", "T1", "opened").now("12:30");

        assertThat(office.alerts()).containsExactly("12:00 breach T1/first_response/1/breach");
    }
}
