package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.core.NaiveSla.Event;
import io.tocsin.engine.core.Scenario.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** What comes first when things coincide, and that it does not matter how time went by. */
class OrderTest {
    private static final int STREAMS = 60;
    private static final int EVENTS = 250;
    private static final long DAY_NS = 86_400_000_000_000L;

    private final Scenario desk = new Scenario(policies(policy(
            "all",
            Map.of(
                    "resolution",
                    target("30m", "24x7", List.of(), List.of(step("0m", "lead"))),
                    "first_response",
                    target("30m", "24x7", List.of(), List.of(step("0m", "lead")))))));

    @Test
    void shouldFireTimersOfOneInstantByTicketThenByClockABreachBeforeItsEscalations() {
        desk.on("10:00", "T1", "opened").on("10:00", "T2", "opened").now("11:00");

        assertThat(desk.told())
                .extracting(Told::id)
                .containsExactly(
                        "T1/first_response/1/breach",
                        "T1/first_response/1/escalation/1",
                        "T1/resolution/1/breach",
                        "T1/resolution/1/escalation/1",
                        "T2/first_response/1/breach",
                        "T2/first_response/1/escalation/1",
                        "T2/resolution/1/breach",
                        "T2/resolution/1/escalation/1");
    }

    @Test
    void shouldFireTimersOfOneInstantByTicketWhateverTheHistoryOfArming() {
        Scenario waiting = new Scenario(promise("resolution", target("30m")));

        waiting.on("10:00", "T1", "opened").on("10:00", "T2", "opened").on("10:05", "T2", "pending");
        waiting.on("10:10", "T3", "opened").on("10:10", "T1", "pending").on("10:15", "T2", "resumed");
        waiting.on("10:20", "T1", "resumed").now("11:00");

        assertThat(waiting.alerts())
                .containsExactly(
                        "10:40 breach T1/resolution/1/breach",
                        "10:40 breach T2/resolution/1/breach",
                        "10:40 breach T3/resolution/1/breach");
    }

    @Test
    void shouldOrderByFirstSeenNotByTheSlotOfAForgottenTicket() {
        Scenario brief = new Scenario(forgetting("10m", promise("resolution", target("30m"))));
        brief.on("10:00", "T1", "opened")
                .on("10:00", "T2", "opened")
                .on("10:01", "T1", "resolved")
                .now("10:20");

        brief.late("10:20", "10:00", "T3", "opened").now("11:00");

        assertThat(brief.alerts())
                .containsExactly("10:30 breach T2/resolution/1/breach", "10:30 breach T3/resolution/1/breach");
    }

    @Test
    void shouldTakeEventsBeforeTimersAtEqualInstants() {
        desk.on("10:00", "T1", "opened");

        desk.late("10:30", "09:00", "T2", "opened").now("10:31");

        assertThat(desk.told()).extracting(Told::id).startsWith("T2/first_response/1/breach");
        assertThat(desk.told()).extracting(Told::id).endsWith("T1/resolution/1/escalation/1");
    }

    @Test
    void shouldAnnounceTheSameWhetherTimeJumpsOrCreeps() {
        Scenario creeping = new Scenario(promise(
                "first_response",
                target("15m", "24x7", List.of(share(50)), List.of(repeated("0m", "5m", 10, "lead")))));
        Scenario jumping = new Scenario(promise(
                "first_response",
                target("15m", "24x7", List.of(share(50)), List.of(repeated("0m", "5m", 10, "lead")))));
        for (Scenario each : List.of(creeping, jumping)) {
            each.on("10:00", "T1", "opened").on("10:02", "T2", "opened").on("10:02:30", "T3", "opened");
        }

        for (int minute = 3; minute < 60; minute++) {
            creeping.now(String.format("10:%02d", minute));
        }
        creeping.now("12:00");
        jumping.now("12:00");

        assertThat(jumping.alerts()).isEqualTo(creeping.alerts()).hasSize(36);
    }

    @Test
    void shouldComeToTheSameWhateverIdleTimeLiesBetweenTheEvents() {
        for (long seed = 1; seed <= STREAMS; seed++) {
            RandomStream stream = new RandomStream(seed, at("08:00"));
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                events.add(stream.next());
            }
            Play replayed = new Play(stream).play(events, null);
            Play live = new Play(stream).play(events, new Random(seed));

            assertThat(live.alerts).as("alerts, seed %d", seed).isEqualTo(replayed.alerts);
            assertThat(live.engine.views().stateHash())
                    .as("state hash, seed %d", seed)
                    .isEqualTo(replayed.engine.views().stateHash());
            assertThat(live.engine.views().counters())
                    .as("seed %d", seed)
                    .isEqualTo(replayed.engine.views().counters());
        }
    }

    /** One engine that is given a stream, with or without time moving on between the events. */
    private static final class Play {
        private final Engine engine = new Engine(EngineConfig.DEFAULT, Scenario.NO_POLICY_RECORDS, this::onAlert);
        private final List<String> alerts = new ArrayList<>();
        private final Stamped stamped = new Stamped();
        private final RandomStream stream;

        Play(RandomStream stream) {
            this.stream = stream;
        }

        Play play(List<Event> events, Random idle) {
            long nowNs = at("08:00");
            engine.use(stream.policies, nowNs);
            for (Event event : events) {
                for (int left = idle == null ? 0 : idle.nextInt(4); left > 0; left--) {
                    nowNs += (long) (idle.nextDouble() * (event.arrivalNs() - nowNs + 1));
                    engine.advance(nowNs);
                }
                engine.apply(stamped.record(event));
                nowNs = event.arrivalNs();
            }
            engine.advance(nowNs + DAY_NS);
            return this;
        }

        private void onAlert(DirectBuffer buffer, int offset, int length) {
            AlertRecord alert = new AlertRecord().wrap(buffer, offset);
            alerts.add(alert.seq() + " " + alert.id() + " " + AlertRecord.hashWithoutDetected(buffer, offset, length));
        }
    }
}
