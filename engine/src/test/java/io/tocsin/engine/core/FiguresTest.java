package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.core.NaiveSla.Event;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketView;
import io.tocsin.engine.view.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Figures, always current, against a recount of all tickets. */
class FiguresTest {
    private static final int STREAMS = 25;
    private static final int EVENTS = 1_000;
    private static final List<List<String>> GROUPINGS = List.of(
            List.of("stage"),
            List.of("channel"),
            List.of("stage", "channel"),
            List.of("channel", "stage"),
            List.of("unknown"),
            List.of("unknown", "stage"));

    private final Scenario desk = new Scenario(promise("resolution", target("1h")));

    private StatsView.Group all(Scenario scenario) {
        return scenario.engine().views().stats(List.of()).groups().get(0);
    }

    @Test
    void shouldAgreeWithARecountWheneverAsked() {
        for (long seed = 1; seed <= STREAMS; seed++) {
            new Run(seed).run();
        }
    }

    @Test
    void shouldCountAClockThatHasBreachedUnderBreachedOnly() {
        desk.on("10:00", "T1", "opened").on("10:00", "T2", "opened").on("10:00", "T3", "opened");
        desk.on("10:00", "T4", "opened")
                .on("10:30", "T3", "resolved")
                .on("10:30", "T4", "pending")
                .now("11:01");
        desk.on("11:01", "T2", "pending");

        var figures = all(desk).clocks().get("resolution");

        assertThat(figures.breached()).isEqualTo(2);
        assertThat(figures.met()).isEqualTo(1);
        assertThat(figures.running()).isZero();
        assertThat(figures.paused()).isEqualTo(1);
        assertThat(figures.attainment()).isEqualTo(1 / 3.0);
    }

    @Test
    void shouldHaveNoAttainmentWhileThereIsNothingToJudge() {
        desk.on("10:00", "T1", "opened");

        assertThat(all(desk).clocks().get("resolution").attainment()).isNull();
    }

    @Test
    void shouldCorrectFiguresWhenABreachIsTakenBack() {
        desk.on("10:00", "T1", "opened").on("12:00", "T1", "resolved").late("12:10", "10:30", "T1", "closed");

        var figures = all(desk).clocks().get("resolution");

        assertThat(figures.attainment()).isEqualTo(1.0);
        assertThat(figures.averageNs()).isEqualTo(ns("30m"));
        assertThat((double) figures.maxNs()).isBetween(ns("30m") * 0.999, ns("30m") * 1.001);
    }

    @Test
    void shouldLeaveCancelledTicketsOutOfAllFigures() {
        desk.on("10:00", "T1", "opened", "stage=a")
                .on("12:00", "T1", "resolved")
                .on("12:10", "T1", "cancelled");

        assertThat(all(desk).tickets().opened()).isZero();
        assertThat(all(desk).clocks().get("resolution").breached()).isZero();
        assertThat(desk.engine().views().stats(List.of("stage")).groups()).isEmpty();
    }

    @Test
    void shouldMoveATicketToAnotherGroupWithItsAttributes() {
        desk.on("10:00", "T1", "opened", "stage=a").on("10:30", "T1", "resolved");
        assertThat(desk.engine().views().stats(List.of("stage")).groups())
                .extracting(StatsView.Group::key)
                .containsExactly(Map.of("stage", "a"));

        desk.on("10:40", "T1", "updated", "stage=b");

        assertThat(desk.engine().views().stats(List.of("stage")).groups())
                .singleElement()
                .satisfies(group -> assertThat(group.key()).isEqualTo(Map.of("stage", "b")))
                .satisfies(group ->
                        assertThat(group.clocks().get("resolution").met()).isEqualTo(1));
    }

    @Test
    void shouldForgetTheLongestOnceItIsCorrectedAway() {
        desk.on("08:00", "T1", "opened", "stage=a").on("08:00", "T2", "opened", "stage=a");
        desk.on("08:00", "T3", "opened", "stage=a").on("08:01", "T3", "resolved");
        desk.on("10:46:40.1", "T1", "resolved").on("10:46:40.2", "T2", "resolved");
        desk.engine().views().stats(List.of("stage"));

        desk.on("11:00", "T2", "updated", "stage=b").on("11:00", "T1", "updated", "stage=b");

        var left = desk.engine()
                .views()
                .stats(List.of("stage"))
                .groups()
                .get(0)
                .clocks()
                .get("resolution");
        assertThat((double) left.maxNs()).isBetween(ns("1m") * 0.999, ns("1m") * 1.001);
    }

