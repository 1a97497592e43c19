package io.tocsin.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.app.CommandRun;
import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.app.replay.PlainModel.Counts;
import io.tocsin.app.replay.PlainModel.Line;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.ServiceFigures;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.Window;
import io.tocsin.http.json.EventReader;
import io.tocsin.http.json.NdjsonSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every figure of real streams, of windows and groups, against a recount by a plain model. */
class FiguresOfRealStreamsTest {
    private static final Path DATA = Path.of("..", "..", "shared", "data");
    private static final long SECOND_NS = 1_000_000_000L;
    private static final String POLICY = """
            version: 1
            timezone: %s
            forget_after: %s
            figures:
              customer: %s
              repeat_within: 1m
              service_level: {formula: offered_without_short_abandons, within: 20s, short_abandon: 5s}
              waiting_threshold: 30s
            policies:
            - {name: all, targets: {first_response: %ds}}
            """;

    @TempDir
    Path folder;

    @Test
    void shouldCountAMonthOfCallsAsAScriptDoes() throws IOException {
        new Run("bank-calls-1999-02.ndjson.gz", "Asia/Jerusalem", "2h", "line", 30)
                .compareAt(
                        List.of(List.of(), List.of("category"), List.of("tier", "category")),
                        "1999-02-08T08:30:00Z",
                        "1999-02-14T15:59:59.5Z",
                        "1999-02-14T22:00:00Z",
                        "1999-03-01T00:00:00Z");
    }

    @Test
    void shouldCountAYearOfIncidentsAsAScriptDoes() throws IOException {
        new Run("incidents.ndjson.gz", "UTC", "600d", "no-such-attribute", 4 * 3_600)
                .compareAt(
                        List.of(List.of(), List.of("priority"), List.of("team")),
                        "2016-03-10T11:00:00Z",
                        "2016-06-01T09:20:30Z",
                        "2017-02-18T15:00:00Z");
    }

    /** The file of figures that a replay writes has the same. */
    @Test
    void shouldWriteTheSameFigures() throws IOException {
        Run run = new Run("bank-calls-1999-02.ndjson.gz", "Asia/Jerusalem", "2h", "line", 30);
        Path policy = Files.writeString(folder.resolve("policy.yaml"), run.policy);
        Path stats = folder.resolve("stats.json");

        CommandRun replay = CommandRun.of(
                "replay", DATA.resolve(run.file), "--policy", policy, "--stats", stats, "--by", "category");

        assertThat(replay.exitCode()).as(replay.err()).isZero();
        run.readAll();
        Map<List<String>, Counts> counts = run.model.count(List.of("category"), Long.MIN_VALUE, run.lastAt, "line", 60);
        JsonNode groups = new ObjectMapper().readTree(stats.toFile()).get("groups");
        assertThat(groups).hasSize(counts.size());
        for (JsonNode group : groups) {
            Counts expected =
                    counts.get(List.of(group.get("key").get("category").asText()));
            JsonNode clock = group.get("clocks").get("first_response");
            assertThat(group.get("tickets").get("opened").asLong()).isEqualTo(expected.opened);
            assertThat(group.get("tickets").get("abandoned").asLong()).isEqualTo(expected.abandoned);
            assertThat(clock.get("met").asLong()).isEqualTo(expected.met);
            assertThat(clock.get("breached").asLong()).isEqualTo(expected.breached);
            assertThat(group.get("service")
                            .get("service_level")
                            .get("answered_in_time")
                            .asLong())
                    .isEqualTo(expected.answeredIn20);
        }
    }

    /** The engine and the model, told the same. */
    private static final class Run {
        private final String file;
        private final String policy;
        private final String customer;
        private final ZoneId zone;
        private final PlainModel model;
        private final Engine engine;
        private final List<Line> lines;
        private int next;
        private long lastAt;

        Run(String file, String zone, String forgetAfter, String customer, int targetSeconds) throws IOException {
            assumeTrue(Files.isDirectory(DATA), () -> DATA + " is not there, so no real stream is counted");
            this.file = file;
            this.zone = ZoneId.of(zone);
            this.customer = customer;
            policy = POLICY.formatted(zone, forgetAfter, customer, targetSeconds);
            model = new PlainModel(this.zone, targetSeconds);
            lines = PlainModel.lines(DATA.resolve(file));
            PolicyFile policyFile = new PolicyFile();
            engine = new Engine(EngineConfig.DEFAULT, policyFile, (buffer, offset, length) -> {});
            engine.use(policyFile.read(policy), 0);
        }

        void readAll() {
            for (; next < lines.size(); next++) {
                model.read(lines.get(next));
                lastAt = Math.max(lastAt, lines.get(next).at());
            }
        }

        void compareAt(List<List<String>> groupings, String... instants) throws IOException {
            for (String instant : instants) {
                Instant at = Instant.parse(instant);
                long nowNs = at.getEpochSecond() * SECOND_NS + at.getNano();
                readUntil(nowNs);
                engine.advance(nowNs);
                for (List<String> by : groupings) {
                    for (Window window : Window.values()) {
                        compare(by, window, at, engine.views().stats(by, window));
                    }
                    long fromNs = from(Window.LAST_HOUR, at) * SECOND_NS;
                    compare(by, Window.LAST_HOUR, at, engine.views().figures(by, fromNs, Long.MAX_VALUE));
                }
            }
        }

