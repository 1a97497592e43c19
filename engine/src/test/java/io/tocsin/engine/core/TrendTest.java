package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.snapshot.SnapshotBytes;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketFigures;
import io.tocsin.engine.view.TrendView;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Trends against exact scans of each of their periods. */
class TrendTest {
    private static final int STREAMS = 4;
    private static final int EVENTS = 1_500;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final List<String> TYPES = List.of(
            "opened",
            "opened",
            "opened",
            "responded",
            "pending",
            "resumed",
            "resolved",
            "resolved",
            "reopened",
            "closed",
            "cancelled",
            "abandoned",
            "updated");
    private static final SortedMap<String, String> EVERYTHING = Collections.unmodifiableSortedMap(new TreeMap<>());

    @Test
    void shouldShowWhatHappenedInEachPeriodWhenItHappened() {
        Scenario desk = new Scenario(promise("resolution", target("10m")));
        desk.on("10:00", "T1", "opened").on("10:01", "T2", "opened").on("10:04:59.9", "T1", "resolved");
        desk.on("10:05", "T3", "opened").on("10:16", "T2", "resolved").now("10:17");

        TrendView trend = desk.engine().views().trend(EVERYTHING, 4);

        assertThat(time(trend.firstNs())).isEqualTo("10:00");
        assertThat(trend.open()).containsExactly(1L, 2L, 2L, 1L);
        TrendView.Decided resolution = trend.clocks().get("resolution");
        assertThat(resolution.met()).containsExactly(1L, 0L, 0L, 0L);
        assertThat(resolution.breached()).containsExactly(0L, 0L, 1L, 1L);
    }

    @Test
    void shouldCorrectAPeriodThatIsPast() {
        Scenario desk = new Scenario(promise("resolution", target("10m")));
        desk.on("10:00", "T1", "opened").now("10:30");
        EngineViews views = desk.engine().views();
        assertThat(views.trend(EVERYTHING, 1).clocks().get("resolution").breached())
                .containsExactly(0L, 0L, 1L, 0L, 0L, 0L, 0L);

        desk.late("10:31", "10:07", "T1", "resolved");

        TrendView trend = views.trend(EVERYTHING, 1);
        assertThat(trend.clocks().get("resolution").breached()).containsOnly(0L);
        assertThat(trend.clocks().get("resolution").met()).containsExactly(0L, 1L, 0L, 0L, 0L, 0L, 0L);
        assertThat(trend.open()).containsExactly(1L, 0L, 0L, 0L, 0L, 0L, 0L);
    }

    @Test
    void shouldWorkInSlicesWhileEventsGoOn() {
        Scenario desk = new Scenario(promise("resolution", target("1h")));
        for (int i = 0; i < 3 * EngineViews.SLICE; i++) {
            desk.on("10:00", "T" + i, "opened");
        }
        EngineViews views = desk.engine().views();
        assertThat(views.trendSlice(EVERYTHING, 1)).isNull();
        desk.on("10:06", "T1", "resolved").on("10:06", "T" + (3 * EngineViews.SLICE - 1), "resolved");
        assertThat(views.trendSlice(EVERYTHING, 1)).isNull();

        TrendView trend = views.trendSlice(EVERYTHING, 1);

        assertThat(trend.open()).containsExactly(3L * EngineViews.SLICE, 3L * EngineViews.SLICE - 2);
        assertThat(trend.clocks().get("resolution").met()).containsExactly(0L, 2L);
    }

    @Test
    void shouldAgreeWithTheExactScanOfEachPeriodWheneverAsked() {
        for (long seed = 1; seed <= STREAMS; seed++) {
            new Run(seed).run();
        }
    }

    /** Some days, of which the trend remembers one. */
    private static final class Run {
        private final Random random;
        private final String what;
        private final PolicyTexts policies = new PolicyTexts();
        private final EventRecordWriter writer = new EventRecordWriter();
        private Engine engine;
        private long nowNs = at("15:00");
        private int asked;

        Run(long seed) {
            random = new Random(seed);
            what = "seed " + seed + ", ";
            engine = engine();
            PolicySet file = policies(
                    policy("gold", Map.of("first_response", target("2m")), is("channel", "c1")),
                    policy("rest", Map.of("first_response", target("3m"), "resolution", target("20m"))));
            String forgetAfter = random.nextBoolean() ? "15m" : "30h";
            PolicySet used = WindowsTest.in("Asia/Shanghai", FigureSettings.DEFAULT, forgetting(forgetAfter, file));
            engine.apply(policies.record(used, nowNs));
        }

        private Engine engine() {
            return new Engine(new EngineConfig(10), policies, (buffer, offset, length) -> {});
        }

