package io.tocsin.engine.pipeline;

import static io.tocsin.engine.pipeline.Rig.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.view.ClockView;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What acknowledging waits for, and what never waits. */
@Timeout(60)
class SyncTest {
    private static Rig started(SyncLevel level) {
        Rig rig = new Rig();
        rig.sync = level;
        rig.restart();
        rig.applied(rig.offerPolicy(POLICY));
        return rig;
    }

    private static boolean isAcknowledged(Rig rig, long position) {
        try {
            return rig.pipeline.awaitApplied(position, -1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldAcknowledgeOnlyWhatIsOnTheDeviceWhenItAlwaysForces() {
        try (Rig rig = started(SyncLevel.ALWAYS)) {
            CountDownLatch device = rig.events.holdUpForcing();
            long position = rig.offer("T1", "opened");
            await(
                    "the event to be applied",
                    () -> answer(rig.pipeline.ticket("T1")).isPresent());

            assertThat(isAcknowledged(rig, position)).isFalse();
            device.countDown();

            rig.applied(position);
            assertThat(rig.events.forcedEnd()).isEqualTo(2);
        }
    }

    @Test
    void shouldTellHowMuchIsNotOnTheDeviceAndForHowLong() {
        try (Rig rig = started(SyncLevel.ALWAYS)) {
            await("all to be forced", () -> rig.pipeline.pipelineGauges().unforcedRecords() == 0);
            assertThat(rig.pipeline.pipelineGauges().unforcedNs()).isZero();
            CountDownLatch device = rig.events.holdUpForcing();
            rig.offer("T1", "opened");
            rig.offer("T2", "opened");
            await("both to be journaled", () -> rig.pipeline.pipelineGauges().unforcedRecords() == 2);
            long waitedNs = rig.pipeline.pipelineGauges().unforcedNs();

            await("time to pass", () -> rig.pipeline.pipelineGauges().unforcedNs() > waitedNs);
            device.countDown();

            await("both to be forced", () -> rig.pipeline.pipelineGauges().unforcedRecords() == 0);
            assertThat(rig.pipeline.pipelineGauges().journalPosition()).isEqualTo(3);
        }
        try (Rig rig = started(SyncLevel.OS)) {
            assertThat(rig.pipeline.pipelineGauges().unforcedRecords()).isEqualTo(ClockView.NONE);
            assertThat(rig.pipeline.pipelineGauges().unforcedNs()).isEqualTo(ClockView.NONE);
        }
    }

    @Test
    void shouldGoOnApplyingAndDetectingWhileTheDeviceIsSlow() {
        try (Rig rig = started(SyncLevel.ALWAYS)) {
            rig.applied(rig.offer("T1", "opened"));
            CountDownLatch device = rig.events.holdUpForcing();
            rig.offer("T2", "opened");
            await(
                    "the event to be applied",
                    () -> answer(rig.pipeline.ticket("T2")).isPresent());

            rig.at(1_000);
            await("detection", () -> rig.pipeline.latency().detectionLag().count() > 0);

            assertThat(answer(rig.pipeline.counters()).breaches()).isEqualTo(2);
            device.countDown();
            rig.awaitAlerts(4);
        }
    }

    /** Otherwise a power cut could leave an alert of an event that is lost. */
    @Test
    void shouldKeepNoAlertBeforeItsEventIsOnTheDeviceWhenItAlwaysForces() {
        try (Rig rig = started(SyncLevel.ALWAYS)) {
            rig.applied(rig.offer("T1", "opened"));
            rig.at(1_000);
            rig.awaitAlerts(2);
            CountDownLatch device = rig.events.holdUpForcing();
            rig.offer("T1", "cancelled");
            await("the revocation", () -> answer(rig.pipeline.counters()).revoked() == 1);

            assertThat(rig.alerts.lastSeq()).isEqualTo(2);
            device.countDown();

            rig.awaitAlerts(3);
        }
    }

    @Test
    void shouldNotWaitForTheDeviceOtherwise() {
        for (SyncLevel level : new SyncLevel[] {SyncLevel.OS, SyncLevel.INTERVAL}) {
            try (Rig rig = started(level)) {
                CountDownLatch device = rig.events.holdUpForcing();
                rig.applied(rig.offer("T1", "opened"));
                rig.at(1_000);
                rig.awaitAlerts(2);
                device.countDown();
            }
        }
    }

    @Test
    void shouldForceNowAndThenInIntervalsAndNeverByItselfOtherwise() {
        try (Rig rig = started(SyncLevel.INTERVAL)) {
            rig.applied(rig.offer("T1", "opened"));
            await("the forcing", () -> rig.events.forcedEnd() == 2);
        }
        Rig rig = started(SyncLevel.OS);
        rig.applied(rig.offer("T1", "opened"));
        assertThat(rig.events.forcedEnd()).isZero();
        rig.close();
        assertThat(rig.events.forcedEnd()).isEqualTo(2);
    }

    /** What a process that died had journaled counts as safe for the next one, so it must be. */
    @Test
    void shouldForceWhatItRecoversBeforeAnythingComesOfIt() {
        for (SyncLevel level : new SyncLevel[] {SyncLevel.INTERVAL, SyncLevel.ALWAYS}) {
            Rig rig = new Rig();
            rig.sync = level;
            rig.journalWithoutForcing(POLICY);

            rig.restart();

            assertThat(rig.events.forcedEnd()).isEqualTo(1);
            rig.close();
        }
    }

    @Test
    void shouldStopWhenTheDeviceFails() {
        Rig rig = started(SyncLevel.ALWAYS);
        rig.events.failForcingWith(new IllegalStateException("device gone"));
        rig.offer("T1", "opened");

        await("the failure", () -> !rig.failures.isEmpty());

        assertThat(rig.failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessage("device gone"));
        assertThat(rig.pipeline.isAccepting()).isFalse();
        rig.pipeline.close();
    }
}
