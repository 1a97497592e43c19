package io.tocsin.engine.pipeline;

import static io.tocsin.engine.pipeline.Rig.SLOTS;
import static io.tocsin.engine.pipeline.Rig.START_NS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.engine.event.EventRecordWriter;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What does not fit is refused, and what was accepted is kept. The core is held up by its journal. */
@Timeout(60)
class FullRingTest {
    private final Rig rig = Rig.started();
    private final CountDownLatch gate = rig.events.holdUp();

    @AfterEach
    void close() {
        gate.countDown();
        rig.close();
    }

    /** Records of the tickets {@code B0}, {@code B1}, … behind each other. */
    private long offerAll(int count) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        EventRecordWriter writer = new EventRecordWriter();
        int length = 0;
        for (int i = 0; i < count; i++) {
            writer.begin(START_NS, "B" + i, "opened", "");
            buffer.putBytes(length, writer.buffer(), 0, writer.length());
            length += writer.length();
        }
        return rig.pipeline.offerAll(buffer, 0, count);
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndGoOnWhenThereIsRoomAgain() {
        for (int i = 0; i < SLOTS; i++) {
            assertThat(rig.offer("T" + i, "opened")).isEqualTo(i + 1);
        }
        assertThat(rig.offer("REFUSED", "opened")).isEqualTo(EventGate.FULL);
        assertThat(rig.offer("REFUSED", "opened")).isEqualTo(EventGate.FULL);

        gate.countDown();
        rig.applied(SLOTS);
        rig.applied(rig.offer("NEXT", "opened"));

        assertThat(rig.events.lines())
                .hasSize(SLOTS + 2)
                .doesNotContain("REFUSED opened")
                .endsWith("NEXT opened");
        assertThat(rig.events.lines().subList(1, SLOTS + 1))
                .containsExactlyElementsOf(IntStream.range(0, SLOTS)
                        .mapToObj(i -> "T" + i + " opened")
                        .toList());
    }

    @Test
    void shouldTakeAllOfSeveralOrNone() {
        for (int i = 0; i < SLOTS - 4; i++) {
            rig.offer("T" + i, "opened");
        }

        assertThat(offerAll(5)).isEqualTo(EventGate.FULL);
        assertThat(offerAll(4)).isEqualTo(SLOTS);
        assertThat(offerAll(1)).isEqualTo(EventGate.FULL);
        gate.countDown();
        rig.applied(SLOTS);

        assertThat(rig.events.lines()).hasSize(SLOTS + 1).endsWith("B0 opened", "B1 opened", "B2 opened", "B3 opened");
    }

    @Test
    void shouldTakeAsManyAtOnceAsTheRingHasSlots() {
        gate.countDown();

        rig.applied(offerAll(SLOTS));

        assertThat(rig.pipeline.capacity()).isEqualTo(SLOTS);
        assertThat(rig.events.size()).isEqualTo(SLOTS + 1);
    }

    @Test
    void shouldRefuseMoreAtOnceThanTheRingCouldEverTake() {
        assertThatThrownBy(() -> offerAll(SLOTS + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65 events at once")
                .hasMessageContaining("64");
    }
}
