package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.ServiceFigures;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketFigures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Figures of a window of two instants: each thing counts at its own time. */
class FigureScanTest {
    private static final PolicySet POLICIES =
            policies(policy("all", Map.of("first_response", target("15m"), "resolution", target("1h"))));

    private final Scenario desk = new Scenario(POLICIES);

    private StatsView.Group between(String from, String until) {
        return desk.engine()
                .views()
                .figures(List.of(), at(from), at(until))
                .groups()
                .get(0);
    }

    private TicketFigures tickets(String from, String until) {
        return between(from, until).tickets();
    }

    private ClockFigures clock(String clock, String from, String until) {
        return between(from, until).clocks().get(clock);
    }

    private ServiceFigures service(String from, String until) {
        return between(from, until).service();
    }

    @Test
    void shouldCountFromTheFirstInstantOnAndTheLastNoMore() {
        desk.on("10:00", "T1", "opened").on("11:00", "T2", "opened").on("12:00", "T3", "opened");

        assertThat(tickets("10:00", "12:00").opened()).isEqualTo(2);
        assertThat(tickets("10:00:00.000000001", "12:00:00.000000001").opened()).isEqualTo(2);
    }

    @Test
    void shouldCountAPromiseWhenItIsDecided() {
        desk.on("10:00", "T1", "opened").on("10:10", "T1", "responded").on("11:30", "T1", "resolved");

        assertThat(clock("first_response", "10:10", "10:11").met()).isEqualTo(1);
        assertThat(clock("first_response", "10:11", "12:00").met()).isZero();
        assertThat(clock("resolution", "11:00", "11:01").breached()).isEqualTo(1);
        assertThat(clock("resolution", "11:00", "11:01").averageNs()).isEqualTo(ClockView.NONE);
        assertThat(clock("resolution", "11:30", "11:31").breached()).isZero();
        assertThat(clock("resolution", "11:30", "11:31").averageNs()).isEqualTo(ns("1h30m"));
    }

    @Test
    void shouldCountALateStopAtItsEventTime() {
        desk.on("10:00", "T1", "opened").now("10:30");
        assertThat(clock("first_response", "10:15", "10:16").breached()).isEqualTo(1);

        desk.late("10:30", "10:05", "T1", "responded");

        assertThat(clock("first_response", "10:15", "10:16").breached()).isZero();
        assertThat(clock("first_response", "10:05", "10:06").met()).isEqualTo(1);
    }

    @Test
    void shouldCountEachChangeOfATicketAtItsTime() {
        desk.on("10:00", "T1", "opened").on("10:10", "T1", "pending").on("10:20", "T1", "transferred");
        desk.on("10:30", "T1", "resolved").on("10:40", "T1", "reopened").on("10:50", "T1", "closed");
        desk.on("11:00", "T1", "complained").late("11:01", "10:55", "T1", "complained");
        desk.on("11:01:30", "T2", "opened").on("11:02", "T2", "abandoned");

        assertThat(tickets("10:00", "10:01").opened()).isEqualTo(1);
        assertThat(tickets("10:20", "10:21").transferred()).isEqualTo(1);
        assertThat(tickets("10:30", "10:31").resolved()).isEqualTo(1);
        assertThat(tickets("10:40", "10:41").reopened()).isEqualTo(1);
        assertThat(tickets("10:50", "10:51").resolved()).isEqualTo(1);
        assertThat(tickets("10:55", "10:56").complained()).isEqualTo(1);
        assertThat(tickets("11:00", "11:01").complained()).isZero();
        assertThat(tickets("11:02", "11:03").abandoned()).isEqualTo(1);
    }

    @Test
    void shouldShowWhatIsOpenAndWaitingNowInEveryWindow() {
        desk.on("10:00", "T1", "opened").on("10:10", "T2", "opened").on("10:12", "T1", "responded");
        desk.on("10:20", "T3", "opened").now("11:00");

        for (String from : List.of("09:00", "10:59")) {
            assertThat(tickets(from, "11:00").open()).isEqualTo(3);
            assertThat(tickets(from, "11:00").longestWaitingNs()).isEqualTo(ns("50m"));
        }
        desk.on("11:00", "T2", "responded");
        assertThat(tickets("10:59", "11:00").longestWaitingNs()).isEqualTo(ns("40m"));
        desk.on("11:00", "T3", "cancelled");
        assertThat(tickets("10:59", "11:00").longestWaitingNs()).isEqualTo(ClockView.NONE);
    }

