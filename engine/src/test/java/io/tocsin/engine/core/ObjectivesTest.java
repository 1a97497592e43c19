package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.policy.Objective;
import io.tocsin.engine.policy.Objective.Metric;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.snapshot.SnapshotBytes;
import io.tocsin.engine.view.EngineGauges;
import io.tocsin.engine.view.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** Figures that must come to something: announced when they do not, and when they do again. */
class ObjectivesTest {
    private static final Objective ATTAINMENT = objective("in time", 2);

    private final List<String> alerts = new ArrayList<>();
    private final PolicyTexts policies = new PolicyTexts();
    private final EventRecordWriter writer = new EventRecordWriter();
    private Engine engine = engine();

    private static Objective objective(String name, int minCount) {
        return new Objective(
                name,
                Metric.ATTAINMENT,
                "resolution",
                List.of("team"),
                Window.LAST_5_MINUTES,
                true,
                0.5,
                "50%",
                0.75,
                "75%",
                minCount,
                List.of("lead"));
    }

    private static PolicySet file(Objective... objectives) {
        PolicySet policies = promise("resolution", target("1m"));
        return new PolicySet(
                policies.timezone(),
                policies.forgetAfterNs(),
                policies.calendars(),
                policies.clocks(),
                policies.policies(),
                FigureSettings.DEFAULT,
                List.of(objectives));
    }

    private Engine engine() {
        return new Engine(new EngineConfig(10), policies, this::onAlert);
    }

    private void onAlert(DirectBuffer buffer, int offset, int length) {
        AlertRecord alert = new AlertRecord().wrap(buffer, offset);
        if (alert.kind().text().equals("objective")) {
            alerts.add(time(alert.atNs()) + " " + alert.id() + " " + alert.metric() + " " + alert.window() + " "
                    + alert.valueMillionths() / 10_000 + "% of " + alert.count() + " bound " + alert.threshold()
                    + " to " + alert.nextTo()
                    + (alert.nextAttribute() ? " " + alert.name() + "=" + alert.value() : ""));
        }
    }

    private void use(String time, PolicySet file) {
        engine.apply(policies.record(file, at(time)));
    }

    private void on(long nowNs, String ticket, String type, String team) {
        writer.begin(nowNs, ticket, type, "");
        if (!team.isEmpty()) {
            writer.attribute(ValueKind.STRING, "team", team);
        }
        EventRecord record = new EventRecord().wrap(writer.buffer(), 0);
        record.stamp(nowNs);
        engine.apply(record);
    }

    private void on(String time, String ticket, String type, String team) {
        on(at(time), ticket, type, team);
    }

    @Test
    void shouldAnnounceAtTheNextTickAndClearBeyondTheMargin() {
        use("09:00", file(ATTAINMENT));
        on("10:00", "T1", "opened", "a");
        on("10:00", "T2", "opened", "a");
        on("10:00", "T3", "opened", "b");
        on("10:00:30", "T2", "resolved", "");
        engine.advance(at("10:01:10"));
        assertThat(alerts).isEmpty();

        on("10:01:11", "T4", "opened", "a");
        on("10:01:12", "T5", "opened", "a");
        engine.advance(at("10:02:30"));

        assertThat(alerts)
                .containsExactly("10:02:20 objective/in time/team=a/1/crossed attainment 5m 25% of 4 bound 50% to lead"
                        + " team=a");
        alerts.clear();
        for (int i = 0; i < 9; i++) {
            on("10:03", "N" + i, "opened", "a");
            on("10:03", "N" + i, "resolved", "");
        }
        engine.advance(at("10:06:00"));
        assertThat(alerts)
                .containsExactly("10:03 objective/in time/team=a/1/cleared attainment 5m 76% of 13 bound 75% to lead"
                        + " team=a");
    }

