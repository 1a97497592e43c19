package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.ServiceLevelFormula;
import io.tocsin.engine.snapshot.SnapshotBytes;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.Window;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Live windows, always current, against the exact scan of the same stretch of time. */
class WindowsTest {
    private static final int STREAMS = 12;
    private static final int EVENTS = 2_500;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final List<String> TYPES = List.of(
            "opened",
            "opened",
            "responded",
            "responded",
            "customer_replied",
            "pending",
            "resumed",
            "transferred",
            "resolved",
            "resolved",
            "reopened",
            "closed",
            "cancelled",
            "abandoned",
            "complained",
            "rated",
            "updated");
    private static final List<List<String>> GROUPINGS = List.of(List.of(), List.of("team"), List.of("channel", "team"));

    @Test
    void shouldAgreeWithTheExactScanWheneverAsked() {
        for (long seed = 1; seed <= STREAMS; seed++) {
            new Run(seed).run();
        }
    }

    @Test
    void shouldBeginAtAWholeSecondAndEndNow() {
        Scenario desk = new Scenario(promise("resolution", target("1h")));
        desk.on("10:00:00.5", "T1", "opened").on("10:00:01", "T2", "opened").now("10:05:00.7");
        EngineViews views = desk.engine().views();

        StatsView last = views.stats(List.of(), Window.LAST_5_MINUTES);

        assertThat(time(last.fromNs()) + " " + time(last.toNs())).isEqualTo("10:00 10:05:00.700");
        assertThat(last.groups().get(0).tickets().opened()).isEqualTo(2);
        desk.now("10:05:01");
        assertThat(views.stats(List.of(), Window.LAST_5_MINUTES)
                        .groups()
                        .get(0)
                        .tickets()
                        .opened())
                .isEqualTo(1);
        desk.now("10:05:02");
        assertThat(views.stats(List.of(), Window.LAST_5_MINUTES)
                        .groups()
                        .get(0)
                        .tickets()
                        .opened())
                .isZero();
        assertThat(views.stats(List.of(), Window.LAST_5_MINUTES)
                        .groups()
                        .get(0)
                        .tickets()
                        .open())
                .isEqualTo(2);
    }

    @Test
    void shouldBeginTodayAtMidnightOfThePolicysZone() {
        PolicySet policies = in("Asia/Shanghai", FigureSettings.DEFAULT, promise("resolution", target("1h")));
        Scenario desk = new Scenario(policies);
        desk.on("15:59:59.999", "T1", "opened").on("16:00", "T2", "opened").now("20:00");

        StatsView today = desk.engine().views().stats(List.of(), Window.TODAY);

        assertThat(time(today.fromNs())).isEqualTo("16:00");
        assertThat(today.groups().get(0).tickets().opened()).isEqualTo(1);
        assertThat(today.groups().get(0).tickets().open()).isEqualTo(2);
    }

    @Test
    void shouldWorkInSlicesWhileEventsGoOn() {
        Scenario desk = new Scenario(promise("resolution", target("1h")));
        EngineViews views = desk.engine().views();
        views.stats(List.of(), Window.LAST_5_MINUTES);
        for (int i = 0; i < 3 * EngineViews.SLICE; i++) {
            desk.on("10:00", "T" + i, "opened");
        }
        desk.now("10:05:00.5");
        assertThat(views.stats(List.of(), Window.LAST_5_MINUTES)
                        .groups()
                        .get(0)
                        .tickets()
                        .opened())
                .isEqualTo(3 * EngineViews.SLICE);
        desk.now("10:05:01");
        StatsSearch search = new StatsSearch(views, List.of(), Window.LAST_5_MINUTES);
        assertThat(search.slice()).isNull();
        desk.late("10:05:01", "10:00:00.1", "late", "opened").on("10:05:01", "T1", "cancelled");
        desk.on("10:05:01", "T" + (3 * EngineViews.SLICE - 1), "cancelled");
        assertThat(search.slice()).isNull();

        StatsView left = search.slice();
        assertThat(left).as("three facts came into the second meanwhile").isNull();
        left = search.slice();

        assertThat(left.groups().get(0).tickets().opened()).isZero();
        assertThat(left.groups().get(0).tickets().open()).isEqualTo(3 * EngineViews.SLICE - 1);
    }

    static PolicySet in(String zone, FigureSettings figures, PolicySet policies) {
        return new PolicySet(
                ZoneId.of(zone),
                policies.forgetAfterNs(),
                policies.calendars(),
                policies.clocks(),
                policies.policies(),
                figures,
                List.of());
    }

    /** An hour and a half around midnight of some team's day. */
    private static final class Run {
        private final Random random;
        private final String what;
        private final PolicyTexts policies = new PolicyTexts();
        private final EventRecordWriter writer = new EventRecordWriter();
        private final PolicySet file;
        private Engine engine;
        private long nowNs = at("15:00");
        private int asked;

        Run(long seed) {
            random = new Random(seed);
            what = "seed " + seed + ", ";
            file = file(random);
            engine = engine();
            engine.apply(policies.record(file, nowNs));
        }