        void run() {
            for (int i = 0; i < EVENTS; i++) {
                nowNs += random.nextLong(60 * SECOND_NS);
                happen();
                if (random.nextInt(70) == 0) {
                    ask();
                }
                if (random.nextInt(400) == 0) {
                    restart();
                }
                if (random.nextInt(300) == 0) {
                    nowNs += ns(random.nextInt(600) + "m");
                    engine.advance(nowNs);
                }
            }
            assertThat(asked).isGreaterThan(5);
        }

        private void happen() {
            long lateNs = random.nextInt(5) == 0 ? random.nextLong(ns("90m")) : 0;
            writer.begin(nowNs - lateNs, "T" + random.nextInt(80), TYPES.get(random.nextInt(TYPES.size())), "");
            maybe(ValueKind.STRING, "team", "t" + random.nextInt(3));
            maybe(ValueKind.NUMBER, "tier", "" + random.nextInt(2));
            EventRecord record = new EventRecord().wrap(writer.buffer(), 0);
            record.stamp(nowNs);
            engine.apply(record);
        }

        private void maybe(ValueKind kind, String name, String value) {
            if (random.nextInt(3) == 0) {
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
            SortedMap<String, String> where = where();
            int hours = random.nextInt(10) == 0 ? 24 : 1 + random.nextInt(4);
            TrendView trend = null;
            int most = 1 + random.nextInt(40);
            while (trend == null) {
                trend = engine.views().state().figures.trendSlice(where, hours, most, engine.nowNs());
                if (trend == null && random.nextInt(20) == 0) {
                    happen();
                }
            }
            asked++;
            compare(trend, where, hours, what + where + ", " + hours + " hours at " + time(engine.nowNs()));
        }

        private SortedMap<String, String> where() {
            return new TreeMap<>(
                    switch (random.nextInt(3)) {
                        case 0 -> Map.of();
                        case 1 -> Map.of("team", "t" + random.nextInt(3));
                        default -> Map.of("team", "t" + random.nextInt(3), "tier", "" + random.nextInt(2));
                    });
        }

        private void compare(TrendView trend, SortedMap<String, String> where, int hours, String asked) {
            long firstNs = Math.floorDiv(engine.nowNs(), trend.periodNs()) * trend.periodNs() - ns(hours + "h");
            for (long fromNs = firstNs; fromNs <= engine.nowNs(); fromNs += trend.periodNs()) {
                String period = asked + ", from " + time(fromNs);
                long untilNs = Math.min(fromNs + trend.periodNs(), engine.nowNs() + 1);
                Map<String, ClockFigures> then = figures(where, fromNs, untilNs)
                        .map(StatsView.Group::clocks)
                        .orElse(Map.of());
                long open = figures(where, Long.MIN_VALUE, untilNs)
                        .map(before -> opened(before.tickets()))
                        .orElse(0L);
                int at = (int) ((fromNs - trend.firstNs()) / trend.periodNs());
                if (fromNs < trend.firstNs()) {
                    assertThat(open).as(period).isZero();
                    then.values()
                            .forEach(clock -> assertThat(clock.met() + clock.breached())
                                    .as(period)
                                    .isZero());
                    continue;
                }
                assertThat(trend.open().get(at)).as(period).isEqualTo(open);
                for (Map.Entry<String, ClockFigures> clock : then.entrySet()) {
                    TrendView.Decided decided = trend.clocks().get(clock.getKey());
                    assertThat(List.of(decided.met().get(at), decided.breached().get(at)))
                            .as(period + ", " + clock.getKey())
                            .isEqualTo(List.of(
                                    clock.getValue().met(), clock.getValue().breached()));
                }
            }
            int periods = (int) ((engine.nowNs() - trend.firstNs()) / trend.periodNs()) + 1;
            assertThat(trend.open()).as(asked).hasSize(periods);
            assertThat(trend.open().get(periods - 1))
                    .as(asked)
                    .isEqualTo(figures(where, Long.MIN_VALUE, Long.MAX_VALUE)
                            .map(now -> now.tickets().open())
                            .orElse(0L));
        }

        private static long opened(TicketFigures tickets) {
            return tickets.opened() + tickets.reopened() - tickets.resolved() - tickets.abandoned();
        }

        private Optional<StatsView.Group> figures(SortedMap<String, String> where, long fromNs, long untilNs) {
            List<String> by = List.copyOf(where.keySet());
            return engine.views().figures(by, fromNs, untilNs).groups().stream()
                    .filter(group -> by.stream()
                            .allMatch(name ->
                                    String.valueOf(group.key().get(name)).equals(where.get(name))))
                    .findFirst();
        }
    }
}
