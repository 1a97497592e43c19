package io.tocsin.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.app.CommandRun;
import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.app.replay.PlainModel.Line;
import io.tocsin.app.replay.PlainModel.Settings;
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
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every figure of real streams, of windows and groups, against a recount by a plain model. What the streams do not have, such
 * as ratings, is made up: {@link AddedEvents}. All five formulas of the service level are counted, each by an engine of its own.
 */
class FiguresOfRealStreamsTest {
    private static final Path DATA = Path.of("..", "..", "shared", "data");
    private static final long SECOND_NS = 1_000_000_000L;
    private static final double ROUNDING = 1e-9;
    private static final List<String> FORMULAS = List.of(
            "answered",
            "offered",
            "offered_without_short_abandons",
            "abandoned_in_time_good",
            "abandoned_in_time_left_out");
    private static final String POLICY = """
            version: 1
            timezone: %s
            forget_after: %s
            figures:
              customer: %s
              repeat_within: %ds
              service_level: {formula: %s, within: %ds, short_abandon: %ds}
              waiting_threshold: %ds
            policies:
            - {name: all, targets: {first_response: %ds, resolution: %ds}}
            """;
    private static final Stream CALLS = new Stream(
            "bank-calls-1999-02.ndjson.gz",
            "category",
            "2h",
            new Settings(ZoneId.of("Asia/Jerusalem"), "line", 30, 240, 60, 20, 5, 30));

    private static final Stream INCIDENTS = new Stream(
            "incidents.ndjson.gz",
            "team",
            "600d",
            new Settings(ZoneId.of("UTC"), "no-such-attribute", 4 * 3_600, 5 * 86_400, 90, 1_800, 120, 3_600));

    @TempDir
    Path folder;

    @Test
    void shouldCountAMonthOfCallsAsAScriptDoes() throws IOException {
        new Run(CALLS)
                .compareAt(
                        List.of(List.of(), List.of("category"), List.of("tier", "category")),
                        "1999-02-08T08:30:00Z",
                        "1999-02-08T08:31:17.25Z",
                        "1999-02-08T08:35:30Z",
                        "1999-02-14T15:59:59.5Z",
                        "1999-02-14T22:00:00Z",
                        "1999-03-01T00:00:00Z");
    }

    @Test
    void shouldCountAYearOfIncidentsAsAScriptDoes() throws IOException {
        new Run(INCIDENTS)
                .compareAt(
                        List.of(List.of(), List.of("priority"), List.of("team")),
                        "2016-03-10T11:00:00Z",
                        "2016-03-10T11:04:00Z",
                        "2016-06-01T09:20:30Z",
                        "2017-02-18T15:00:00Z");
    }

    /** The file of figures that a replay writes has the same. */
    @Test
    void shouldWriteTheSameFigures() throws IOException {
        Run run = new Run(CALLS);
        Path policy = Files.writeString(folder.resolve("policy.yaml"), CALLS.policy("abandoned_in_time_good"));
        Path events = Files.write(
                folder.resolve("events.ndjson"),
                run.lines.stream().map(Line::text).toList());
        Path stats = folder.resolve("stats.json");

        CommandRun replay = CommandRun.of("replay", events, "--policy", policy, "--stats", stats, "--by", "category");

        assertThat(replay.exitCode()).as(replay.err()).isZero();
        long lastAt = run.lines.get(run.lines.size() - 1).at();
        run.lines.forEach(run.model::read);
        Map<List<String>, PlainCounts> counts = run.model.count(List.of("category"), Long.MIN_VALUE, lastAt);
        JsonNode groups = new ObjectMapper().readTree(stats.toFile()).get("groups");
        assertThat(groups).hasSize(counts.size());
        for (JsonNode group : groups) {
            PlainCounts expected =
                    counts.get(List.of(group.get("key").get("category").asText()));
            assertThat(group.get("tickets").get("opened").asLong()).isEqualTo(expected.opened);
            assertThat(group.get("tickets").get("abandoned").asLong()).isEqualTo(expected.abandoned);
            assertThat(group.get("tickets").get("complained").asLong()).isEqualTo(expected.complained);
            compareClock(group.get("clocks").get("first_response"), expected.response);
            compareClock(group.get("clocks").get("resolution"), expected.resolution);
            JsonNode service = group.get("service");
            assertThat(service.get("service_level").get("value").asDouble())
                    .isEqualTo(Objects.requireNonNull(expected.serviceLevels()
                            .get("abandoned_in_time_good")
                            .value()));
            assertThat(service.get("csat").asDouble()).isEqualTo(Objects.requireNonNull(expected.satisfied()));
            assertThat(service.get("nps").asDouble())
                    .isCloseTo(Objects.requireNonNull(expected.npsScore()), within(ROUNDING));
        }
    }

