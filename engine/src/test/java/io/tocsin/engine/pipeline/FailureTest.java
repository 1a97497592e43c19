package io.tocsin.engine.pipeline;

import static io.tocsin.engine.pipeline.Rig.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.engine.event.EventRecordWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when journaling or applying fails: the engine stops, and says so once. */
@Timeout(60)
class FailureTest {
    private final Rig rig = Rig.started();

    @AfterEach
    void close() {
        rig.pipeline.close();
    }

    private void awaitFailure(String message) {
        await("the failure", () -> !rig.failures.isEmpty());
        assertThat(rig.failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessage(message));
        assertThat(rig.pipeline.isAccepting()).isFalse();
        assertThatThrownBy(() -> rig.offer("T9", "opened"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldStopWhenARecordCannotBeJournaled() {
        rig.events.failWith(new IllegalStateException("disk full"));

        long position = rig.offer("T1", "opened");

        awaitFailure("disk full");
        assertThatThrownBy(() -> rig.pipeline.awaitApplied(position, 1_000))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("disk full");
        assertThat(rig.events.lines()).containsExactly(POLICY);
    }

    @Test
    void shouldStopWhenARecordCannotBeApplied() {
        long position = rig.offerPolicy("nonsense");

        awaitFailure("journal position 1: cannot apply a policy: no such policy: nonsense");
        assertThatThrownBy(() -> rig.pipeline.awaitApplied(position, 1_000)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldStopWhenAnAlertCannotBeKept() {
        rig.alerts.failWith(new IllegalStateException("disk full"));
        rig.applied(rig.offer("T1", "opened"));

        rig.setClock(1_000);

        awaitFailure("disk full");
    }

    @Test
    void shouldStopOnAnError() {
        rig.onPolicy = () -> {
            throw new AssertionError("impossible");
        };

        rig.offerPolicy(POLICY);

        awaitFailure("journal position 1: cannot apply a policy: impossible");
    }

    @Test
    void shouldFailTheQuestionsThatWait() {
        CountDownLatch gate = rig.events.holdUp();
        rig.offer("T1", "opened");
        await("the core to be held up", rig.events::isHeldUp);
        CompletableFuture<?> before = rig.pipeline.counters();
        rig.events.failWith(new IllegalStateException("disk full"));

        gate.countDown();

        awaitFailure("disk full");
        for (CompletableFuture<?> question : new CompletableFuture<?>[] {before, rig.pipeline.stateHash()}) {
            assertThatThrownBy(() -> question.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldCloseAfterAFailureAndComeBackWithWhatWasJournaled() {
        rig.applied(rig.offer("T1", "opened"));
        rig.events.failWith(new IllegalStateException("disk full"));
        rig.offer("T2", "opened");
        awaitFailure("disk full");
        rig.pipeline.close();
        rig.events.failWith(null);

        rig.restart();

        assertThat(answer(rig.pipeline.ticket("T1"))).isPresent();
        assertThat(answer(rig.pipeline.ticket("T2"))).isEmpty();
    }

    @Test
    void shouldNotCallAStopCleanThatTookTooLongForWhatWasTaken() {
        rig.steadyClock = rig.clock::nanoTime;
        Pipeline slow = rig.newPipeline();
        slow.startStepped();
        EventRecordWriter record = new EventRecordWriter().policy(POLICY);
        slow.offer(record.buffer(), 0, record.length());
        rig.clock.goOnBy(SECOND_NS);

        assertThatThrownBy(slow::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("1 events were taken since the start, only 0 could be acknowledged before the stop; their"
                        + " senders were told nothing");
    }
}
