package io.tocsin.engine.pipeline;

import static io.tocsin.engine.pipeline.Rig.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A new process over the journals of the one before. */
@Timeout(60)
class RecoveryTest {
    private static final String WARNING = "/first_response/1/warning/50%";
    private static final String BREACH = "/first_response/1/breach";
    private static final String ESCALATION = "/first_response/1/escalation/1";

    @Test
    void shouldComeBackToTheSameStateWithoutGivingAnAlertTwice() {
        try (Rig rig = Rig.started()) {
            rig.applied(rig.offer("T1", "opened"));
            rig.at(1_000);
            rig.applied(rig.offer("T2", "opened"));
            rig.at(1_300);
            rig.awaitAlerts(3);
            long hash = answer(rig.pipeline.stateHash());

            rig.restart();
            long hashAfterwards = answer(rig.pipeline.stateHash());
            rig.at(1_500);
            rig.awaitAlerts(4);

            assertThat(hashAfterwards).isEqualTo(hash);
            assertThat(rig.alerts.ids())
                    .containsExactly("T1" + WARNING, "T1" + BREACH, "T1" + ESCALATION, "T2" + WARNING);
        }
    }

    @Test
    void shouldNotGiveAlertsAgainThatIdleTimeBroughtBeforeTheRestart() {
        try (Rig rig = Rig.started()) {
            rig.applied(rig.offer("T1", "opened"));
            rig.at(1_300);
            rig.awaitAlerts(3);

            rig.restart();
            rig.applied(rig.offer("T2", "opened"));
            rig.at(3_000);
            rig.awaitAlerts(6);

            assertThat(rig.alerts.ids())
                    .containsExactly(
                            "T1" + WARNING,
                            "T1" + BREACH,
                            "T1" + ESCALATION,
                            "T2" + WARNING,
                            "T2" + BREACH,
                            "T2" + ESCALATION);
        }
    }

    @Test
    void shouldGiveAlertsThatWereNotKept() {
        try (Rig rig = Rig.started()) {
            rig.applied(rig.offer("T1", "opened"));
            rig.at(1_000);
            rig.applied(rig.offer("T2", "opened"));
            rig.at(1_300);
            rig.awaitAlerts(3);
            rig.pipeline.close();
            rig.alerts.keepOnly(1);

            rig.restart();
            rig.awaitAlerts(3);

            assertThat(rig.alerts.ids()).containsExactly("T1" + WARNING, "T1" + BREACH, "T1" + ESCALATION);
        }
    }

    @Test
    void shouldFindWhatExpiredWhileNothingRan() {
        try (Rig rig = Rig.started()) {
            rig.applied(rig.offer("T1", "opened"));
            rig.pipeline.close();
            rig.at(5_000);

            rig.restart();
            rig.awaitAlerts(4);

            assertThat(rig.alerts.ids())
                    .containsExactly("T1" + WARNING, "T1" + BREACH, "T1" + ESCALATION, "T1/resolution/1/breach");
            assertThat(rig.pipeline.latency().detectionLag().count()).isZero();
        }
    }

    @Test
    void shouldFireWhatExpiredBeforeTheFirstNewEvent() {
        try (Rig rig = Rig.started()) {
            rig.applied(rig.offer("T1", "opened"));
            rig.pipeline.close();
            rig.at(1_000);
            rig.pipeline = rig.newPipeline();
            rig.pipeline.recover();
            rig.pipeline.start();

            rig.applied(rig.offer("T1", "responded"));
            rig.awaitAlerts(2);

            assertThat(rig.alerts.ids()).containsExactly("T1" + WARNING, "T1" + BREACH);
        }
    }

    @Test
    void shouldGoOnWhereTheLastAlertWasNoticedThoughTheClockWasSetBack() {
        try (Rig rig = Rig.started()) {
            rig.applied(rig.offer("T1", "opened"));
            rig.at(1_000);
            rig.awaitAlerts(2);
            rig.pipeline.close();
            rig.at(500);

            rig.restart();
            rig.applied(rig.offer("T1", "responded"));

            assertThat(rig.events.arrivalNs(2)).isEqualTo(START_NS + 1_000 * SECOND_NS);
            rig.awaitAlerts(3);
            assertThat(rig.alerts.ids()).containsExactly("T1" + WARNING, "T1" + BREACH, "T1" + BREACH + "/revoked");
        }
    }

    @Test
    void shouldApplyWhatIsOfferedFirstBeforeEverythingElseAndBehindExpiredTimers() {
        try (Rig rig = Rig.started()) {
            rig.applied(rig.offer("T1", "opened"));
            rig.pipeline.close();
            rig.at(1_000);
            rig.pipeline = rig.newPipeline();
            assertThat(rig.pipeline.recover().recordCount()).isEqualTo(2);

            long position = rig.offerPolicyFirst(POLICY);
            rig.pipeline.start();
            rig.applied(rig.offer("T2", "opened"));

            assertThat(position).isZero();
            assertThat(rig.events.lines()).containsExactly(POLICY, "T1 opened", POLICY, "T2 opened");
            rig.awaitAlerts(2);
            assertThat(rig.alerts.ids()).containsExactly("T1" + WARNING, "T1" + BREACH);
        }
    }

    @Test
    void shouldComeToTheSameLiveAndReplayedWhateverIdleTimeLayBetween() {
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            try (Rig rig = Rig.started()) {
                long second = 0;
                for (int i = 0; i < 150; i++) {
                    second += random.nextInt(200);
                    rig.at(second);
                    String type = List.of(
                                    "opened", "responded", "resolved", "reopened", "pending", "resumed", "cancelled")
                            .get(random.nextInt(7));
                    long position = rig.offer("T" + random.nextInt(20), random.nextInt(3) == 0 ? "opened" : type);
                    if (random.nextBoolean()) {
                        rig.applied(position);
                    }
                }
                rig.at(second + 10_000);
                rig.applied(rig.offer("LAST", "opened"));
                long hash = answer(rig.pipeline.stateHash());
                rig.pipeline.close();
                List<String> given = rig.alerts.ids();
                rig.alerts.keepOnly(0);

                rig.restart();

                assertThat(answer(rig.pipeline.stateHash())).as("seed %d", seed).isEqualTo(hash);
                rig.awaitAlerts(given.size());
                assertThat(rig.alerts.ids()).as("seed %d", seed).isEqualTo(given);
            }
        }
    }

    /** Somebody who gave the record up would lose it for nothing. */
    @Test
    void shouldNotBlameTheRecordWhenAnAlertCannotBeKept() {
        Rig rig = Rig.started();
        rig.applied(rig.offer("T1", "opened"));
        rig.at(1_000);
        rig.applied(rig.offer("T2", "opened"));
        rig.awaitAlerts(2);
        rig.close();
        rig.alerts.keepOnly(0);
        rig.alerts.failWith(new IllegalStateException("disk full"));

        assertThatThrownBy(() -> rig.newPipeline().recover())
                .isNotInstanceOf(PoisonedRecordException.class)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("disk full");
    }

    @Test
    void shouldNameTheRecordThatCannotBeApplied() {
        Rig rig = Rig.started();
        rig.onPolicy = () -> {};
        rig.applied(rig.offer("T1", "opened"));
        rig.applied(rig.offerPolicy(POLICY));
        rig.close();
        rig.onPolicy = new Runnable() {
            private int policies;

            @Override
            public void run() {
                if (++policies == 2) {
                    throw new IllegalArgumentException("clock greeting is not known");
                }
            }
        };

        assertThatThrownBy(() -> rig.newPipeline().recover())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("journal position 2: cannot apply a policy: clock greeting is not known");
    }
}