    @Test
    void shouldCountWhatItAnnouncesByTheClockItIsAbout() {
        Objective complaints = new Objective(
                "complaints",
                Metric.COMPLAINT_RATE,
                null,
                List.of(),
                Window.LAST_5_MINUTES,
                false,
                0.1,
                "10%",
                0.1,
                "10%",
                1,
                List.of());
        use("09:00", file(objective("in time", 1), complaints));
        on("10:00", "T1", "opened", "a");
        on("10:00", "T1", "complained", "");
        engine.advance(at("10:02"));

        assertThat(alerts).hasSize(2);
        assertThat(engine.views().counters().objectives()).isEqualTo(2);
        assertThat(engine.views().gauges().alerts())
                .containsExactly(
                        new EngineGauges.AlertCount("resolution", "breach", 1),
                        new EngineGauges.AlertCount("resolution", "objective", 1),
                        new EngineGauges.AlertCount("", "objective", 1));
        engine.countAlertsFromNow();
        assertThat(engine.views().gauges().alerts()).isEmpty();
        assertThat(engine.views().counters().objectives()).isEqualTo(2);
    }

    @Test
    void shouldSayNothingOfFewerCasesThanAreAskedFor() {
        use("09:00", file(objective("many", 3)));
        on("10:00", "T1", "opened", "a");
        on("10:00", "T2", "opened", "a");

        engine.advance(at("12:00"));

        assertThat(alerts).isEmpty();
    }

    @Test
    void shouldClearWhatIsCrossedUnderAnObjectiveThatIsGoneAndNumberOn() {
        use("09:00", file(objective("x/y", 1)));
        on("10:00", "T1", "opened", "a,b");
        engine.advance(at("10:02"));
        use("10:02", file());
        use("10:03", file(objective("x/y", 1)));
        engine.advance(at("10:04"));

        assertThat(alerts)
                .extracting(line -> line.split(" ")[0] + " " + line.split(" ")[1])
                .containsExactly(
                        "10:01:10 objective/x%2Fy/team=a%2Cb/1/crossed",
                        "10:02 objective/x%2Fy/team=a%2Cb/1/cleared", "10:03 objective/x%2Fy/team=a%2Cb/2/crossed");
    }

    /** However time moves on and whenever it is brought back from a snapshot, an engine says the same. */
    @Test
    void shouldAnnounceTheSameOnEveryReplay() {
        for (long seed = 1; seed <= 10; seed++) {
            List<String> steady = run(seed, false);
            List<String> restless = run(seed, true);

            assertThat(steady).as("seed " + seed).hasSizeGreaterThan(5);
            assertThat(restless).as("seed " + seed).isEqualTo(steady);
        }
    }

    private List<String> run(long seed, boolean restless) {
        Random random = new Random(seed);
        Random steps = new Random(~seed);
        alerts.clear();
        engine = engine();
        use("09:00", file(ATTAINMENT, objective("all of it", 1)));
        long nowNs = at("10:00");
        for (int i = 0; i < 1_500; i++) {
            long nextNs = nowNs + random.nextLong(random.nextInt(200) == 0 ? ns("3h") : ns("8s"));
            while (restless && steps.nextInt(3) > 0) {
                nowNs += steps.nextLong(Math.max(1, nextNs - nowNs));
                engine.advance(nowNs);
            }
            nowNs = nextNs;
            String[] types = {"opened", "opened", "resolved", "reopened", "cancelled", "updated"};
            long lateNs = random.nextInt(5) == 0 ? random.nextLong(ns("10m")) : 0;
            writer.begin(nowNs - lateNs, "T" + random.nextInt(60), types[random.nextInt(types.length)], "");
            if (random.nextInt(3) == 0) {
                writer.attribute(ValueKind.STRING, "team", "t" + random.nextInt(3));
            }
            EventRecord record = new EventRecord().wrap(writer.buffer(), 0);
            record.stamp(nowNs);
            engine.apply(record);
            if (restless && steps.nextInt(150) == 0) {
                restart();
            }
        }
        engine.runOut();
        alerts.add("hash " + engine.views().stateHash());
        return List.copyOf(alerts);
    }

    private void restart() {
        Engine before = engine;
        byte[] snapshot = SnapshotBytes.writtenBy(sink -> before.writeSnapshot(sink, 1));
        engine = engine();
        engine.readSnapshot(SnapshotBytes.source(snapshot));
        assertThat(SnapshotBytes.writtenBy(sink -> engine.writeSnapshot(sink, 1)))
                .isEqualTo(snapshot);
    }
}
