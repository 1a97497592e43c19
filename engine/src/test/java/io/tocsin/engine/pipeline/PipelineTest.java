package io.tocsin.engine.pipeline;

import static io.tocsin.engine.pipeline.Rig.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.view.LatencyBuckets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way of an event through a running pipeline. */
@Timeout(60)
class PipelineTest {
    @Test
    void shouldApplyWhatIsOffered() {
        try (Rig rig = Rig.started()) {
            long position = rig.offer("T1", "opened", "stage=a");
            rig.applied(position);

            assertThat(position).isEqualTo(1);
            assertThat(answer(rig.pipeline.ticket("T1")).orElseThrow().attributes())
                    .containsEntry("stage", "a");
            assertThat(rig.events.lines()).containsExactly(POLICY, "T1 opened");
        }
    }

    @Test
    void shouldStampWithTheTimeOfTheClockWhichNeverGoesBack() {
        try (Rig rig = Rig.started()) {
            rig.at(100);
            rig.applied(rig.offer("T1", "opened"));
            rig.at(40);
            rig.applied(rig.offer("T2", "opened"));
            rig.at(110);
            rig.applied(rig.offer("T3", "opened"));

            assertThat(IntStream.range(0, 4).mapToObj(i -> (rig.events.arrivalNs(i) - START_NS) / SECOND_NS))
                    .containsExactly(0L, 100L, 100L, 110L);
        }
    }

    @Test
    void shouldJournalARecordBeforeItIsApplied() {
        Rig rig = new Rig();
        List<Integer> journaledWhenApplied = new ArrayList<>();
        rig.onPolicy = () -> journaledWhenApplied.add(rig.events.size());
        try (rig) {
            rig.pipeline.start();
            rig.applied(rig.offerPolicy(POLICY));
            rig.applied(rig.offerPolicy(POLICY));
        }

        assertThat(journaledWhenApplied).containsExactly(1, 2);
    }

    @Test
    void shouldFindWhatIsDueWhileNothingIsOffered() {
        try (Rig rig = Rig.started()) {
            rig.applied(rig.offer("T1", "opened"));
            rig.at(2_000);
            rig.awaitAlerts(3);

            assertThat(rig.alerts.ids())
                    .containsExactly(
                            "T1/first_response/1/warning/50%",
                            "T1/first_response/1/breach", "T1/first_response/1/escalation/1");
        }
    }

    @Test
    void shouldTakeEventsOfManyThreadsEachInItsOrder() throws InterruptedException {
        int producers = 3;
        int each = 3_000;
        try (Rig rig = Rig.started()) {
            List<Thread> threads = new ArrayList<>();
            CountDownLatch go = new CountDownLatch(1);
            for (int producer = 0; producer < producers; producer++) {
                threads.add(new Thread(new Producer(rig.pipeline, "P" + producer, each, go)));
            }
            threads.forEach(Thread::start);
            go.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            rig.applied((long) producers * each);

            assertThat(answer(rig.pipeline.counters()).tickets()).isEqualTo((long) producers * each);
            for (int producer = 0; producer < producers; producer++) {
                String prefix = "P" + producer + "-";
                assertThat(rig.events.lines().stream().filter(line -> line.startsWith(prefix)))
                        .containsExactlyElementsOf(IntStream.range(0, each)
                                .mapToObj(i -> prefix + i + " opened")
                                .toList());
            }
        }
    }

