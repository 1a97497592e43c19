package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.view.CountersView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that change nothing but a counter. */
class DuplicateAndOrphanTest {
    private final Scenario desk = new Scenario(promise("first_response", target("15m")));

    @Test
    void shouldChangeNothingWhenATicketsIdComesAgain() {
        desk.on("10:00", "T1", "opened").id("e1").on("10:05", "T1", "updated", "stage=a");
        desk.id("e1").on("10:10", "T1", "responded", "stage=b");

        assertThat(desk.clock("T1", "first_response")).startsWith("running");
        assertThat(desk.ticket("T1").attributes()).containsEntry("stage", "a");
        assertThat(desk.counters().duplicates()).isEqualTo(1);
    }

    @Test
    void shouldTakeTheSameIdForAnotherTicketAsAnotherEvent() {
        desk.id("e1").on("10:00", "T1", "opened").id("e1").on("10:00", "T2", "opened");

        assertThat(desk.counters().duplicates()).isZero();
        assertThat(desk.counters().tickets()).isEqualTo(2);
    }

    @Test
    void shouldNotConfuseWhereTheTicketEndsAndTheIdBegins() {
        desk.id("1e").on("10:00", "T", "opened").id("e").on("10:00", "T1", "opened");

        assertThat(desk.counters().duplicates()).isZero();
    }

    @Test
    void shouldTakeEveryEventWithoutAnIdAsAnother() {
        desk.on("10:00", "T1", "opened").on("10:01", "T1", "updated", "n=1").on("10:01", "T1", "updated", "n=1");

        assertThat(desk.counters().duplicates()).isZero();
    }

    @Test
    void shouldRememberTheLastIdsOnly() {
        Scenario forgetful = new Scenario(promise("first_response", target("15m")), new EngineConfig(2));
        forgetful.id("e1").on("10:00", "T1", "opened").id("e2").on("10:01", "T1", "updated");
        forgetful.id("e1").on("10:02", "T1", "updated").id("e3").on("10:03", "T1", "updated");
        assertThat(forgetful.counters().duplicates()).isEqualTo(1);

        forgetful.id("e1").on("10:04", "T1", "responded").id("e3").on("10:05", "T1", "updated");

        assertThat(forgetful.counters().duplicates()).isEqualTo(2);
        assertThat(forgetful.clock("T1", "first_response")).startsWith("stopped");
    }

    @Test
    void shouldKeepATicketNoLongerForADuplicate() {
        Scenario brief = new Scenario(forgetting("1h", promise("first_response", target("15m"))));

        brief.on("10:00", "T1", "opened")
                .id("e1")
                .on("10:10", "T1", "resolved")
                .id("e1")
                .on("11:00", "T1", "resolved");
        brief.now("11:10:01");

        assertThat(brief.counters().openTickets()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"responded", "resolved", "updated", "cancelled", "reopened", "anything.else"})
    void shouldChangeNothingWhenTheTicketWasNeverOpened(String type) {
        desk.on("10:00", "T1", type, "stage=a");

        assertThat(desk.engine().views().ticket("T1")).isEmpty();
        assertThat(desk.counters()).isEqualTo(new CountersView(1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldOpenATicketAfterItsOrphans() {
        desk.on("10:00", "T1", "responded").on("10:05", "T1", "opened");

        assertThat(desk.clock("T1", "first_response")).startsWith("running");
    }

    @Test
    void shouldCountDuplicatesAndOrphansAmongTheEvents() {
        desk.id("e1")
                .on("10:00", "T1", "opened")
                .id("e1")
                .on("10:00", "T1", "opened")
                .on("10:00", "T2", "updated");

        assertThat(desk.counters().events()).isEqualTo(3);
    }

    @Test
    void shouldLetDuplicatesMoveTimeAllTheSame() {
        desk.id("e1").on("10:00", "T1", "opened").id("e1").on("10:20", "T1", "opened");

        assertThat(desk.alerts()).containsExactly("10:15 breach T1/first_response/1/breach");
    }
}
