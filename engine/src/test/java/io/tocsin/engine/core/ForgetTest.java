package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.policy.BuiltInClocks;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.Trigger;
import io.tocsin.engine.view.TicketView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finished tickets leave memory, here an hour after their last event. */
class ForgetTest {
    private final Scenario desk = new Scenario(forgetting("1h", promise("resolution", target("4h"))));

    @ParameterizedTest
    @ValueSource(strings = {"resolved", "closed", "cancelled", "abandoned"})
    void shouldForgetAFinishedTicketSoLongAfterItsLastEvent(String type) {
        desk.on("10:00", "T1", "opened").on("10:30", "T1", type).now("11:30");
        assertThat(desk.counters().openTickets()).isEqualTo(1);

        desk.now("11:30:00.000000001");

        assertThat(desk.counters().openTickets()).isZero();
        assertThat(desk.counters().armedTimers()).isZero();
        assertThat(desk.engine().views().ticket("T1")).isEmpty();
    }

    @Test
    void shouldKeepAnOpenTicketForever() {
        desk.on("10:00", "T1", "opened").on("10:30", "T2", "opened").on("10:40", "T2", "pending");

        desk.now("2027-11-23T10:00:00");

        assertThat(desk.counters().openTickets()).isEqualTo(2);
    }

    @Test
    void shouldStartOverWithEveryEventOfTheTicket() {
        desk.on("10:00", "T1", "opened").on("10:30", "T1", "resolved").on("11:20", "T1", "updated", "csat=5");

        desk.now("12:20");
        assertThat(desk.counters().openTickets()).isEqualTo(1);
        desk.now("12:21");

        assertThat(desk.counters().openTickets()).isZero();
    }

    @Test
    void shouldCountFromTheArrivalOfALateEvent() {
        desk.on("10:00", "T1", "opened")
                .late("12:00", "10:30", "T1", "resolved")
                .now("12:30");

        assertThat(desk.counters().openTickets()).isEqualTo(1);
    }

    @Test
    void shouldKeepATicketThatIsReopened() {
        desk.on("10:00", "T1", "opened")
                .on("10:30", "T1", "resolved")
                .on("11:00", "T1", "reopened")
                .now("13:00");

        assertThat(desk.counters().openTickets()).isEqualTo(1);
    }

    @Test
    void shouldKeepAFinishedTicketWhileAClockRunsOrIsPaused() {
        ClockDefinition followUp = new ClockDefinition(
                "follow_up",
                List.of(Trigger.on("resolved")),
                List.of(Trigger.on("followed_up")),
                List.of(Trigger.on("waiting")),
                List.of(),
                List.of(),
                List.of(),
                false,
                ClockDefinition.Reopen.IGNORE,
                List.of());
        Scenario caring = new Scenario(forgetting(
                "1h",
                policies(
                        List.of(BuiltInClocks.RESOLUTION, followUp),
                        policy("all", Map.of("resolution", target("4h"), "follow_up", target("24h"))))));

        caring.on("10:00", "T1", "opened").on("10:30", "T1", "resolved").now("13:00");
        assertThat(caring.counters().openTickets()).isEqualTo(1);
        caring.on("13:00", "T1", "waiting").now("18:00");
        assertThat(caring.counters().openTickets()).isEqualTo(1);
        caring.on("18:00", "T1", "followed_up").now("19:00:01");

        assertThat(caring.counters().openTickets()).isZero();
    }

    @Test
    void shouldCountWhatComesForAForgottenTicketAsOrphaned() {
        desk.on("10:00", "T1", "opened").on("10:30", "T1", "resolved").on("12:00", "T1", "reopened");

        assertThat(desk.counters().orphaned()).isEqualTo(1);
        assertThat(desk.counters().openTickets()).isZero();
    }

    @Test
    void shouldOpenAForgottenTicketAgainAsANewOne() {
        desk.on("10:00", "T1", "opened", "stage=a").on("10:30", "T1", "resolved");

        desk.on("12:00", "T1", "opened").now("13:00");

        TicketView again = desk.ticket("T1");
        assertThat(again.number()).isEqualTo(2);
        assertThat(again.attributes()).isEmpty();
        assertThat(desk.clock("T1", "resolution")).isEqualTo("running 1h of 4h due 16:00");
    }

    @Test
    void shouldNumberCyclesOnWhenAForgottenTicketOfWhichSomethingWasSaidIsOpenedAgain() {
        desk.on("10:00", "T1", "opened").on("15:00", "T1", "resolved").now("17:00");
        assertThat(desk.alerts()).containsExactly("14:00 breach T1/resolution/1/breach");

        desk.on("17:00", "T1", "opened").on("22:00", "T1", "resolved").now("23:30");
        desk.on("23:30", "T1", "opened").now("2026-11-24T04:00:00");

        assertThat(desk.alerts())
                .containsExactly(
                        "21:00 breach T1/resolution/2/breach", "2026-11-24T03:30 breach T1/resolution/3/breach");
        assertThat(desk.cycles("T1", "resolution"))
                .containsExactly("3 running breached 4h30m of 4h due 2026-11-24T03:30");
    }