    private record Producer(EventGate gate, String name, int count, CountDownLatch go) implements Runnable {
        @Override
        public void run() {
            EventRecordWriter writer = new EventRecordWriter();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            for (int i = 0; i < count; i++) {
                writer.begin(START_NS, name + "-" + i, "opened", "");
                while (gate.offer(writer.buffer(), 0, writer.length()) == EventGate.FULL) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void shouldKeepEverythingAcceptedWhenItCloses() {
        Rig rig = Rig.started();
        CountDownLatch gate = rig.events.holdUp();
        for (int i = 0; i < 50; i++) {
            assertThat(rig.offer("T" + i, "opened")).isNotEqualTo(EventGate.FULL);
        }
        rig.setClock(1_000);
        assertThat(rig.offer("LAST", "opened")).isNotEqualTo(EventGate.FULL);
        gate.countDown();

        rig.close();

        assertThat(rig.events.size()).isEqualTo(52);
        assertThat(rig.events.lines()).last().isEqualTo("LAST opened");
    }

    @Test
    void shouldKeepEveryAlertGivenWhenItClosesAndGiveTheRestAtTheNextStart() {
        Rig rig = Rig.started();
        CountDownLatch gate = rig.alerts.holdUp();
        for (int i = 0; i < 30; i++) {
            rig.applied(rig.offer("T" + i, "opened"));
        }
        rig.at(1_000);
        rig.applied(rig.offer("LAST", "opened"));
        gate.countDown();

        rig.close();

        assertThat(rig.alerts.ids())
                .hasSize((int) rig.pipeline.engine().views().lastSeq())
                .hasSizeGreaterThan(SLOTS / 2);
        rig.restart();
        rig.awaitAlerts(60);
        rig.close();
        assertThat(rig.alerts.ids()).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void shouldWaitForTheEgressInsteadOfDroppingAlerts() {
        try (Rig rig = Rig.started()) {
            CountDownLatch gate = rig.alerts.holdUp();
            for (int i = 0; i < 3 * SLOTS; i++) {
                rig.applied(rig.offer("T" + i, "opened"));
            }
            rig.setClock(2_000);
            long position = rig.offer("T0", "updated");

            gate.countDown();
            rig.applied(position);
            rig.awaitAlerts(9 * SLOTS);

            assertThat(rig.alerts.ids()).hasSize(9 * SLOTS).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldTakeNothingBeforeItStartsAndAfterItCloses() {
        Rig rig = new Rig();
        assertThat(rig.pipeline.isAccepting()).isFalse();
        assertThatThrownBy(() -> rig.offer("T1", "opened")).isInstanceOf(IllegalStateException.class);

        rig.pipeline.start();
        assertThat(rig.pipeline.isAccepting()).isTrue();
        rig.close();

        assertThat(rig.pipeline.isAccepting()).isFalse();
        assertThatThrownBy(() -> rig.offer("T1", "opened"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not running");
        assertThatThrownBy(() -> rig.pipeline.awaitApplied(7, 1_000)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldCloseTwiceAndWithoutHavingStarted() {
        Rig rig = new Rig();

        rig.close();
        rig.close();

        assertThat(rig.events.size()).isZero();
    }

    @Test
    void shouldTellWhenARecordIsNotAppliedInTime() throws InterruptedException {
        try (Rig rig = Rig.started()) {
            CountDownLatch gate = rig.events.holdUp();
            long position = rig.offer("T1", "opened");
            rig.clock.goOnBy(SECOND_NS / 100);

            assertThat(rig.pipeline.awaitApplied(position, 5_000)).isFalse();

            rig.clock.goOnBy(0);
            gate.countDown();
            assertThat(rig.pipeline.awaitApplied(position, 5_000_000)).isTrue();
        }
    }

    @Test
    void shouldMeasureEveryEventAndTheTimersThatExpireWhileItRuns() {
        try (Rig rig = Rig.started()) {
            rig.applied(rig.offer("T1", "opened"));
            rig.at(1_000);
            rig.awaitAlerts(2);
            await("lags", () -> rig.pipeline.latency().detectionLag().count() == 2);

            var latency = rig.pipeline.latency();
            assertThat(latency.ingestToApply().count()).isEqualTo(2);
            assertThat(latency.ingestToApply().maxNs()).isZero();
            assertThat(latency.detectionLag().maxNs()).isBetween(549 * SECOND_NS, 551 * SECOND_NS);
            assertThat(latency.detectionLag().p50Ns()).isBetween(99 * SECOND_NS, 101 * SECOND_NS);

            var buckets = rig.pipeline.latencyBuckets();
            assertThat(buckets.ingestToApply().counts()).hasSize(LatencyBuckets.BOUNDS_NS.size() + 1);
            assertThat(buckets.ingestToApply().counts().get(0)).isEqualTo(2);
            assertThat(buckets.detectionLag().counts().get(LatencyBuckets.BOUNDS_NS.size()))
                    .isEqualTo(2);
            assertThat(buckets.detectionLag().sumNs()).isBetween(649.0 * SECOND_NS, 651.0 * SECOND_NS);

            rig.restart();
            rig.at(1_300);
            rig.awaitAlerts(3);
            await("lag", () -> rig.pipeline.latency().detectionLag().count() == 1);
            assertThat(rig.pipeline.latency().detectionLag().maxNs()).isBetween(99 * SECOND_NS, 101 * SECOND_NS);
        }
    }

    @Test
    void shouldGoOnBehindARecordThatCouldNotBeCopied() {
        try (Rig rig = Rig.started()) {
            rig.applied(rig.offer("T1", "opened"));
            assertThatThrownBy(() -> rig.pipeline.offer(new UnsafeBuffer(new byte[8]), 0, 100))
                    .isInstanceOf(RuntimeException.class);
            ExpandableArrayBuffer unknownVersion = new ExpandableArrayBuffer();
            assertThatThrownBy(() -> rig.pipeline.offerAll(unknownVersion, 0, 2))
                    .isInstanceOf(IllegalArgumentException.class);

            rig.applied(rig.offer("T2", "opened"));

            assertThat(rig.events.lines()).containsExactly(POLICY, "T1 opened", "T2 opened");
            assertThat(rig.pipeline.latency().ingestToApply().count()).isEqualTo(3);
        }
    }
}
