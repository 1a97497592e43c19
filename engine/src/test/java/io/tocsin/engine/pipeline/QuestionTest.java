package io.tocsin.engine.pipeline;

import static io.tocsin.engine.pipeline.Rig.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.DueQuery;
import io.tocsin.engine.view.DueView;
import io.tocsin.engine.view.EngineGauges;
import io.tocsin.engine.view.StatsView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions to a running pipeline: T1 has breached, T2 is paused, T3 runs, T4 is resolved. */
@Timeout(60)
class QuestionTest {
    private static final int MANY = 10_000;

    private final Rig rig = Rig.started();

    @BeforeEach
    void open() {
        rig.offer("T1", "opened", "channel=phone");
        rig.applied(rig.offer("T4", "opened", "channel=mail"));
        rig.at(600);
        rig.offer("T2", "opened", "channel=phone");
        rig.offer("T2", "pending");
        rig.offer("T4", "resolved");
        rig.applied(rig.offer("T3", "opened"));
        rig.at(1_000);
        rig.applied(rig.offer("T3", "updated"));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private List<String> due(String state, Boolean breached, String clock, long withinSeconds, int limit) {
        long withinNs = withinSeconds < 0 ? ClockView.NONE : withinSeconds * SECOND_NS;
        return answer(rig.pipeline.due(new DueQuery(state, breached, clock, withinNs, limit))).stream()
                .map(QuestionTest::line)
                .toList();
    }

    private static String line(DueView due) {
        String at = due.clock().dueNs() == ClockView.NONE
                ? "never"
                : String.valueOf((due.clock().dueNs() - START_NS) / SECOND_NS);
        return due.ticket() + " " + due.clock().clock() + " " + at;
    }

    @Test
    void shouldShowATicket() {
        var ticket = answer(rig.pipeline.ticket("T2")).orElseThrow();

        assertThat(ticket.status()).isEqualTo("pending");
        assertThat(ticket.clocks()).extracting(ClockView::state).containsExactly("running", "paused");
        assertThat(answer(rig.pipeline.ticket("T9"))).isEmpty();
    }

    @Test
    void shouldListOpenClocksSoonestFirstThoseWithoutADueInstantLast() {
        assertThat(due(null, null, null, -1, 100))
                .containsExactly(
                        "T1 first_response 900",
                        "T2 first_response 1500",
                        "T3 first_response 1500",
                        "T1 resolution 3600",
                        "T3 resolution 4200",
                        "T2 resolution never");
    }

    @Test
    void shouldListOnlyWhatWasAskedFor() {
        assertThat(due("paused", null, null, -1, 100)).containsExactly("T2 resolution never");
        assertThat(due("running", true, null, -1, 100)).containsExactly("T1 first_response 900");
        assertThat(due(null, false, "first_response", -1, 100))
                .containsExactly("T2 first_response 1500", "T3 first_response 1500");
        assertThat(due(null, null, "unheard_of", -1, 100)).isEmpty();
    }

    @Test
    void shouldListWhatIsDueWithinSoMuchTime() {
        assertThat(due(null, null, null, 500, 100))
                .containsExactly("T1 first_response 900", "T2 first_response 1500", "T3 first_response 1500");
        assertThat(due(null, null, null, 499, 100)).containsExactly("T1 first_response 900");
    }

    @Test
    void shouldListTheSoonestWhenThereAreMoreThanWanted() {
        assertThat(due(null, null, null, -1, 2)).containsExactly("T1 first_response 900", "T2 first_response 1500");
    }

    @Test
    void shouldListClocksOfTicketsWithCertainAttributesOnly() {
        rig.applied(rig.offer("T5", "opened", "channel=phone", "team=billing"));

        assertThat(dueWhere(Map.of("channel", "phone"), 2)).containsExactly("T1", "T2");
        assertThat(dueWhere(Map.of("channel", "phone", "team", "billing"), 9)).containsExactly("T5");
        assertThat(dueWhere(Map.of("channel", "fax"), 9)).isEmpty();
        assertThat(dueWhere(Map.of("fax", "phone"), 9)).isEmpty();
    }

    private List<String> dueWhere(Map<String, String> where, int limit) {
        DueQuery query = new DueQuery(null, null, "first_response", ClockView.NONE, limit, where);
        return answer(rig.pipeline.due(query)).stream().map(DueView::ticket).toList();
    }

    @Test
    void shouldCarryWhatThereIsToKnowAboutTheTicketInTheList() {
        DueView first = answer(rig.pipeline.due(new DueQuery(null, null, null, ClockView.NONE, 1)))
                .get(0);

        assertThat(first.status()).isEqualTo("open");
        assertThat(first.policy()).isEqualTo("all");
        assertThat(first.attributes()).containsEntry("channel", "phone");
    }

    @Test
    void shouldGiveFiguresInTotalAndByGroup() {
        StatsView total = answer(rig.pipeline.stats(List.of()));
        StatsView byChannel = answer(rig.pipeline.stats(List.of("channel")));

        assertThat(total.asOfNs()).isEqualTo(START_NS + 1_000 * SECOND_NS);
        assertThat(total.groups()).singleElement().satisfies(all -> {
            assertThat(all.tickets().opened()).isEqualTo(4);
            assertThat(all.tickets().open()).isEqualTo(3);
            assertThat(all.clocks().get("first_response").breached()).isEqualTo(1);
            assertThat(all.clocks().get("resolution").met()).isEqualTo(1);
        });
        assertThat(byChannel.groups())
                .extracting(
                        group -> group.key().get("channel"),
                        group -> group.tickets().opened())
                .containsExactly(tuple(null, 1L), tuple("mail", 1L), tuple("phone", 2L));
    }

    @Test
    void shouldGiveCounters() {
        rig.applied(rig.offer("T9", "updated"));

        CountersView counters = answer(rig.pipeline.counters());

        // T1 and T4 were warned of, T1 has breached; T1, T2 and T3 have something ahead, T4 is to be forgotten.
        assertThat(counters).isEqualTo(new CountersView(8, 0, 1, 0, 4, 4, 4, 2, 1, 0, 0, 0));
    }

    @Test
    void shouldGiveWhatThoseWhoWatchItWantToKnow() {
        EngineGauges gauges = answer(rig.pipeline.gauges());

        assertThat(gauges.counters()).isEqualTo(answer(rig.pipeline.counters()));
        StatsView.Group all = answer(rig.pipeline.stats(List.of())).groups().get(0);
        assertThat(gauges.openTickets()).isEqualTo(all.tickets().open());
        assertThat(gauges.clocks())
                .extracting(EngineGauges.ClockCounts::clock)
                .containsExactlyElementsOf(all.clocks().keySet());
        assertThat(gauges.clocks()).allSatisfy(counted -> {
            ClockFigures figures = all.clocks().get(counted.clock());
            assertThat(counted)
                    .isEqualTo(new EngineGauges.ClockCounts(
                            counted.clock(),
                            figures.running(),
                            figures.paused(),
                            figures.met(),
                            figures.breached(),
                            figures.cancelled()));
        });
        assertThat(gauges.alerts())
                .contains(new EngineGauges.AlertCount("first_response", "breach", 1))
                .extracting(EngineGauges.AlertCount::count)
                .allMatch(count -> count > 0);
        assertThat(gauges.alerts().stream()
                        .mapToLong(EngineGauges.AlertCount::count)
                        .sum())
                .isEqualTo(3);
    }

    @Test
    void shouldCountAlertsByClockFromTheStartOn() {
        rig.restart();

        assertThat(answer(rig.pipeline.gauges()).alerts()).isEmpty();
        assertThat(answer(rig.pipeline.counters()).breaches()).isEqualTo(1);
    }

    @Test
    void shouldGiveAStateHashThatStaysUntilSomethingHappens() {
        long hash = answer(rig.pipeline.stateHash());
        rig.at(1_001);
        assertThat(answer(rig.pipeline.stateHash())).isEqualTo(hash);

        rig.applied(rig.offer("T3", "updated"));

        assertThat(answer(rig.pipeline.stateHash())).isNotEqualTo(hash);
    }

    @Test
    void shouldAnswerLargeQuestionsOverSeveralCycles() {
        for (int i = 0; i < MANY; i++) {
            while (rig.offer("M" + i, "opened", "n=" + i % 7) == EventGate.FULL) {
                Thread.onSpinWait();
            }
        }
        rig.applied(MANY + 7);

        CompletableFuture<List<DueView>> due =
                rig.pipeline.due(new DueQuery(null, false, "resolution", ClockView.NONE, 10_000));
        CompletableFuture<StatsView> stats = rig.pipeline.stats(List.of("n"));

        assertThat(answer(due)).hasSize(10_000);
        assertThat(answer(stats).groups()).hasSize(8);
    }

    @Test
    void shouldAnswerManyAtOnceInTheirOrder() {
        List<CompletableFuture<CountersView>> questions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            questions.add(rig.pipeline.counters());
        }

        for (CompletableFuture<CountersView> question : questions) {
            assertThat(answer(question).tickets()).isEqualTo(4);
        }
    }
}
