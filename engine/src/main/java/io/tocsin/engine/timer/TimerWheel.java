package io.tocsin.engine.timer;

import static io.tocsin.engine.timer.TimerNodes.IN_HEAP;
import static io.tocsin.engine.timer.TimerNodes.NONE;

/**
 * The timers of the core: a flat wheel of two rings for what lies ahead, a heap for what is close. Used by one thread.
 *
 * <pre>
 *     now
 *      |<- 0.27 s ->|
 *      | heap       | fine ring: 8,192 x 2^20 ns | coarse ring: 131,072 x 2^32 ns      | and round again
 *      | exact      | (1 ms), two coarse ticks   | (4.3 s), 6.5 days                   | once a round
 *      +------------+----------------------------+-------------------------------------+ - - - - -
 *       pop          <--- slot by slot            <--- slot by slot
 * </pre>
 *
 * Slots only sort roughly: their lists are unordered. A timer fires from the heap alone, and only when no ring may hold
 * an earlier one, so that expiry is exact to the nanosecond and ordered by (deadline, rank), whatever the history. A
 * textbook hierarchy of small wheels was refused: it moves a whole top-level slot at once, 129 ms at ten million timers.
 *
 * <p><b>Cost.</b> Scheduling and cancelling are O(1) on the rings, O(log n) for the few in the heap. {@link #expire} with
 * nothing to do is a compare and a return. Empty time costs nothing, be it decades: bitmaps tell the next slot in use.
 * Slots that come up next are moved ahead of their time, {@value #MOVES_PER_CALL} timers of a ring a call, so that a
 * million deadlines in one instant do not stall a thread that calls often; what is due and was not moved ahead in time is
 * moved at once, because order comes before smoothness.
 *
 * <p><b>Memory.</b> 16 bytes a timer in chunks of 16,384, which are allocated when a timer of that range is first armed,
 * and about 1.1 MB for the rings. The heap takes 20 bytes for each timer in it and doubles when it is full. Nothing else
 * is allocated.
 *
 * <p>Deadlines may be any long but {@link #NEVER}. A time that goes backwards does no harm: it fires what is due by it.
 * A handler must not call {@link #expire}. If it throws, the exception passes through; its timer counts as fired and all
 * others are untouched.
 */
public final class TimerWheel implements Timers {
    /** How many timers of each ring are moved ahead of their time in one call. */
    static final int MOVES_PER_CALL = 256;

    private static final int FINE_TICK_BITS = 20;
    private static final int FINE_SLOT_BITS = 13;
    private static final int FINE_LEAD_TICKS = 256;
    private static final int COARSE_TICK_BITS = 32;
    private static final int COARSE_SLOT_BITS = 17;
    private static final int COARSE_LEAD_TICKS = 1;

    final TimerNodes nodes;
    final ExpiryHeap heap;
    final SlotRing fine;
    final SlotRing coarse;

    /** Until here, this instant included, a call has nothing to fire and nothing to move. */
    private long quietUntilNs = Long.MIN_VALUE;

    private int armedCount;

    /**
     * A wheel without armed timers.
     *
     * @param order decides between timers of the same instant; asked once for each timer that comes close to its time
     * @param initialCapacity memory is set aside for the timers from 0 up to this many
     * @throws IllegalArgumentException if the capacity is negative
     */
    public TimerWheel(Order order, int initialCapacity) {
        nodes = new TimerNodes(initialCapacity);
        heap = new ExpiryHeap(nodes, order);
        fine = new SlotRing(nodes, 0, FINE_TICK_BITS, FINE_SLOT_BITS, FINE_LEAD_TICKS);
        coarse = new SlotRing(nodes, fine.endTag(), COARSE_TICK_BITS, COARSE_SLOT_BITS, COARSE_LEAD_TICKS);
    }

    /**
     * {@inheritDoc} Arming a timer again for the instant it is armed for changes nothing.
     *
     * @throws IllegalArgumentException if the timer is negative
     */
    @Override
    public void schedule(int timer, long deadlineNs) {
        if (deadlineNs == NEVER) {
            cancel(timer);
            return;
        }
        long previousNs = nodes.deadlineNs(timer);
        if (deadlineNs == previousNs) {
            return;
        }
        if (previousNs == NEVER) {
            nodes.makeRoomFor(timer);
            armedCount++;
        } else {
            remove(timer);
        }
        nodes.deadlineNs(timer, deadlineNs);
        place(timer, deadlineNs);
    }