    @Test
    void shouldNumberOnFromAWarningToo() {
        Scenario warned = new Scenario(forgetting(
                "1h", promise("resolution", target("4h", "24x7", List.of(share(50)), List.of()))));
        warned.on("10:00", "T1", "opened").on("13:00", "T1", "resolved").now("15:00");

        warned.on("15:00", "T1", "opened").now("17:00:01");

        assertThat(warned.alerts())
                .containsExactly(
                        "12:00 warning T1/resolution/1/warning/50%", "17:00 warning T1/resolution/2/warning/50%");
    }

    @Test
    void shouldNumberFromOneWhenNothingWasEverSaidOfTheForgottenTicket() {
        desk.on("10:00", "T1", "opened").on("10:30", "T1", "resolved").now("12:00");

        desk.on("12:00", "T1", "opened").now("16:01");

        assertThat(desk.alerts()).containsExactly("16:00 breach T1/resolution/1/breach");
    }

    @Test
    void shouldNumberOnFromTheLastLifeOfWhichSomethingWasSaid() {
        desk.on("10:00", "T1", "opened").on("15:00", "T1", "resolved").now("17:00");
        desk.on("17:00", "T1", "opened").on("17:30", "T1", "resolved").now("19:00");

        desk.on("19:00", "T1", "opened").now("23:01");

        assertThat(desk.alerts())
                .containsExactly("14:00 breach T1/resolution/1/breach", "23:00 breach T1/resolution/2/breach");
    }

    @Test
    void shouldUseItsPlaceAgainWithoutATraceOfIt() {
        desk.on("10:00", "T1", "opened", "stage=a", "tier=gold").on("14:30", "T1", "pending");
        desk.on("14:40", "T1", "resolved").now("16:00");
        desk.alerts();

        desk.on("16:00", "T2", "opened").now("17:00");

        assertThat(desk.engine().views().tickets()).hasSize(1);
        assertThat(desk.ticket("T2").attributes()).isEmpty();
        assertThat(desk.status("T2")).isEqualTo("open");
        assertThat(desk.clock("T2", "resolution")).isEqualTo("running 1h of 4h due 20:00");
        assertThat(desk.alerts()).isEmpty();
    }

    @Test
    void shouldStayFindableThroughThousandsComingAndGoing() {
        for (int i = 0; i < 5_000; i++) {
            desk.on("10:00", "A" + i, "opened");
            if (i % 3 > 0) {
                desk.on("10:00", "A" + i, "resolved");
            }
        }
        desk.now("11:30");

        for (int i = 0; i < 5_000; i++) {
            desk.on("11:30", "B" + i, "opened");
        }

        for (int i = 0; i < 5_000; i++) {
            assertThat(desk.engine().views().ticket("A" + i).isPresent()).isEqualTo(i % 3 == 0);
            assertThat(desk.ticket("B" + i).ticket()).isEqualTo("B" + i);
        }
        assertThat(desk.counters().openTickets()).isEqualTo(5_000 + 1_667);
    }

    @Test
    void shouldShowATicketAsItWasWhenItIsForgotten() {
        List<TicketView> shown = new ArrayList<>();
        desk.engine().onForget(slot -> shown.add(desk.engine().views().ticketAt(slot)));
        desk.on("10:00", "T1", "opened", "stage=a").on("10:30", "T1", "resolved");
        TicketView before = desk.ticket("T1");

        desk.now("15:00");

        assertThat(shown).containsExactly(before);
    }

    @Test
    void shouldKeepForgottenTicketsInTheFigures() {
        desk.on("10:00", "T1", "opened", "stage=a").on("10:00", "T2", "opened", "stage=b");
        desk.on("10:30", "T1", "resolved").on("10:40", "T2", "cancelled").now("15:00");

        var all = desk.engine().views().stats(List.of()).groups().get(0);
        var groups = desk.engine().views().stats(List.of("stage")).groups();

        assertThat(all.tickets().opened()).isEqualTo(1);
        assertThat(all.clocks().get("resolution").met()).isEqualTo(1);
        assertThat(groups).singleElement().satisfies(group -> {
            assertThat(group.key()).isEqualTo(Map.of("stage", "a"));
            assertThat(group.tickets()).isEqualTo(all.tickets());
            assertThat(group.clocks()).isEqualTo(all.clocks());
        });
    }

    @Test
    void shouldForgetEverythingFinishedWhenTimersRunOut() {
        desk.on("10:00", "T1", "opened").on("10:00", "T2", "opened").on("10:30", "T1", "resolved");

        desk.engine().runOut();

        assertThat(desk.counters().openTickets()).isEqualTo(1);
        assertThat(desk.counters().armedTimers()).isZero();
        assertThat(desk.alerts()).containsExactly("14:00 breach T2/resolution/1/breach");
        assertThat(desk.engine().nowNs()).isEqualTo(at("14:00"));
    }
}