        private static PolicySet file(Random random) {
            FigureSettings.ServiceLevel level = new FigureSettings.ServiceLevel(
                    "first_response",
                    ServiceLevelFormula.values()[random.nextInt(ServiceLevelFormula.values().length)],
                    ns("2m"),
                    ns("30s"));
            FigureSettings figures =
                    new FigureSettings("customer", ns("20m"), 4_000, "first_response", ns("1m"), level);
            PolicySet policies = policies(
                    policy("gold", Map.of("first_response", target("2m")), is("channel", "c1")),
                    policy(
                            "rest",
                            Map.of(
                                    "first_response", target("3m"),
                                    "resolution", target("10m"),
                                    "next_response", target("2m"))));
            return in("Asia/Shanghai", figures, forgetting(random.nextBoolean() ? "15m" : "3h", policies));
        }

        private Engine engine() {
            return new Engine(new EngineConfig(10), policies, (buffer, offset, length) -> {});
        }

        void run() {
            for (int i = 0; i < EVENTS; i++) {
                nowNs += random.nextInt(50) == 0 ? random.nextLong(90 * SECOND_NS) : random.nextLong(4 * SECOND_NS);
                if (random.nextInt(8) == 0) {
                    engine.advance(nowNs);
                } else {
                    happen();
                }
                if (random.nextInt(25) == 0) {
                    ask();
                }
                if (random.nextInt(300) == 0) {
                    restart();
                }
                if (random.nextInt(500) == 0) {
                    nowNs += ns(random.nextInt(20) + "m");
                    engine.advance(nowNs);
                }
            }
            assertThat(asked).isGreaterThan(20);
        }

        private void happen() {
            long lateNs = random.nextInt(5) == 0 ? random.nextLong(ns("12m")) : 0;
            writer.begin(nowNs - lateNs, "T" + random.nextInt(80), TYPES.get(random.nextInt(TYPES.size())), "");
            maybe(3, ValueKind.STRING, "team", "t" + random.nextInt(3));
            maybe(3, ValueKind.STRING, "channel", "c" + random.nextInt(2));
            maybe(4, ValueKind.STRING, "customer", "k" + random.nextInt(12));
            maybe(2, ValueKind.NUMBER, "csat", "" + (1 + random.nextInt(5)));
            maybe(2, ValueKind.NUMBER, "nps", "" + random.nextInt(11));
            EventRecord record = new EventRecord().wrap(writer.buffer(), 0);
            record.stamp(nowNs);
            engine.apply(record);
        }

        private void maybe(int oneIn, ValueKind kind, String name, String value) {
            if (random.nextInt(oneIn) == 0) {
                writer.attribute(kind, name, value);
            }
        }

        private void restart() {
            Engine before = engine;
            byte[] snapshot = SnapshotBytes.writtenBy(sink -> before.writeSnapshot(sink, 1));
            engine = engine();
            engine.readSnapshot(SnapshotBytes.source(snapshot));
        }

        private void ask() {
            List<String> by = GROUPINGS.get(random.nextInt(GROUPINGS.size()));
            Window window = Window.values()[random.nextInt(Window.values().length)];
            StatsView live = null;
            int most = 1 + random.nextInt(40);
            while (live == null) {
                live = engine.views().state().figures.slice(by, window, most, engine.nowNs());
                if (live == null && random.nextInt(20) == 0) {
                    happen();
                }
            }
            asked++;
            StatsView exact = engine.views().figures(by, live.fromNs(), engine.nowNs() + 1);
            compare(live, exact, what + window + " by " + by + " at " + time(engine.nowNs()));
        }

        private static void compare(StatsView live, StatsView exact, String what) {
            assertThat(live.groups().stream().map(WindowsTest::withoutLengths).toList())
                    .as(what)
                    .isEqualTo(exact.groups().stream()
                            .map(WindowsTest::withoutLengths)
                            .toList());
            for (int i = 0; i < live.groups().size(); i++) {
                Map<String, ClockFigures> clocks = exact.groups().get(i).clocks();
                live.groups().get(i).clocks().forEach((clock, figures) -> {
                    assertClose(figures.p50Ns(), clocks.get(clock).p50Ns(), what);
                    assertClose(figures.p99Ns(), clocks.get(clock).p99Ns(), what);
                    assertClose(figures.maxNs(), clocks.get(clock).maxNs(), what);
                });
            }
        }

        /** The longest is exact to three digits once a longer one has left. */
        private static void assertClose(long live, long exact, String what) {
            assertThat(live).as(what).isCloseTo(exact, within(Math.abs(exact / 500) + 1_000_000));
        }
    }

    private static StatsView.Group withoutLengths(StatsView.Group group) {
        Map<String, ClockFigures> clocks = new LinkedHashMap<>();
        group.clocks()
                .forEach((clock, figures) -> clocks.put(
                        clock,
                        new ClockFigures(
                                figures.running(),
                                figures.paused(),
                                figures.met(),
                                figures.breached(),
                                figures.cancelled(),
                                figures.stopped(),
                                figures.averageNs(),
                                0,
                                0,
                                0,
                                0,
                                0)));
        return new StatsView.Group(group.key(), group.tickets(), clocks, group.service());
    }
}