    @Test
    void shouldKeepTheTimesOfTicketsThatLeftMemory() {
        Scenario forgetful = new Scenario(forgetting("10m", POLICIES));
        forgetful.on("10:00", "T1", "opened", "team=a").on("10:20", "T1", "responded");
        forgetful
                .on("10:30", "T1", "resolved")
                .on("10:31", "T1", "rated", "csat:number=4.5")
                .now("12:00");
        assertThat(forgetful.engine().views().ticket("T1")).isEmpty();

        StatsView.Group group = forgetful
                .engine()
                .views()
                .figures(List.of("team"), at("10:15"), at("10:32"))
                .groups()
                .get(0);

        assertThat(group.key()).isEqualTo(Map.of("team", "a"));
        assertThat(group.tickets().opened()).isZero();
        assertThat(group.tickets().resolved()).isEqualTo(1);
        assertThat(group.clocks().get("first_response").breached()).isEqualTo(1);
        assertThat(group.clocks().get("first_response").maxNs()).isEqualTo(ns("20m"));
        assertThat(group.clocks().get("resolution").met()).isEqualTo(1);
        assertThat(group.service().csatAverage()).isEqualTo(4.5);
    }

    @Test
    void shouldJudgeResolutionsByWhatCameSoonAfterThem() {
        List<String> tickets = List.of("stays", "again", "reopened", "late");
        tickets.forEach(ticket -> desk.on("10:00", ticket, "opened"));
        tickets.forEach(ticket -> desk.on("10:10", ticket, "resolved"));
        desk.on("11:00", "again", "customer_replied").on("11:00", "reopened", "reopened");
        desk.on("2026-12-01T10:00:00", "late", "customer_replied");

        ServiceFigures figures = service("10:10", "10:11");

        assertThat(figures.firstContactResolution()).isEqualTo(0.5);
        assertThat(figures.repeatContactRate()).isEqualTo(0.25);
        assertThat(service("10:11", "12:00").firstContactResolution()).isNull();
    }

    @Test
    void shouldComputeWhatDepartmentsReport() {
        List.of("T1", "T2", "T3", "T4").forEach(ticket -> desk.on("10:00", ticket, "opened"));
        desk.on("10:00:04", "T3", "abandoned").on("10:00:15", "T4", "abandoned");
        desk.on("10:00:20", "T1", "responded").on("10:05", "T1", "customer_replied");
        desk.on("10:06", "T1", "resolved").on("10:07", "T1", "rated", "csat:number=5", "nps:number=9");
        desk.on("10:20", "T2", "responded").on("10:20", "T2", "resolved");
        desk.on("10:21", "T2", "rated", "csat:number=3", "nps:number=6").on("10:22", "T2", "complained");

        ServiceFigures figures = service("10:00", "11:00");

        assertThat(figures.onTimeResponseRate()).isEqualTo(0.25);
        assertThat(figures.complaintRate()).isEqualTo(0.25);
        assertThat(figures.csat()).isEqualTo(0.5);
        assertThat(figures.csatAverage()).isEqualTo(4.0);
        assertThat(figures.csatRatings()).isEqualTo(2);
        assertThat(figures.nps()).isEqualTo(0.0);
        assertThat(figures.averageWaitingNs()).isEqualTo(ns("10m10s"));
        assertThat(figures.contactsPerResolved()).isEqualTo(1.5);
        assertThat(figures.serviceLevel().value()).isEqualTo(0.25);
        assertThat(figures.serviceLevel().offered()).isEqualTo(4);
        assertThat(figures.waitingByHour()).containsExactly(new ServiceFigures.HourShare(10, 2, 1));
    }

    @Test
    void shouldHaveNoShareOfNothing() {
        ServiceFigures figures = service("10:00", "11:00");

        assertThat(figures.onTimeResponseRate()).isNull();
        assertThat(figures.complaintRate()).isNull();
        assertThat(figures.csat()).isNull();
        assertThat(figures.nps()).isNull();
        assertThat(figures.contactsPerResolved()).isNull();
        assertThat(figures.serviceLevel().value()).isNull();
        assertThat(figures.averageWaitingNs()).isEqualTo(ClockView.NONE);
    }

    @Test
    void shouldBeExactWhileEventsGoOnBetweenItsSlices() {
        for (int i = 0; i < 3 * EngineViews.SLICE; i++) {
            desk.on("10:00", "T" + i, "opened", "stage=a");
        }
        EngineViews views = desk.engine().views();
        var scan = views.figureScan(List.of("stage"), at("10:00"), at("10:02"));
        assertThat(views.figuresSlice(scan)).isNull();
        desk.on("10:01", "T0", "updated", "stage=b")
                .on("10:01", "T" + (3 * EngineViews.SLICE - 1), "updated", "stage=b")
                .on("10:01", "T1", "resolved")
                .on("10:02", "T2", "resolved");
        assertThat(views.figuresSlice(scan)).isNull();

        StatsView stats = views.figuresSlice(scan);

        assertThat(stats.groups())
                .extracting(
                        group -> group.tickets().opened(),
                        group -> group.tickets().resolved())
                .containsExactly(tuple(3L * EngineViews.SLICE - 2, 1L), tuple(2L, 0L));
    }
}
