package io.tocsin.engine.timer;

import static io.tocsin.engine.timer.TimerNodes.NONE;

import java.util.Arrays;

/**
 * One level of the wheel: a ring of slots, each the unordered list of the timers of one tick, or of several ticks that
 * lie whole rounds of the ring apart. A tick is a deadline without its lowest bits.
 *
 * <p>The ring takes timers from its {@linkplain #covers horizon} on, which only moves forward. A slot is emptied through
 * {@link #open} and {@link #poll}: opening sets its list apart, so that emptying may pause between any two timers while
 * others are armed and cancelled. Timers of a later round that come out of it are simply linked again.
 *
 * <p>Each slot remembers the lowest round it may hold, and a bitmap tells the slots in use; together they give the next
 * tick without walking lists. Both are lower bounds: they are exact again after the slot was opened.
 */
final class SlotRing {
    /** Stands for no tick. */
    static final long NO_TICK = Long.MAX_VALUE;

    final int tickBits;
    final int slotBits;
    final int slotCount;
    /** How many ticks before its time a slot may be emptied. */
    final int leadTicks;

    /** The first timer of each slot, and behind them that of the opened list. */
    final int[] heads;

    final int[] lowestRound;
    final long[] occupied;

    private final TimerNodes nodes;
    private final int firstTag;

    private long horizonTick;
    private long openedTick = NO_TICK;
    /** The first instant of {@link #boundTick}. */
    private long boundNs = Long.MAX_VALUE;
    /** No timer in a slot, the opened list aside, is of an earlier tick. */
    private long nextTick = NO_TICK;

    /**
     * @param firstTag the number of the first slot; rings that share nodes must not overlap
     * @param slotBits at least 6 (a word of the bitmap); rounds must fit into an int: with the tick's bits at least 32
     */
    SlotRing(TimerNodes nodes, int firstTag, int tickBits, int slotBits, int leadTicks) {
        this.nodes = nodes;
        this.firstTag = firstTag;
        this.tickBits = tickBits;
        this.slotBits = slotBits;
        this.slotCount = 1 << slotBits;
        this.leadTicks = leadTicks;
        this.heads = new int[slotCount + 1];
        this.lowestRound = new int[slotCount];
        this.occupied = new long[(slotCount >> 6) + 1];
        this.horizonTick = tickOf(Long.MIN_VALUE);
        Arrays.fill(heads, NONE);
    }

    long tickOf(long instantNs) {
        return instantNs >> tickBits;
    }

