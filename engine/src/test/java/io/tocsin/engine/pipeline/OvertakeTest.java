package io.tocsin.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.view.CountersView;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events do not wait while more is due than can be told, and nobody can tell afterwards, not even a replay. */
class OvertakeTest {
    private static final int TICKETS = 30;
    /** So many alerts the core gives before it leaves the rest of the ring of outcomes to events. */
    private static final int GIVEN = 52;

    private final Rig rig = Rig.started();
    private CountDownLatch gate = new CountDownLatch(0);

    /** Of 30 tickets the warnings and breaches are due, 60 alerts, and nobody keeps any. */
    @BeforeEach
    void holdUpWhileTooMuchIsDue() {
        for (int i = 0; i < TICKETS; i++) {
            rig.applied(rig.offer("T" + i, "opened"));
        }
        gate = rig.alerts.holdUp();
        rig.at(1_000);
        Rig.await("as many alerts to be given as there is room for", () -> {
            CountersView counted = Rig.answer(rig.pipeline.counters());
            return counted.warnings() + counted.breaches() == GIVEN;
        });
    }

    @AfterEach
    void close() {
        gate.countDown();
        rig.close();
    }

    @Test
    void shouldApplyEventsBeforeEverythingThatIsDueHasFired() {
        rig.applied(rig.offer("NEW", "opened"));
        rig.applied(rig.offer("NEW", "responded"));

        assertThat(rig.alerts.lastSeq()).isZero();
        assertThat(lastLines(3)).containsExactly("slice of " + GIVEN, "NEW opened", "NEW responded");
    }

    @Test
    void shouldFireWhatTheEventsOwnTicketHasDueBeforeIt() {
        rig.applied(rig.offer("T29", "responded"));
        gate.countDown();
        rig.awaitAlerts(2 * TICKETS);

        assertThat(rig.alerts.ids().get(GIVEN)).isEqualTo("T29/first_response/1/breach");
        assertThat(rig.alerts.ids()).hasSize(2 * TICKETS).doesNotHaveDuplicates();
    }

    @Test
    void shouldGiveTheSameAlertsAndStateAgainAfterARestart() {
        rig.applied(rig.offer("T29", "responded"));
        rig.applied(rig.offer("T7", "cancelled"));
        gate.countDown();
        rig.awaitAlerts(2 * TICKETS);
        rig.applied(rig.offer("T3", "resolved"));
        long stateHash = Rig.answer(rig.pipeline.stateHash());
        List<String> ids = List.copyOf(rig.alerts.ids());

        rig.restart();

        assertThat(Rig.answer(rig.pipeline.stateHash())).isEqualTo(stateHash);
        assertThat(rig.alerts.ids()).isEqualTo(ids);
    }

    @Test
    void shouldLetAPolicyWaitForEverything() {
        long policy = rig.offerPolicy(Rig.POLICY);
        long behindIt = rig.offer("NEW", "opened");

        gate.countDown();
        rig.applied(policy);
        rig.applied(behindIt);
        rig.awaitAlerts(2 * TICKETS);

        assertThat(rig.events.lines()).noneMatch(line -> line.startsWith("slice"));
    }

    @Test
    void shouldNotOvertakeWhatBecameDueWhileNothingRan() {
        try (Rig other = Rig.started()) {
            for (int i = 0; i < TICKETS; i++) {
                other.applied(other.offer("T" + i, "opened"));
            }
            other.pipeline.close();
            other.setClock(1_000);
            CountDownLatch held = other.alerts.holdUp();
            other.pipeline = other.newPipeline();
            other.pipeline.recover();
            other.pipeline.start();

            long position = other.offer("T29", "responded");
            Rig.await("the event to be journaled", () -> other.events.size() == TICKETS + 2);
            held.countDown();
            other.applied(position);
            other.awaitAlerts(2 * TICKETS);

            assertThat(other.events.lines()).noneMatch(line -> line.startsWith("slice"));
            assertThat(other.alerts.ids()).last().isEqualTo("T29/first_response/1/breach");
        }
    }

    private List<String> lastLines(int count) {
        List<String> lines = rig.events.lines();
        return lines.subList(lines.size() - count, lines.size());
    }
}
