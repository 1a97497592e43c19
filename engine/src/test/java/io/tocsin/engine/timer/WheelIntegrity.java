package io.tocsin.engine.timer;

import static io.tocsin.engine.timer.TimerNodes.IN_CROWD;
import static io.tocsin.engine.timer.TimerNodes.IN_HEAP;
import static io.tocsin.engine.timer.TimerNodes.NONE;

/** Walks all of a wheel and checks what its parts promise each other. Plain comparisons, because it is called often. */
final class WheelIntegrity {
    private WheelIntegrity() {}

    static void check(TimerWheel wheel) {
        int found =
                checkHeap(wheel) + checkCrowd(wheel) + checkRing(wheel, wheel.fine) + checkRing(wheel, wheel.coarse);
        requireEqual("timers found", wheel.armedCount(), found);
    }

    private static int checkHeap(TimerWheel wheel) {
        ExpiryHeap heap = wheel.heap;
        for (int position = 0; position < heap.size(); position++) {
            int timer = heap.timer(position);
            requireEqual("tag of a timer in the heap", IN_HEAP, wheel.nodes.next(timer));
            requireEqual("position in the heap", position, wheel.nodes.previous(timer));
            requireEqual("deadline in the heap", wheel.nodes.deadlineNs(timer), heap.deadlineNs(position));
            int parent = Math.max(0, (position - 1) / 4);
            requireAtLeast("deadline below its parent's", heap.deadlineNs(parent), heap.deadlineNs(position));
        }
        return heap.size();
    }

    private static int checkCrowd(TimerWheel wheel) {
        int[] found = {0};
        wheel.crowd.forEach((timer, deadlineNs) -> {
            requireEqual("tag of a timer in the crowd", IN_CROWD, wheel.nodes.next(timer));
            requireEqual("deadline in the crowd", wheel.nodes.deadlineNs(timer), deadlineNs);
            requireAtLeast("deadline in the crowd", wheel.crowd.boundNs(), deadlineNs);
            found[0]++;
        });
        requireEqual("timers in the crowd", wheel.crowd.armed(), found[0]);
        return found[0];
    }

    private static int checkRing(TimerWheel wheel, SlotRing ring) {
        int found = 0;
        for (int slot = 0; slot < ring.slotCount; slot++) {
            int occupied = (int) (ring.occupied[slot >> 6] >>> slot) & 1;
            requireEqual("mark of a slot", ring.heads[slot] == NONE ? 0 : 1, occupied);
            if (occupied == 1) {
                found += checkList(wheel, ring, slot);
            }
        }
        return found + checkList(wheel, ring, ring.slotCount);
    }

    private static int checkList(TimerWheel wheel, SlotRing ring, int slot) {
        int found = 0;
        int previous = ring.tagOf(slot);
        for (int timer = ring.heads[slot]; timer != NONE; timer = wheel.nodes.next(timer)) {
            requireEqual("link back", previous, wheel.nodes.previous(timer));
            checkTick(ring, slot, wheel.nodes.deadlineNs(timer));
            previous = timer;
            found++;
        }
        return found;
    }

    private static void checkTick(SlotRing ring, int slot, long deadlineNs) {
        long tick = ring.tickOf(deadlineNs);
        requireAtLeast("deadline on a ring", ring.boundNs(), deadlineNs);
        if (slot < ring.slotCount) {
            requireEqual("slot", tick & (ring.slotCount - 1), slot);
            requireAtLeast("round", ring.lowestRound[slot], tick >> ring.slotBits);
        }
    }

    private static void requireEqual(String what, long expected, long actual) {
        if (actual != expected) {
            throw new AssertionError(what + " is " + actual + ", must be " + expected);
        }
    }

    private static void requireAtLeast(String what, long limit, long actual) {
        if (actual < limit) {
            throw new AssertionError(what + " is " + actual + ", must be at least " + limit);
        }
    }
}