    /** The first instant of a tick, or the nearest a long can hold. */
    long startNs(long tick) {
        long startNs = tick << tickBits;
        if (startNs >> tickBits == tick) {
            return startNs;
        }
        return tick < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** Whether timers of this instant are for this ring; if not, it is for a nearer level. */
    boolean covers(long deadlineNs) {
        return tickOf(deadlineNs) >= horizonTick;
    }

    /** Leaves ticks before this one to the nearer levels from now on; timers of such ticks that are here stay. */
    void advanceTo(long tick) {
        horizonTick = Math.max(horizonTick, tick);
    }

    /** A tick no timer here is earlier than, or {@link #NO_TICK} when there is none. */
    long boundTick() {
        return openedTick != NO_TICK ? openedTick : nextTick;
    }

    /** An instant no timer here is earlier than. */
    long boundNs() {
        return boundNs;
    }

    /** The instant from which on the next slot may be emptied. */
    long wakeNs() {
        return startNs(boundTick() - leadTicks);
    }

    /** Takes in a timer that is nowhere else; its deadline must be {@linkplain #covers covered}. */
    void link(int timer, long deadlineNs) {
        long tick = tickOf(deadlineNs);
        int slot = slotOf(tick);
        int round = (int) (tick >> slotBits);
        int first = heads[slot];
        if (first == NONE) {
            lowestRound[slot] = round;
            occupied[slot >> 6] |= 1L << slot;
        } else {
            lowestRound[slot] = Math.min(lowestRound[slot], round);
            nodes.previous(first, timer);
        }
        nodes.next(timer, first);
        nodes.previous(timer, tagOf(slot));
        heads[slot] = timer;
        if (tick < nextTick) {
            nextTick = tick;
            findBound();
        }
    }

    /** Whether a slot is being emptied. */
    boolean isOpen() {
        return openedTick != NO_TICK;
    }

    /** Opens the slot of the next tick, unless one is open; what comes out later than that tick is to be linked again. */
    void open() {
        if (openedTick != NO_TICK || nextTick == NO_TICK) {
            return;
        }
        int slot = slotOf(nextTick);
        int first = heads[slot];
        if (first != NONE) {
            first(tagOf(slot), NONE);
            heads[slotCount] = first;
            nodes.previous(first, tagOf(slotCount));
            openedTick = nextTick;
        }
        advanceTo(nextTick + 1);
        nextTick = findNextTick(nextTick + 1);
        findBound();
    }

    /** Takes a timer out of the opened slot; {@link TimerNodes#NONE} when it is empty. The last one closes it. */
    int poll() {
        int timer = heads[slotCount];
        if (timer != NONE) {
            int next = nodes.next(timer);
            heads[slotCount] = next;
            if (next != NONE) {
                nodes.previous(next, tagOf(slotCount));
                return timer;
            }
        }
        openedTick = NO_TICK;
        findBound();
        return timer;
    }

    /** Whether a tag, as found in the first timer of a list, names a list of this ring. */
    boolean owns(int tag) {
        int slot = ~tag - firstTag;
        return slot >= 0 && slot <= slotCount;
    }

    /** The first number behind those of this ring's lists. */
    int endTag() {
        return firstTag + slotCount + 1;
    }

    /** Lets a list begin with another timer, or none; the timer's own link is the caller's. */
    void first(int tag, int timer) {
        int slot = ~tag - firstTag;
        heads[slot] = timer;
        if (timer == NONE) {
            occupied[slot >> 6] &= ~(1L << slot);
        }
    }

    /** The exact earliest deadline, or {@link Timers#NEVER}: walks one list, more where timers were cancelled. */
    long earliestNs() {
        long earliestNs = earliestIn(slotCount);
        while (nextTick != NO_TICK) {
            int slot = slotOf(nextTick);
            long inSlotNs = earliestIn(slot);
            if (heads[slot] != NONE) {
                long tick = tickOf(inSlotNs);
                lowestRound[slot] = (int) (tick >> slotBits);
                if (tick == nextTick) {
                    earliestNs = Math.min(earliestNs, inSlotNs);
                    break;
                }
            }
            nextTick = findNextTick(nextTick);
        }
        findBound();
        return earliestNs;
    }

    /**
     * Puts timers of slots whose tick begins before an instant into an array from a place on, as far as there is room; tells how
     * many. Some may be of a later round.
     */
    int before(long instantNs, int[] into, int from) {
        int to = from;
        long lastTick = tickOf(instantNs);
        long tick = nextTick;
        while (tick <= lastTick && to < into.length) {
            for (int timer = heads[slotOf(tick)]; timer != NONE && to < into.length; timer = nodes.next(timer)) {
                into[to++] = timer;
            }
            // What was looked at is still there: once round the ring it is found again.
            long next = findNextTick(tick + 1);
            tick = next > tick ? next : NO_TICK;
        }
        return to - from;
    }

    private void findBound() {
        boundNs = startNs(boundTick());
    }

    private long earliestIn(int slot) {
        long earliestNs = Timers.NEVER;
        for (int timer = heads[slot]; timer != NONE; timer = nodes.next(timer)) {
            earliestNs = Math.min(earliestNs, nodes.deadlineNs(timer));
        }
        return earliestNs;
    }

    /**
     * The lowest tick the slots may hold, given that there is none before {@code fromTick}. Goes once round the ring,
     * from that tick's slot on: the first slot in use for this round is the answer; if there is none, it is the lowest of
     * the later rounds.
     */
    private long findNextTick(long fromTick) {
        int start = slotOf(fromTick);
        int wordCount = slotCount >> 6;
        int wordIndex = start >> 6;
        long word = occupied[wordIndex] & (-1L << start);
        long lowestTick = NO_TICK;
        for (int i = 0; i <= wordCount; i++) {
            for (; word != 0; word &= word - 1) {
                int slot = (wordIndex << 6) + Long.numberOfTrailingZeros(word);
                long tick = ((long) lowestRound[slot] << slotBits) | slot;
                if (tick - fromTick < slotCount) {
                    return tick;
                }
                lowestTick = Math.min(lowestTick, tick);
            }
            wordIndex = (wordIndex + 1) & (wordCount - 1);
            word = occupied[wordIndex];
        }
        return lowestTick;
    }

    private int slotOf(long tick) {
        return (int) tick & (slotCount - 1);
    }

    /** What the first timer of a slot's list has in place of a previous one. */
    int tagOf(int slot) {
        return ~(firstTag + slot);
    }
}