    @Override
    public void cancel(int timer) {
        if (nodes.deadlineNs(timer) != NEVER) {
            remove(timer);
            disarm(timer);
        }
    }

    @Override
    public long deadlineNs(int timer) {
        return nodes.deadlineNs(timer);
    }

    @Override
    public int expire(long nowNs, int limit, Handler handler) {
        return nowNs <= quietUntilNs ? 0 : work(nowNs, limit, handler);
    }

    @Override
    public long earliestNs() {
        return Math.min(heap.firstDeadlineNs(), Math.min(fine.earliestNs(), coarse.earliestNs()));
    }

    @Override
    public int armedCount() {
        return armedCount;
    }

    @Override
    public long touch(int timer) {
        return nodes.deadlineNs(timer);
    }

    @Override
    public long touchNeighbours(int timer) {
        if (nodes.deadlineNs(timer) == NEVER) {
            return 0;
        }
        int next = nodes.next(timer);
        int previous = nodes.previous(timer);
        return (next >= 0 ? nodes.next(next) : 0) ^ (next != IN_HEAP && previous >= 0 ? nodes.next(previous) : 0);
    }

    @Override
    public int nextUp(long beforeNs, int[] into, int from) {
        return heap.before(beforeNs, into, from);
    }

    private int work(long nowNs, int limit, Handler handler) {
        int fired = fireDue(nowNs, limit, handler);
        if (fired < limit) {
            moveAhead(coarse, nowNs);
            moveAhead(fine, nowNs);
        }
        // The rings move on with the next coarse tick at the latest: what is armed then finds its place at once.
        long ringsMoveNs = coarse.startNs(coarse.tickOf(nowNs) + 1);
        long ringsWakeNs = Math.min(fine.wakeNs(), coarse.wakeNs());
        quietUntilNs = Math.min(heap.firstDeadlineNs(), Math.min(ringsMoveNs, ringsWakeNs));
        return fired;
    }

    private int fireDue(long nowNs, int limit, Handler handler) {
        int fired = 0;
        while (fired < limit) {
            long heapNs = heap.firstDeadlineNs();
            long ringsNs = Math.min(fine.boundNs(), coarse.boundNs());
            if (heapNs < nowNs && heapNs < ringsNs) {
                fire(heapNs, handler);
                fired++;
            } else if (ringsNs < nowNs) {
                moveSlot(coarse.boundNs() <= fine.boundNs() ? coarse : fine);
            } else {
                break;
            }
        }
        return fired;
    }

    private void fire(long deadlineNs, Handler handler) {
        int timer = heap.first();
        heap.remove(0);
        disarm(timer);
        handler.onExpired(timer, deadlineNs);
    }

    private void moveSlot(SlotRing ring) {
        ring.open();
        for (int timer = ring.poll(); timer != NONE; timer = ring.poll()) {
            place(timer, nodes.deadlineNs(timer));
        }
    }

    /** Moves slots whose time is near on to the next level, a few timers a call. */
    private void moveAhead(SlotRing ring, long nowNs) {
        long lastTick = ring.tickOf(nowNs) + ring.leadTicks;
        for (int i = 0; i < MOVES_PER_CALL && ring.boundTick() <= lastTick; i++) {
            ring.open();
            int timer = ring.poll();
            if (timer != NONE) {
                place(timer, nodes.deadlineNs(timer));
            }
        }
        ring.advanceTo(lastTick + 1);
    }

    /** Puts an armed timer where it belongs now; the farther level has the first say. */
    private void place(int timer, long deadlineNs) {
        if (coarse.covers(deadlineNs)) {
            link(coarse, timer, deadlineNs);
        } else if (fine.covers(deadlineNs)) {
            link(fine, timer, deadlineNs);
        } else {
            heap.add(timer, deadlineNs);
            quietUntilNs = Math.min(quietUntilNs, deadlineNs);
        }
    }

    private void link(SlotRing ring, int timer, long deadlineNs) {
        ring.link(timer, deadlineNs);
        quietUntilNs = Math.min(quietUntilNs, ring.wakeNs());
    }

    private void remove(int timer) {
        int next = nodes.next(timer);
        int previous = nodes.previous(timer);
        if (next == IN_HEAP) {
            heap.remove(previous);
            return;
        }
        if (next != NONE) {
            nodes.previous(next, previous);
        }
        if (previous >= 0) {
            nodes.next(previous, next);
        } else {
            (fine.owns(previous) ? fine : coarse).first(previous, next);
        }
    }

    private void disarm(int timer) {
        nodes.deadlineNs(timer, NEVER);
        armedCount--;
    }
}