    private static void compareClock(JsonNode actual, PlainCounts.OfClock expected) {
        assertThat(actual.get("met").asLong()).isEqualTo(expected.met);
        assertThat(actual.get("breached").asLong()).isEqualTo(expected.breached);
        assertThat(actual.get("paused").asLong()).isEqualTo(expected.paused);
    }

    /**
     * A file and how it is counted.
     *
     * @param group the attribute that made-up hand-overs change
     */
    private record Stream(String file, String group, String forgetAfter, Settings settings) {
        String policy(String formula) {
            return POLICY.formatted(
                    settings.zone(),
                    forgetAfter,
                    settings.customer(),
                    settings.repeatWithin(),
                    formula,
                    settings.answerWithin(),
                    settings.shortAbandon(),
                    settings.longWait(),
                    settings.responseTarget(),
                    settings.resolutionTarget());
        }
    }

    /** The engines and the model, told the same. */
    private static final class Run {
        private final Stream stream;
        private final PlainModel model;
        private final Map<String, Engine> engines = new LinkedHashMap<>();
        private final List<Line> lines;
        private int next;

        Run(Stream stream) throws IOException {
            assumeTrue(Files.isDirectory(DATA), () -> DATA + " is not there, so no real stream is counted");
            this.stream = stream;
            model = new PlainModel(stream.settings);
            lines = AddedEvents.to(PlainModel.lines(DATA.resolve(stream.file)), stream.group);
            for (String formula : FORMULAS) {
                PolicyFile policyFile = new PolicyFile();
                Engine engine = new Engine(EngineConfig.DEFAULT, policyFile, (buffer, offset, length) -> {});
                engine.use(policyFile.read(stream.policy(formula)), 0);
                engines.put(formula, engine);
            }
        }