        private void readUntil(long nowNs) throws IOException {
            StringBuilder text = new StringBuilder();
            for (; next < lines.size() && lines.get(next).at() * SECOND_NS <= nowNs; next++) {
                model.read(lines.get(next));
                text.append(lines.get(next).text()).append('\n');
            }
            ByteArrayInputStream in = new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
            NdjsonSource events = new NdjsonSource(
                    in, new EventReader(EventReader.Dialect.PLAIN, 0), NdjsonSource.DEFAULT_MAX_LINE_LENGTH);
            EventRecord record = new EventRecord();
            while (events.next(EventReader.ANY_TIME)) {
                record.wrap(events.record().buffer(), 0);
                record.stamp(Math.max(engine.nowNs(), record.atNs()));
                engine.apply(record);
            }
        }

        private long from(Window window, Instant at) {
            return switch (window) {
                case ALL -> Long.MIN_VALUE;
                case TODAY -> at.atZone(zone).toLocalDate().atStartOfDay(zone).toEpochSecond();
                case LAST_5_MINUTES, LAST_15_MINUTES, LAST_HOUR -> at.getEpochSecond() - window.seconds();
            };
        }

        private void compare(List<String> by, Window window, Instant at, StatsView stats) {
            String what = file + " at " + at + ", " + window + " by " + by;
            Map<List<String>, Counts> expected = model.count(by, from(window, at), at.getEpochSecond(), customer, 60);
            Map<List<String>, StatsView.Group> actual = new LinkedHashMap<>();
            for (StatsView.Group group : stats.groups()) {
                actual.put(texts(group.key()), group);
            }
            assertThat(actual.keySet()).as(what).isEqualTo(expected.keySet());
            expected.forEach((key, counts) -> compare(counts, actual.get(key), what + " " + key, at));
        }

        private static List<String> texts(Map<String, @Nullable Object> key) {
            List<String> texts = new ArrayList<>();
            key.values().forEach(value -> texts.add(value == null ? "" : value.toString()));
            return texts;
        }

        private static void compare(Counts counts, StatsView.Group group, String what, Instant at) {
            var tickets = group.tickets();
            assertThat(List.of(
                            tickets.opened(),
                            tickets.resolved(),
                            tickets.reopened(),
                            tickets.abandoned(),
                            tickets.transferred(),
                            tickets.open()))
                    .as(what)
                    .isEqualTo(List.of(
                            counts.opened,
                            counts.resolved,
                            counts.reopened,
                            counts.abandoned,
                            counts.transferred,
                            counts.open));
            long longest =
                    counts.longestWaiting < 0 ? ClockView.NONE : counts.longestWaiting * SECOND_NS + at.getNano();
            assertThat(tickets.longestWaitingNs()).as(what).isEqualTo(longest);
            compareClock(counts, group.clocks().get("first_response"), what);
            compareService(counts, group.service(), what);
        }

        private static void compareClock(Counts counts, ClockFigures clock, String what) {
            assertThat(List.of(clock.met(), clock.breached(), clock.cancelled(), clock.running()))
                    .as(what)
                    .isEqualTo(List.of(counts.met, counts.breached, counts.cancelled, counts.running));
            if (counts.waits.isEmpty()) {
                assertThat(clock.averageNs()).as(what).isEqualTo(ClockView.NONE);
                return;
            }
            double average =
                    counts.waits.stream().mapToLong(each -> each).average().orElseThrow();
            assertThat((double) clock.averageNs()).as(what).isCloseTo(average * SECOND_NS, within(2.0));
            compareTime(clock.p50Ns(), PlainModel.quantile(counts.waits, 50), what);
            compareTime(clock.p90Ns(), PlainModel.quantile(counts.waits, 90), what);
            compareTime(clock.p95Ns(), PlainModel.quantile(counts.waits, 95), what);
            compareTime(clock.p99Ns(), PlainModel.quantile(counts.waits, 99), what);
            compareTime(clock.maxNs(), PlainModel.quantile(counts.waits, 100), what);
        }

        private static void compareTime(long actualNs, long seconds, String what) {
            assertThat(actualNs).as(what).isCloseTo(seconds * SECOND_NS, within(seconds * SECOND_NS / 500 + 1_000_000));
        }

        private static void compareService(Counts counts, ServiceFigures service, String what) {
            long judged = counts.met + counts.breached + counts.cancelled;
            assertThat(service.onTimeResponseRate()).as(what).isEqualTo(share(counts.met, judged));
            assertThat(service.repeatContactRate()).as(what).isEqualTo(share(counts.cameAgain, counts.solved));
            var level = service.serviceLevel();
            assertThat(level.value())
                    .as(what)
                    .isEqualTo(share(counts.answeredIn20, counts.offered - counts.givenUpIn5));
            assertThat(List.of(level.offered(), level.answered())).as(what).isEqualTo(List.of(counts.offered, (long)
                    counts.waits.size()));
            List<ServiceFigures.HourShare> hours = new ArrayList<>();
            for (int hour = 0; hour < 24; hour++) {
                if (counts.waitsByHour[hour] > 0) {
                    hours.add(new ServiceFigures.HourShare(hour, counts.waitsByHour[hour], counts.longByHour[hour]));
                }
            }
            assertThat(service.waitingByHour()).as(what).isEqualTo(hours);
        }

        private static @Nullable Double share(long part, long whole) {
            return whole == 0 ? null : (double) part / whole;
        }
    }
}
