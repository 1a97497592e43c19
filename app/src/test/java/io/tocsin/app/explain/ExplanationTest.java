package io.tocsin.app.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.view.ClockView;
import io.tocsin.http.json.Json;
import io.tocsin.http.json.Rfc3339;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationTest {
    /** A Friday, 17:50 in Shanghai. */
    private static final long FRIDAY_NS = Rfc3339.parse("2026-11-20T17:50:00+08:00");

    private static final String OFFICE = """
            version: 1
            timezone: Asia/Shanghai
            calendars: {office: {hours: {mon-fri: ["09:00-12:00", "13:30-18:00"]}}}
            """;

    private static Explanation explain(String text, Map<String, String> attributes, long atNs) {
        return Explanation.of(new PolicyFile().read(text), attributes, atNs);
    }

    private static Forecast only(String text) {
        return explain(text, Map.of(), FRIDAY_NS).forecasts().get(0);
    }

    private static String at(long epochNs) {
        return epochNs == ClockView.NONE ? "never" : Json.instant(epochNs);
    }

    @Test
    void shouldMeasureInTheCalendarWithWarningsAndEscalations() {
        Forecast forecast = only(OFFICE + """
                policies:
                - name: all
                  calendar: office
                  warn: [50%, 5m]
                  escalate: [{after: 0m, to: lead}, {after: 10m, every: 3h, times: 2, to: [cto, ceo]}]
                  targets: {first_response: 30m}
                """);
        assertThat(forecast.startType()).isEqualTo("opened");
        assertThat(at(forecast.view().dueNs())).isEqualTo("2026-11-23T01:20:00Z");
        assertThat(forecast.alerts())
                .extracting(
                        Forecast.Alert::kind,
                        Forecast.Alert::threshold,
                        Forecast.Alert::level,
                        alert -> at(alert.atNs()),
                        Forecast.Alert::to)
                .containsExactly(
                        tuple(AlertKind.WARNING, "50%", 0, "2026-11-23T01:05:00Z", List.of()),
                        tuple(AlertKind.WARNING, "5m", 0, "2026-11-23T01:15:00Z", List.of()),
                        tuple(AlertKind.BREACH, "100%", 0, "2026-11-23T01:20:00Z", List.of()),
                        tuple(AlertKind.ESCALATION, "0m", 1, "2026-11-23T01:20:00Z", List.of("lead")),
                        tuple(AlertKind.ESCALATION, "10m", 2, "2026-11-23T01:30:00Z", List.of("cto", "ceo")),
                        tuple(AlertKind.ESCALATION, "10m", 2, "2026-11-23T06:00:00Z", List.of("cto", "ceo")));
    }

    @Test
    void shouldSayWhereAStartOutsideTheHoursCountsFrom() {
        String text = OFFICE + "policies: [{name: a, calendar: office, targets: {resolution: 1h}}]\n";
        long saturdayNs = Rfc3339.parse("2026-11-21T10:00:00+08:00");
        Forecast closed = explain(text, Map.of(), saturdayNs).forecasts().get(0);
        assertThat(at(closed.countsFromNs())).isEqualTo("2026-11-23T01:00:00Z");
        assertThat(at(closed.view().startedNs())).isEqualTo("2026-11-21T02:00:00Z");
        assertThat(at(closed.view().dueNs())).isEqualTo("2026-11-23T02:00:00Z");
        assertThat(only(text).countsFromNs()).isEqualTo(FRIDAY_NS);
    }

    @Test
    void shouldStartEachBuiltInClockByAnEventOfItsOwn() {
        Explanation explanation = explain(OFFICE + """
                policies:
                - name: all
                  targets: {first_response: 1h, next_response: 2h, periodic_update: 3h, resolution: 4h, acceptance: 5h,
                    handover_resolution: 6h, wrap_up: 7h, follow_up: 1bd}
                """, Map.of("x", "1"), FRIDAY_NS);
        assertThat(explanation.forecasts())
                .extracting(
                        forecast -> forecast.clock().name(),
                        Forecast::startType,
                        forecast -> at(forecast.view().startedNs()),
                        forecast -> at(forecast.view().dueNs()))
                .containsExactly(
                        tuple("first_response", "opened", "2026-11-20T09:50:00Z", "2026-11-20T10:50:00Z"),
                        tuple("next_response", "customer_replied", "2026-11-20T09:50:00Z", "2026-11-20T11:50:00Z"),
                        tuple("periodic_update", "opened", "2026-11-20T09:50:00Z", "2026-11-20T12:50:00Z"),
                        tuple("resolution", "opened", "2026-11-20T09:50:00Z", "2026-11-20T13:50:00Z"),
                        tuple("acceptance", "transferred", "2026-11-20T09:50:00Z", "2026-11-20T14:50:00Z"),
                        tuple("handover_resolution", "transferred", "2026-11-20T09:50:00Z", "2026-11-20T15:50:00Z"),
                        tuple("wrap_up", "resolved", "2026-11-20T09:50:00Z", "2026-11-20T16:50:00Z"),
                        tuple("follow_up", "resolved", "2026-11-20T09:50:00Z", "2026-11-21T16:00:00Z"));
        assertThat(explanation.forecasts())
                .allSatisfy(forecast -> assertThat(forecast.alerts())
                        .singleElement()
                        .satisfies(alert -> assertThat(alert.atNs())
                                .isEqualTo(forecast.view().dueNs())));
    }

    @Test
    void shouldTakeTheStartOfAClockOfTheFileForGranted() {
        Forecast forecast = explain("""
                version: 1
                clocks:
                  mine:
                    start: [cancelled, {type: escalated, when: {by: human}}, opened2]
                    stop: [resolved, escalated]
                    unless_running: [first_response]
                policies: [{name: a, targets: {mine: 1h, first_response: 2h}}]
                """, Map.of(), FRIDAY_NS).forecasts().get(1);
        assertThat(forecast.startType()).isEqualTo("escalated");
        assertThat(at(forecast.view().dueNs())).isEqualTo("2026-11-20T10:50:00Z");
        assertThat(forecast.alerts()).extracting(Forecast.Alert::kind).containsExactly(AlertKind.BREACH);
    }

    @Test
    void shouldPreferTheOpeningAmongSeveralStarts() {
        Forecast forecast = only("""
                version: 1
                clocks: {mine: {start: [transferred, opened], stop: [resolved]}}
                policies: [{name: a, targets: {mine: 1h}}]
                """);
        assertThat(forecast.startType()).isEqualTo("opened");
    }

    @Test
    void shouldAnnounceNothingOfAClockThatOnlyACancellationStarts() {
        Forecast forecast = only("""
                version: 1
                clocks: {mine: {start: [cancelled], stop: [recorded]}}
                policies: [{name: a, targets: {mine: 1h}}]
                """);
        assertThat(forecast.startType()).isEqualTo("cancelled");
        assertThat(forecast.isEverDue()).isTrue();
        assertThat(forecast.alerts()).isEmpty();
    }

    @Test
    void shouldSayThatATargetIsNeverDueWhenTheCalendarOpensNoMore() {
        Forecast forecast = only("""
                version: 1
                calendars: {c: {hours: {sat: ["09:00-10:00"]}}}
                policies: [{name: a, calendar: c, targets: {resolution: 3000d}}]
                """);
        assertThat(forecast.isEverDue()).isFalse();
        assertThat(forecast.alerts()).isEmpty();
    }

    @Test
    void shouldNameTheFirstConditionThatFailsOfEachPolicyBefore() {
        Explanation explanation = explain(OFFICE + """
                policies:
                - {name: a, match: {tier: gold, grade: [A, A+]}, targets: {resolution: 1h}}
                - {name: b, match: {tier: {not: [gold, silver]}}, targets: {resolution: 1h}}
                - {name: c, match: {tier: [gold], agent: "*"}, targets: {resolution: 1h}}
                - {name: d, match: {tier: {not: silver}, agent: {not: x}}, targets: {resolution: 1h}}
                - {name: e, targets: {resolution: 1h}}
                """, Map.of("tier", "gold", "grade", "B"), FRIDAY_NS);
        assertThat(explanation.passedOver())
                .containsExactly(
                        new Mismatch("a", new Condition("grade", Condition.Test.ANY_OF, List.of("A", "A+")), "B"),
                        new Mismatch(
                                "b", new Condition("tier", Condition.Test.NONE_OF, List.of("gold", "silver")), "gold"),
                        new Mismatch("c", new Condition("agent", Condition.Test.PRESENT, List.of()), null));
        assertThat(explanation.policy()).extracting(Policy::name).isEqualTo("d");
    }

    @Test
    void shouldPromiseNothingWhenNoPolicyMatches() {
        Explanation explanation = explain(
                "version: 1\npolicies: [{name: a, match: {x: 1}, targets: {resolution: 1h}}]\n", Map.of(), FRIDAY_NS);
        assertThat(explanation.policy()).isNull();
        assertThat(explanation.passedOver()).hasSize(1);
        assertThat(explanation.forecasts()).isEmpty();
    }

    @Test
    void shouldHintAtTheNearestNameForAttributesThatNothingAsksFor() {
        Explanation explanation = explain("""
                version: 1
                clocks: {first_response: {stop: [{type: responded, when: {by: human}}]}}
                policies: [{name: a, match: {channel: phone}, targets: {first_response: 1h}}]
                """, Map.of("chanel", "phone", "by", "bot"), FRIDAY_NS);
        assertThat(explanation.unknown())
                .containsExactly(new Explanation.Unknown(
                        "chanel",
                        "channel",
                        "unknown attribute \"chanel\", did you mean \"channel\"? known: channel, by"));
    }

    private static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "examples", "policies"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** The whole file in one engine, as the product runs it, for tickets with values that its policies name. */
    @ParameterizedTest
    @MethodSource("examples")
    void shouldSayWhatTheProductDoes(Path example) throws IOException {
        PolicySet policies = new PolicyFile().read(Files.readString(example));
        Random random = new Random(42);
        for (int round = 0; round < 20; round++) {
            Map<String, String> attributes = attributes(policies, random);
            long atNs = FRIDAY_NS + random.nextLong(30L * 24 * 3_600 * 1_000_000_000L);
            List<String> announced = new ArrayList<>();
            Map<String, Long> dues = new HashMap<>();
            String policy = product(policies, attributes, atNs, announced, dues);
            Explanation explanation = Explanation.of(policies, attributes, atNs);
            List<String> explained = new ArrayList<>();
            for (Forecast forecast : explanation.forecasts()) {
                if (forecast.startType().equals("opened")) {
                    String clock = forecast.clock().name();
                    assertThat(dues).containsEntry(clock, forecast.view().dueNs());
                    forecast.alerts()
                            .forEach(
                                    alert -> explained.add(line(clock, alert.kind(), alert.threshold(), alert.atNs())));
                }
            }
            assertThat(explanation.policy())
                    .isNotNull()
                    .extracting(Policy::name)
                    .isEqualTo(policy);
            assertThat(explained).as("%s %s", attributes, at(atNs)).containsExactlyInAnyOrderElementsOf(announced);
        }
    }

    private static Map<String, String> attributes(PolicySet policies, Random random) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Policy policy : policies.policies()) {
            for (Condition condition : policy.match()) {
                if (!condition.values().isEmpty() && random.nextBoolean()) {
                    attributes.put(
                            condition.attribute(),
                            condition
                                    .values()
                                    .get(random.nextInt(condition.values().size())));
                }
            }
        }
        return attributes;
    }

    private static String product(
            PolicySet policies,
            Map<String, String> attributes,
            long atNs,
            List<String> alerts,
            Map<String, Long> dues) {
        AlertRecord alert = new AlertRecord();
        Engine engine = new Engine(EngineConfig.DEFAULT, new PolicyFile(), (buffer, offset, length) -> {
            alert.wrap(buffer, offset);
            alerts.add(line(alert.clock(), alert.kind(), alert.threshold(), alert.atNs()));
        });
        engine.use(policies, 0);
        EventRecordWriter writer = new EventRecordWriter().begin(atNs, "T1", "opened", "");
        attributes.forEach((name, value) -> writer.attribute(ValueKind.STRING, name, value));
        EventRecord record = new EventRecord().wrap(writer.buffer(), 0);
        record.stamp(atNs);
        engine.apply(record);
        engine.views().ticket("T1").orElseThrow().clocks().forEach(clock -> dues.put(clock.clock(), clock.dueNs()));
        String policy = engine.views().ticket("T1").orElseThrow().policy();
        engine.runOut();
        return String.valueOf(policy);
    }

    private static String line(String clock, AlertKind kind, String threshold, long atNs) {
        return clock + " " + kind.text() + " " + threshold + " " + at(atNs);
    }
}