        void compareAt(List<List<String>> groupings, String... instants) throws IOException {
            for (String instant : instants) {
                Instant at = Instant.parse(instant);
                long nowNs = at.getEpochSecond() * SECOND_NS + at.getNano();
                readUntil(nowNs);
                engines.values().forEach(engine -> engine.advance(nowNs));
                for (List<String> by : groupings) {
                    for (Window window : Window.values()) {
                        compare(by, window, at, engine -> engine.views().stats(by, window));
                    }
                    long fromNs = from(Window.LAST_HOUR, at) * SECOND_NS;
                    compare(by, Window.LAST_HOUR, at, engine -> engine.views().figures(by, fromNs, Long.MAX_VALUE));
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
                for (Engine engine : engines.values()) {
                    record.stamp(Math.max(engine.nowNs(), record.atNs()));
                    engine.apply(record);
                }
            }
        }

        private long from(Window window, Instant at) {
            ZoneId zone = stream.settings.zone();
            return switch (window) {
                case ALL -> Long.MIN_VALUE;
                case TODAY -> at.atZone(zone).toLocalDate().atStartOfDay(zone).toEpochSecond();
                case LAST_5_MINUTES, LAST_15_MINUTES, LAST_HOUR -> at.getEpochSecond() - window.seconds();
            };
        }

        private void compare(List<String> by, Window window, Instant at, Function<Engine, StatsView> question) {
            Map<List<String>, PlainCounts> expected = model.count(by, from(window, at), at.getEpochSecond());
            engines.forEach((formula, engine) -> {
                String what = stream.file + " at " + at + ", " + window + " by " + by + ", " + formula;
                Map<List<String>, StatsView.Group> actual = new LinkedHashMap<>();
                for (StatsView.Group group : question.apply(engine).groups()) {
                    actual.put(texts(group.key()), group);
                }
                assertThat(actual.keySet()).as(what).isEqualTo(expected.keySet());
                expected.forEach(
                        (key, counts) -> compare(counts, actual.get(key), formula, what + " " + key, at.getNano()));
            });
        }

        private static List<String> texts(Map<String, @Nullable Object> key) {
            List<String> texts = new ArrayList<>();
            key.values().forEach(value -> texts.add(value == null ? "" : value.toString()));
            return texts;
        }

        private static void compare(
                PlainCounts counts, StatsView.Group group, String formula, String what, long beyondSecondNs) {
            var tickets = group.tickets();
            assertThat(List.of(
                            tickets.opened(),
                            tickets.resolved(),
                            tickets.reopened(),
                            tickets.abandoned(),
                            tickets.transferred(),
                            tickets.complained(),
                            tickets.open()))
                    .as(what)
                    .isEqualTo(List.of(
                            counts.opened,
                            counts.resolved,
                            counts.reopened,
                            counts.abandoned,
                            counts.transferred,
                            counts.complained,
                            counts.open));
            long longest =
                    counts.longestWaiting < 0 ? ClockView.NONE : counts.longestWaiting * SECOND_NS + beyondSecondNs;
            assertThat(tickets.longestWaitingNs()).as(what).isEqualTo(longest);
            compareClock(counts.response, group.clocks().get("first_response"), what + " first_response");
            compareClock(counts.resolution, group.clocks().get("resolution"), what + " resolution");
            compareService(counts, group.service(), what);
            compareLevel(counts, group.service(), formula, what);
        }

        private static void compareClock(PlainCounts.OfClock counts, ClockFigures clock, String what) {
            assertThat(List.of(
                            clock.met(),
                            clock.breached(),
                            clock.cancelled(),
                            clock.running(),
                            clock.paused(),
                            clock.stopped()))
                    .as(what)
                    .isEqualTo(
                            List.of(counts.met, counts.breached, counts.cancelled, counts.running, counts.paused, (long)
                                    counts.times.size()));
            assertThat(clock.attainment())
                    .as(what)
                    .isEqualTo(new PlainCounts.Share(counts.met, counts.met + counts.breached).value());
            if (counts.times.isEmpty()) {
                assertThat(clock.averageNs()).as(what).isEqualTo(ClockView.NONE);
                return;
            }
            double average =
                    counts.times.stream().mapToLong(each -> each).average().orElseThrow();
            assertThat((double) clock.averageNs()).as(what).isCloseTo(average * SECOND_NS, within(2.0));
            compareTime(clock.p50Ns(), counts.quantile(50), what);
            compareTime(clock.p90Ns(), counts.quantile(90), what);
            compareTime(clock.p95Ns(), counts.quantile(95), what);
            compareTime(clock.p99Ns(), counts.quantile(99), what);
            compareTime(clock.maxNs(), counts.quantile(100), what);
        }

        private static void compareTime(long actualNs, long seconds, String what) {
            assertThat(actualNs).as(what).isCloseTo(seconds * SECOND_NS, within(seconds * SECOND_NS / 500 + 1_000_000));
        }

        private static void compareService(PlainCounts counts, ServiceFigures service, String what) {
            PlainCounts.OfClock response = counts.response;
            long decided = response.met + response.breached + response.cancelled;
            assertThat(service.onTimeResponseRate()).as(what).isEqualTo(share(response.met, decided));
            assertThat(service.firstContactResolution()).as(what).isEqualTo(share(counts.solvedAtOnce, counts.solved));
            assertThat(service.repeatContactRate()).as(what).isEqualTo(share(counts.cameAgain, counts.solved));
            assertThat(service.complaintRate()).as(what).isEqualTo(share(counts.complained, counts.opened));
            assertThat(service.contactsPerResolved()).as(what).isEqualTo(share(counts.contacts, counts.standing));
            assertThat(service.csat()).as(what).isEqualTo(counts.satisfied());
            assertClose(service.csatAverage(), average(counts.csat), what);
            assertClose(service.nps(), counts.npsScore(), what);
            assertThat(List.of(service.csatRatings(), service.npsRatings()))
                    .as(what)
                    .isEqualTo(List.of((long) counts.csat.size(), (long) counts.nps.size()));
            var made = service.counts();
            assertThat(List.of(
                            made.firstResolved(), made.handedOver(), made.solvedComplaints(), made.complaintContacts()))
                    .as(what)
                    .isEqualTo(List.of(
                            counts.solved, counts.handedOver, counts.standingComplaints, counts.complaintContacts));
            List<ServiceFigures.HourShare> hours = new ArrayList<>();
            for (int hour = 0; hour < 24; hour++) {
                if (counts.waitsByHour[hour] > 0) {
                    hours.add(new ServiceFigures.HourShare(hour, counts.waitsByHour[hour], counts.longByHour[hour]));
                }
            }
            assertThat(service.waitingByHour()).as(what).isEqualTo(hours);
        }

        private static void compareLevel(PlainCounts counts, ServiceFigures service, String formula, String what) {
            var level = service.serviceLevel();
            PlainCounts.Share expected =
                    Objects.requireNonNull(counts.serviceLevels().get(formula));
            long answered = counts.response.times.size();
            assertThat(level.formula()).as(what).isEqualTo(formula);
            assertThat(level.value()).as(what).isEqualTo(expected.value());
            assertThat(List.of(
                            level.offered(),
                            level.answered(),
                            level.answeredInTime(),
                            level.abandoned(),
                            service.counts().levelBase()))
                    .as(what)
                    .isEqualTo(List.of(
                            answered + counts.givenUp,
                            answered,
                            counts.answeredInTime,
                            counts.givenUp,
                            expected.whole()));
        }

        private static void assertClose(@Nullable Double actual, @Nullable Double expected, String what) {
            if (actual == null || expected == null) {
                assertThat(actual).as(what).isEqualTo(expected);
            } else {
                assertThat(actual).as(what).isCloseTo(expected, within(ROUNDING));
            }
        }

        private static @Nullable Double average(List<Double> values) {
            return values.isEmpty()
                    ? null
                    : values.stream().mapToDouble(each -> each).sum() / values.size();
        }

        private static @Nullable Double share(long part, long whole) {
            return new PlainCounts.Share(part, whole).value();
        }
    }
}