    @Test
    void shouldOrderGroupsByTheirKeysThoseWithoutTheAttributeFirst() {
        desk.on("10:00", "T1", "opened", "stage=b").on("10:00", "T2", "opened").on("10:00", "T3", "opened", "stage=a");

        assertThat(desk.engine().views().stats(List.of("stage")).groups())
                .extracting(group -> group.key().get("stage"))
                .containsExactly(null, "a", "b");
    }

    @Test
    void shouldKeepALimitedNumberOfGroupingsAndAnswerAllTheSame() {
        desk.on("10:00", "T1", "opened", "stage=a", "n7=x");
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 30; i++) {
                List<StatsView.Group> groups =
                        desk.engine().views().stats(List.of("n" + i)).groups();
                assertThat(groups)
                        .singleElement()
                        .satisfies(group -> assertThat(group.tickets().opened()).isEqualTo(1));
            }
            desk.on("10:00", "T1", "updated", "n7=y" + round);
        }
        assertThat(desk.engine().views().stats(List.of("n7")).groups().get(0).key())
                .isEqualTo(Map.of("n7", "y2"));
    }

    @Test
    void shouldAnswerALargeQuestionInSlicesWhileEventsGoOn() {
        for (int i = 0; i < 3 * EngineViews.SLICE; i++) {
            desk.on("10:00", "T" + i, "opened", "stage=" + (i % 3));
        }
        StatsSearch search = new StatsSearch(desk.engine().views(), List.of("stage"), Window.ALL);
        assertThat(search.slice()).isNull();
        desk.on("10:01", "T0", "updated", "stage=9")
                .on("10:01", "T" + (3 * EngineViews.SLICE - 1), "updated", "stage=9");
        assertThat(search.slice()).isNull();

        StatsView stats = search.slice();

        assertThat(stats.groups())
                .extracting(group -> group.tickets().opened())
                .containsExactly(2_047L, 2_048L, 2_047L, 2L);
    }

    /** One stream of events, with questions at random moments, some of them answered bit by bit. */
    private static final class Run {
        private final RandomStream stream;
        private final Random random;
        private final Engine engine;
        private final NaiveFigures recount;
        private final Stamped stamped = new Stamped();
        private final List<List<String>> asked = new ArrayList<>();
        private final long seed;

        Run(long seed) {
            this.seed = seed;
            stream = new RandomStream(seed, at("08:00"));
            random = stream.random();
            engine = new Engine(EngineConfig.DEFAULT, Scenario.NO_POLICY_RECORDS, (buffer, offset, length) -> {});
            recount = new NaiveFigures();
            engine.onForget(slot -> recount.forget(engine.views().ticketAt(slot)));
            engine.use(stream.policies, at("08:00"));
        }

        void run() {
            int answered = 0;
            for (int i = 0; i < EVENTS; i++) {
                Event event = stream.next();
                engine.apply(stamped.record(event));
                engine.views().ticket(event.ticket()).ifPresent(recount::see);
                if (random.nextInt(20) == 0) {
                    check(List.of(), engine.views().stats(List.of()));
                    List<String> by = GROUPINGS.get(random.nextInt(GROUPINGS.size()));
                    if (!asked.contains(by)) {
                        asked.add(by);
                    }
                }
                answered += answerSome();
            }
            assertThat(answered).isGreaterThan(EVENTS / 100);
        }

        private int answerSome() {
            int answered = 0;
            for (List<String> by : List.copyOf(asked)) {
                StatsView stats =
                        engine.views().state().figures.slice(by, Window.ALL, 1 + random.nextInt(10), engine.nowNs());
                if (stats != null) {
                    check(by, stats);
                    asked.remove(by);
                    answered++;
                }
            }
            return answered;
        }

        private void check(List<String> by, StatsView stats) {
            List<TicketView> tickets = engine.views().tickets();
            String what = "seed " + seed + ", by " + by + ", engine time " + time(engine.nowNs());
            recount.compare(by, tickets, stats, what);
        }
    }
}
