package io.tocsin.engine.pipeline;

import static io.tocsin.engine.pipeline.Rig.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.engine.core.EngineConfig;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A new process that finds snapshots beside the journals. */
@Timeout(60)
class SnapshotRecoveryTest {
    private static OptionalLong follow(Rig rig) {
        return Follower.run(EngineConfig.DEFAULT, rig::read, rig.events, rig.snapshots);
    }

    private static void work(Rig rig, int fromTicket, int toTicket) {
        for (int ticket = fromTicket; ticket < toTicket; ticket++) {
            rig.at(ticket * 100L);
            rig.applied(rig.offer("T" + ticket, "opened", "team=" + ticket % 3));
            if (ticket % 4 == 0) {
                rig.applied(rig.offer("T" + ticket, "responded"));
            }
        }
    }

    private static RecoveryReport restart(Rig rig) {
        rig.pipeline.close();
        rig.pipeline = rig.newPipeline();
        RecoveryReport report = rig.pipeline.recover();
        rig.pipeline.start();
        return report;
    }

    private static long hashOfAFullReplay(Rig rig) {
        return RecoveredEngine.of(EngineConfig.DEFAULT, rig::read, rig.events, new MemorySnapshotStore())
                .engine()
                .views()
                .stateHash();
    }

    @Test
    void shouldGoOnFromTheNewestSnapshotAndTheRecordsBehindIt() {
        try (Rig rig = Rig.started()) {
            work(rig, 0, 20);
            OptionalLong first = follow(rig);
            work(rig, 20, 30);
            OptionalLong second = follow(rig);
            work(rig, 30, 35);
            long hash = answer(rig.pipeline.stateHash());
            long end = rig.events.endPosition();

            RecoveryReport report = restart(rig);

            assertThat(first).hasValue(1 + 20 + 5);
            assertThat(report.snapshotPosition()).isEqualTo(second.getAsLong());
            assertThat(report.recordCount()).isEqualTo(end - second.getAsLong());
            assertThat(report.remarks()).isEmpty();
            assertThat(answer(rig.pipeline.stateHash())).isEqualTo(hash).isEqualTo(hashOfAFullReplay(rig));
            work(rig, 35, 40);
            assertThat(answer(rig.pipeline.stateHash())).isEqualTo(hashOfAFullReplay(rig));
            assertThat(rig.alerts.ids()).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldFallBackToTheSnapshotBeforeAndThenToTheWholeJournal() {
        try (Rig rig = Rig.started()) {
            work(rig, 0, 10);
            long older = follow(rig).getAsLong();
            work(rig, 10, 20);
            long newer = follow(rig).getAsLong();
            long hash = answer(rig.pipeline.stateHash());

            rig.snapshots.damage(newer);
            RecoveryReport report = restart(rig);

            assertThat(report.snapshotPosition()).isEqualTo(older);
            assertThat(report.remarks())
                    .singleElement()
                    .asString()
                    .startsWith("the snapshot of position " + newer + " was passed over: ");
            assertThat(answer(rig.pipeline.stateHash())).isEqualTo(hash);

            rig.snapshots.damage(older);
            report = restart(rig);

            assertThat(report.snapshotPosition()).isZero();
            assertThat(report.remarks()).hasSize(2);
            assertThat(answer(rig.pipeline.stateHash())).isEqualTo(hash);
        }
    }

    @Test
    void shouldPassOverASnapshotThatKnowsOfAlertsWhichAreNotKept() {
        try (Rig rig = Rig.started()) {
            work(rig, 0, 10);
            long older = follow(rig).getAsLong();
            work(rig, 10, 30);
            follow(rig);
            int given = rig.alerts.ids().size();
            rig.pipeline.close();
            var ids = rig.alerts.ids();
            rig.alerts.keepOnly(given - 1);

            RecoveryReport report = restart(rig);

            assertThat(report.snapshotPosition()).isEqualTo(older);
            rig.awaitAlerts(given);
            assertThat(rig.alerts.ids()).isEqualTo(ids);
        }
    }

    @Test
    void shouldHaveNothingToDoWhenNothingIsNew() {
        try (Rig rig = Rig.started()) {
            work(rig, 0, 3);
            assertThat(follow(rig)).isPresent();
            assertThat(follow(rig)).isEmpty();
            assertThat(rig.snapshots.positions()).hasSize(1);
        }
    }

    @Test
    void shouldForceTheJournalBeforeASnapshotOfItCounts() {
        try (Rig rig = Rig.started()) {
            work(rig, 0, 3);
            assertThat(rig.events.forcedEnd()).isZero();
            long position = follow(rig).getAsLong();
            assertThat(rig.events.forcedEnd()).isEqualTo(position);
        }
    }

    @Test
    void shouldRaiseWhatIdleTimeBroughtBehindASnapshotOnlyOnce() {
        try (Rig rig = Rig.started()) {
            work(rig, 0, 10);
            rig.at(20_000);
            int alerts = 7 * 3 + 10; // Seven tickets nobody answered, with three alerts each, and ten resolutions.
            rig.awaitAlerts(alerts);
            follow(rig);

            RecoveryReport report = restart(rig);

            assertThat(report.recordCount()).isZero();
            rig.at(30_000);
            assertThat(rig.alerts.ids()).hasSize(alerts).doesNotHaveDuplicates();
            rig.applied(rig.offer("T1", "resolved"));
            assertThat(answer(rig.pipeline.stateHash())).isEqualTo(hashOfAFullReplay(rig));
        }
    }

    @Test
    void shouldRefuseAJournalThatEndsBeforeASnapshot() {
        Rig rig = Rig.started();
        work(rig, 0, 10);
        long position = follow(rig).getAsLong();
        rig.close();
        rig.events.keepOnly(5);

        assertThatThrownBy(() -> rig.newPipeline().recover())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the events end before position 5")
                .hasMessageContaining("a snapshot has those before " + position);
    }

    @Test
    void shouldRefuseAlertsThatTheEventsDoNotGive() {
        Rig rig = Rig.started();
        rig.applied(rig.offer("T1", "opened"));
        rig.applied(rig.offer("T2", "opened"));
        rig.at(1_000);
        rig.awaitAlerts(4);
        rig.close();
        rig.events.keepOnly(2);

        assertThatThrownBy(() -> rig.newPipeline().recover())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("alert 2 is kept as T2/first_response/1/warning/50%, but the events give"
                        + " T1/first_response/1/breach: ");

        rig.events.keepOnly(1);
        assertThatThrownBy(() -> rig.newPipeline().recover())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("4 alerts are kept, but the events give only 0: ");
    }

    @Test
    void shouldStopRecoveringWhenThereIsNoNeedToGoOn() {
        Rig rig = Rig.started();
        work(rig, 0, 3);
        rig.close();
        assertIsCancelled(rig.newPipeline());

        follow(rig);
        assertIsCancelled(rig.newPipeline());
    }

    private static void assertIsCancelled(Pipeline pipeline) {
        pipeline.cancelRecovery();
        assertThatThrownBy(pipeline::recover)
                .isInstanceOf(CancellationException.class)
                .hasMessage("told to stop while recovering");
        pipeline.close();
    }
}
