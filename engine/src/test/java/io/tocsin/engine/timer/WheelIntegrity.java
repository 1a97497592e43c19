package io.tocsin.engine.timer;

import static io.tocsin.engine.timer.TimerNodes.IN_HEAP;
import static io.tocsin.engine.timer.TimerNodes.NONE;
import static org.assertj.core.api.Assertions.assertThat;

/** Walks all of a wheel and checks what its parts promise each other. */
final class WheelIntegrity {
    private WheelIntegrity() {}

    static void check(TimerWheel wheel) {
        int found = checkHeap(wheel) + checkRing(wheel, wheel.fine) + checkRing(wheel, wheel.coarse);
        assertThat(found).as("timers found").isEqualTo(wheel.armedCount());
    }

    private static int checkHeap(TimerWheel wheel) {
        ExpiryHeap heap = wheel.heap;
        for (int position = 0; position < heap.size; position++) {
            int timer = heap.timers[position];
            assertThat(wheel.nodes.next(timer)).as("tag of timer %d", timer).isEqualTo(IN_HEAP);
            assertThat(wheel.nodes.previous(timer))
                    .as("position of timer %d", timer)
                    .isEqualTo(position);
            assertThat(heap.keys[2 * position]).isEqualTo(wheel.nodes.deadlineNs(timer));
            if (position > 0) {
                int parent = (position - 1) / 4;
                assertThat(heap.keys[2 * parent]).isLessThanOrEqualTo(heap.keys[2 * position]);
            }
        }
        return heap.size;
    }

    private static int checkRing(TimerWheel wheel, SlotRing ring) {
        int found = 0;
        for (int slot = 0; slot < ring.slotCount; slot++) {
            boolean occupied = (ring.occupied[slot >> 6] & (1L << slot)) != 0;
            if (occupied != (ring.heads[slot] != NONE)) {
                throw new AssertionError("slot " + slot + " is marked wrong: " + occupied);
            }
            if (occupied) {
                found += checkList(wheel, ring, slot);
            }
        }
        return found + checkList(wheel, ring, ring.slotCount);
    }

    private static int checkList(TimerWheel wheel, SlotRing ring, int slot) {
        int found = 0;
        int previous = NONE;
        for (int timer = ring.heads[slot]; timer != NONE; timer = wheel.nodes.next(timer)) {
            int back = wheel.nodes.previous(timer);
            if (previous == NONE) {
                assertThat(back).as("tag of the first timer").isEqualTo(ring.tagOf(slot));
                assertThat(ring.owns(back)).isTrue();
            } else {
                assertThat(back).as("link back of timer %d", timer).isEqualTo(previous);
            }
            checkTick(ring, slot, wheel.nodes.deadlineNs(timer));
            previous = timer;
            found++;
        }
        return found;
    }

    private static void checkTick(SlotRing ring, int slot, long deadlineNs) {
        long tick = ring.tickOf(deadlineNs);
        assertThat(deadlineNs).as("deadline of a timer on a ring").isGreaterThanOrEqualTo(ring.boundNs());
        if (slot < ring.slotCount) {
            assertThat(tick & (ring.slotCount - 1)).isEqualTo(slot);
            assertThat(tick >> ring.slotBits).isGreaterThanOrEqualTo(ring.lowestRound[slot]);
        }
    }
}
