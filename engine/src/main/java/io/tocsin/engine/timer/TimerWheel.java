package io.tocsin.engine.timer;

import static io.tocsin.engine.timer.TimerNodes.IN_CROWD;
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
 * Slots only sort roughly: their lists are unordered. A timer fires from the heap alone, or from the {@link Crowd} that takes
 * its place for a tick of very many timers, and only when no ring may hold an earlier one, so that expiry is exact to the
 * nanosecond and ordered by (deadline, rank), whatever the history. A textbook hierarchy of small wheels was refused: it
 * moves a whole top-level slot at once, 129 ms at ten million timers.
 *
 * <p><b>Cost.</b> Scheduling and cancelling are O(1) on the rings, O(log n) for the few in the heap. Looking with nothing to
 * do is a compare and a return. Empty time costs nothing, be it decades: bitmaps tell the next slot in use.
 * {@link #expireSome} does at most {@value #WORK_PER_CALL} moves a call, whatever the state: of what is due first, then of
 * slots that come up next, ahead of their time. What it leaves is the next call's, and nothing that may be later fires
 * before. {@link #expire} does all that it takes.
 *
 * <p><b>Memory.</b> 16 bytes a timer in chunks of 16,384, which are allocated when a timer of that range is first armed,
 * and about 1.1 MB for the rings. The heap takes 12 bytes for each timer in it, the crowd 32, both in chunks that are kept.
 * Nothing else is allocated.
 *
 * <p>Deadlines may be any long but {@link #NEVER}. A time that goes backwards does no harm: it fires what is due by it.
 * A handler must not call {@link #expire}. If it throws, the exception passes through; its timer counts as fired and all
 * others are untouched.
 */
public final class TimerWheel implements Timers {
    /** How many moves of a timer from one level to the next a call may take; other work is counted in these. */
    static final int WORK_PER_CALL = 256;
    /** So many entries of a crowd are sorted in a call instead: they lie side by side, timers of a list do not. */
    private static final int SORTED_PER_CALL = 2_048;
    /** Beyond so many timers of one tick the others are a crowd; one beyond the heap's size costs less in there. */
    private static final int CROWD_FROM = 256;
    /** With so many timers in the heap no slot is emptied ahead of its time. */
    private static final int HEAP_ENOUGH = 2_048;

    private static final int FINE_TICK_BITS = 20;
    private static final int FINE_SLOT_BITS = 13;
    private static final int FINE_LEAD_TICKS = 256;
    private static final int COARSE_TICK_BITS = 32;
    private static final int COARSE_SLOT_BITS = 17;
    private static final int COARSE_LEAD_TICKS = 1;

    final TimerNodes nodes;
    final ExpiryHeap heap;
    final Crowd crowd;
    final SlotRing fine;
    final SlotRing coarse;

    /** Nothing is due before this instant, nor may be. */
    private long boundNs = Long.MIN_VALUE;
    /** Until this instant {@link #expireSome} has nothing to do. */
    private long quietUntilNs = Long.MIN_VALUE;

    private int armedCount;
    /** How many timers of the opened slot of the fine ring came to the heap. */
    private int toHeap;
    /** What is left of the work of this call. */
    private int workLeft;

    /**
     * A wheel without armed timers.
     *
     * @param order decides between timers of the same instant; asked only of timers that come close to their time
     * @param initialCapacity memory is set aside for the timers from 0 up to this many
     * @throws IllegalArgumentException if the capacity is negative
     */
    public TimerWheel(Order order, int initialCapacity) {
        nodes = new TimerNodes(initialCapacity);
        heap = new ExpiryHeap(nodes, order);
        crowd = new Crowd(nodes, order);
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
        int fired = 0;
        while (nowNs > boundNs && fired < limit) {
            workLeft = Integer.MAX_VALUE;
            fired += fireDue(nowNs, limit - fired, handler);
        }
        return fired;
    }

    @Override
    public int expireSome(long nowNs, int limit, Handler handler) {
        if (nowNs <= quietUntilNs) {
            return 0;
        }
        workLeft = WORK_PER_CALL;
        int fired = fireDue(nowNs, limit, handler);
        moveAhead(nowNs);
        findBound();
        // The rings move on with the next coarse tick at the latest: what is armed then finds its place at once.
        long ringsMoveNs = coarse.startNs(coarse.tickOf(nowNs) + 1);
        quietUntilNs = Math.min(boundNs, Math.min(ringsMoveNs, Math.min(fine.wakeNs(), coarse.wakeNs())));
        return fired;
    }

    @Override
    public boolean isBehind(long nowNs) {
        return nowNs > boundNs;
    }

    @Override
    public long earliestNs() {
        long nearestNs = Math.min(heap.firstDeadlineNs(), crowd.earliestNs());
        return Math.min(nearestNs, Math.min(fine.earliestNs(), coarse.earliestNs()));
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
        return (next >= 0 ? nodes.next(next) : 0) ^ (next >= NONE && previous >= 0 ? nodes.next(previous) : 0);
    }

    @Override
    public int nextUp(long beforeNs, int[] into, int from) {
        int to = from + crowd.before(beforeNs, into, from);
        to += heap.before(beforeNs, into, to);
        to += fine.before(beforeNs, into, to);
        return to - from;
    }

    /** Fires and moves what is due, in turn, as far as limit and work go. */
    private int fireDue(long nowNs, int limit, Handler handler) {
        moveHorizons(nowNs);
        int fired = 0;
        while (true) {
            findBound();
            if (boundNs >= nowNs || workLeft <= 0) {
                return fired;
            }
            if (ringsBoundNs() == boundNs) {
                moveOne(coarse.boundNs() <= fine.boundNs() ? coarse : fine);
            } else if (crowd.boundNs() > boundNs || isCrowdReady()) {
                if (fired == limit) {
                    return fired;
                }
                fire(boundNs, handler);
                fired++;
            }
        }
    }

    /** Whether the crowd's first timer can fire; works on it otherwise. */
    private boolean isCrowdReady() {
        if (crowd.isInOrder() && crowd.passOver(1)) {
            return true;
        }
        workLeft -= WORK_PER_CALL;
        if (crowd.isInOrder()) {
            crowd.passOver(WORK_PER_CALL);
        } else {
            crowd.sort(SORTED_PER_CALL);
        }
        return false;
    }

    private void findBound() {
        boundNs = Math.min(ringsBoundNs(), Math.min(heap.firstDeadlineNs(), crowd.boundNs()));
    }

    private long ringsBoundNs() {
        return Math.min(fine.boundNs(), coarse.boundNs());
    }

    private void fire(long deadlineNs, Handler handler) {
        int timer;
        if (isCrowdFirst()) {
            timer = crowd.firstTimer();
            crowd.removeFirst();
        } else {
            timer = heap.first();
            heap.remove(0);
        }
        disarm(timer);
        handler.onExpired(timer, deadlineNs);
    }

    private boolean isCrowdFirst() {
        long crowdNs = crowd.boundNs();
        long heapNs = heap.firstDeadlineNs();
        return crowdNs < heapNs || (crowdNs == heapNs && crowd.firstRank() < heap.firstRank());
    }

    /** What is armed from now on for a tick that has begun comes to the heap at once, for one that is near to the fine ring. */
    private void moveHorizons(long nowNs) {
        coarse.advanceTo(coarse.tickOf(nowNs) + COARSE_LEAD_TICKS + 1);
        // But not beyond what the coarse ring still holds, or a crowd of it would end in the heap.
        fine.advanceTo(Math.min(fine.tickOf(nowNs) + 1, fine.tickOf(coarse.boundNs())));
    }

    /** Moves slots whose time is near on to the next level, with what is left of a call's work. */
    private void moveAhead(long nowNs) {
        long lastCoarse = coarse.tickOf(nowNs) + COARSE_LEAD_TICKS;
        while (workLeft > 0 && coarse.boundTick() <= lastCoarse) {
            moveOne(coarse);
        }
        long lastFine = fine.tickOf(nowNs) + FINE_LEAD_TICKS;
        while (workLeft > 0 && fine.boundTick() <= lastFine && mayMoveAhead()) {
            moveOne(fine);
        }
        while (workLeft > 0 && !crowd.isEmpty() && !crowd.isInOrder() && !fine.isOpen()) {
            isCrowdReady();
        }
    }

    /** A slot that was begun is finished; the next one is when there is room for it and nothing before it. */
    private boolean mayMoveAhead() {
        return fine.isOpen() || (heap.size() < HEAP_ENOUGH && crowd.isEmpty() && fine.boundNs() < coarse.boundNs());
    }

    private void moveOne(SlotRing ring) {
        workLeft--;
        ring.open();
        long openedTick = ring.boundTick();
        int timer = ring.poll();
        if (timer != NONE) {
            long deadlineNs = nodes.deadlineNs(timer);
            // After a leap of time later rounds of the slot may be due as well, but a crowd is of one tick.
            if (ring == fine && fine.tickOf(deadlineNs) == openedTick && ++toHeap > CROWD_FROM) {
                crowd.add(timer, deadlineNs, fine.startNs(fine.tickOf(deadlineNs)));
            } else {
                place(timer, deadlineNs);
            }
        }
        if (ring == fine && !fine.isOpen()) {
            crowd.close();
            toHeap = 0;
        }
    }

    /** Puts an armed timer where it belongs now; the farther level has the first say. */
    private void place(int timer, long deadlineNs) {
        if (coarse.covers(deadlineNs)) {
            link(coarse, timer, deadlineNs);
        } else if (fine.covers(deadlineNs)) {
            link(fine, timer, deadlineNs);
        } else {
            heap.add(timer, deadlineNs);
            boundNs = Math.min(boundNs, deadlineNs);
            quietUntilNs = Math.min(quietUntilNs, deadlineNs);
        }
    }

    private void link(SlotRing ring, int timer, long deadlineNs) {
        ring.link(timer, deadlineNs);
        boundNs = Math.min(boundNs, ring.boundNs());
        quietUntilNs = Math.min(quietUntilNs, ring.wakeNs());
    }

    private void remove(int timer) {
        int next = nodes.next(timer);
        if (next == IN_CROWD) {
            crowd.leave();
            return;
        }
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
