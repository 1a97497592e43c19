package io.tocsin.engine.timer;

import static io.tocsin.engine.timer.TimerNodes.IN_CROWD;

import java.util.Arrays;

/**
 * The timers of one tick of the fine ring, if they are too many for the {@link ExpiryHeap}: collected, put in order of
 * (deadline, rank) once, then fired from the front. A heap of a million takes some 300 ns to give up each; this takes some
 * 40 for everything, and each step of it may be as short as one likes.
 *
 * <pre>
 *   empty -- add ... --> collecting -- close --> sorting -- sort ... --> in order -- removeFirst ... --> empty
 *
 *   an entry     | rank, its sign bit turned | deadline - start of the tick (20 bits) | timer (32 bits) |
 * </pre>
 *
 * Sorted by radix, {@value #DIGIT_BITS} bits a pass from the lowest on, from one buffer to another and back; passes in which
 * all agree are left out, so that a crowd of one instant takes as many as its ranks differ in. A timer that is cancelled
 * only leaves its node; its entry is passed over when its turn comes. Buffers are kept for the next crowd, in chunks.
 */
final class Crowd {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;
    private static final int RANK_PASSES = 6;
    private static final int OFFSET_SHIFT = Integer.SIZE;
    private static final int OFFSET_PASSES = 2;

    private enum Stage {
        COLLECTING,
        COUNTING,
        MOVING,
        IN_ORDER
    }

    private final TimerNodes nodes;
    private final Timers.Order order;
    private final int[] places = new int[DIGITS];
    private long[][] entries = {};
    private long[][] others = {};

    private Stage stage = Stage.COLLECTING;
    /** Entries there are, those of cancelled and fired timers included. */
    private int size;
    /** Timers that are armed and nowhere but here. */
    private int armed;

    private long tickStartNs;
    private long rankDifferences;
    private long offsetDifferences;
    private int pass;
    /** The next entry to be counted, moved or fired. */
    private int next;

    Crowd(TimerNodes nodes, Timers.Order order) {
        this.nodes = nodes;
        this.order = order;
    }

    /** How many timers are armed in it. */
    int armed() {
        return armed;
    }

    /** Whether a tick's timers may come in. */
    boolean isEmpty() {
        return size == 0;
    }

    /** Whether {@link #firstTimer} is known. */
    boolean isInOrder() {
        return stage == Stage.IN_ORDER;
    }

    /** An instant no timer here is earlier than, the exact one if it {@linkplain #isInOrder() is in order}; or {@link Timers#NEVER}. */
    long boundNs() {
        if (size == 0) {
            return Timers.NEVER;
        }
        return stage == Stage.IN_ORDER ? deadlineNs(next) : tickStartNs;
    }

    /** The timer that fires next. */
    int firstTimer() {
        return timer(next);
    }

    /** The rank of the timer that fires next. */
    long firstRank() {
        return entries[next >> CHUNK_BITS][(next & CHUNK_MASK) << 1] ^ Long.MIN_VALUE;
    }

    /** Collects a timer that is nowhere else, of the same tick as the others. */
    void add(int timer, long deadlineNs, long startOfTickNs) {
        tickStartNs = startOfTickNs;
        int chunk = size >> CHUNK_BITS;
        if (chunk == entries.length || entries[chunk] == null) {
            grow(chunk);
        }
        long rank = order.rankOf(timer) ^ Long.MIN_VALUE;
        long word = (deadlineNs - startOfTickNs) << OFFSET_SHIFT | timer;
        int entry = (size & CHUNK_MASK) << 1;
        entries[chunk][entry] = rank;
        entries[chunk][entry + 1] = word;
        rankDifferences |= rank ^ entries[0][0];
        offsetDifferences |= (word ^ entries[0][1]) >>> OFFSET_SHIFT;
        nodes.next(timer, IN_CROWD);
        size++;
        armed++;
    }

    /** All of the tick's timers are in. */
    void close() {
        if (stage == Stage.COLLECTING && size > 0) {
            pass = -1;
            beginNextPass();
        }
    }

    /** Puts them in order, looking at so many entries at most; to be called until it {@linkplain #isInOrder() is in order}. */
    void sort(int most) {
        int end = Math.min(size, next + most);
        if (stage == Stage.COUNTING) {
            count(end);
        } else if (stage == Stage.MOVING) {
            move(end);
        }
    }

    /** A timer goes from here to elsewhere, or is cancelled. */
    void leave() {
        if (--armed == 0 && stage != Stage.COLLECTING) {
            clear();
        }
    }

    /** Takes out the timer that fires next. */
    void removeFirst() {
        next++;
        leave();
    }

    /** Passes over entries whose timers have left, so many at most; whether the first one that is left is there. */
    boolean passOver(int most) {
        for (int end = Math.min(size, next + most); next < end; next++) {
            if (isThere(next)) {
                return true;
            }
        }
        return false;
    }

    /** The exact earliest deadline, or {@link Timers#NEVER}. Looks at all unless they are in order. */
    long earliestNs() {
        long earliestNs = Timers.NEVER;
        for (int entry = isInOrder() ? next : 0; entry < size; entry++) {
            if (isThere(entry)) {
                earliestNs = Math.min(earliestNs, deadlineNs(entry));
                if (isInOrder()) {
                    break;
                }
            }
        }
        return earliestNs;
    }

    /** Shows what is armed, in no order unless it is in order. */
    void forEach(Timers.Handler handler) {
        for (int entry = isInOrder() ? next : 0; entry < size; entry++) {
            if (isThere(entry)) {
                handler.onExpired(timer(entry), deadlineNs(entry));
            }
        }
    }

    /** Puts those that fire next and before an instant into an array from a place on, as far as there is room; tells how many. */
    int before(long instantNs, int[] into, int from) {
        int to = from;
        for (int entry = next;
                stage == Stage.IN_ORDER && entry < size && to < into.length && deadlineNs(entry) < instantNs;
                entry++) {
            into[to++] = timer(entry);
        }
        return to - from;
    }

    private void count(int end) {
        int word = pass < RANK_PASSES ? 0 : 1;
        int shift = shift();
        for (; next < end; next++) {
            long key = entries[next >> CHUNK_BITS][((next & CHUNK_MASK) << 1) + word];
            places[(int) (key >>> shift) & (DIGITS - 1)]++;
        }
        if (next == size) {
            int place = 0;
            for (int digit = 0; digit < DIGITS; digit++) {
                int count = places[digit];
                places[digit] = place;
                place += count;
            }
            next = 0;
            stage = Stage.MOVING;
        }
    }

    private void move(int end) {
        int word = pass < RANK_PASSES ? 0 : 1;
        int shift = shift();
        for (; next < end; next++) {
            long[] chunk = entries[next >> CHUNK_BITS];
            int entry = (next & CHUNK_MASK) << 1;
            int place = places[(int) (chunk[entry + word] >>> shift) & (DIGITS - 1)]++;
            long[] other = others[place >> CHUNK_BITS];
            int otherEntry = (place & CHUNK_MASK) << 1;
            other[otherEntry] = chunk[entry];
            other[otherEntry + 1] = chunk[entry + 1];
        }
        if (next == size) {
            long[][] sorted = others;
            others = entries;
            entries = sorted;
            beginNextPass();
        }
    }

    /** Goes on to the next pass in which not all agree, or to the end. */
    private void beginNextPass() {
        next = 0;
        stage = Stage.IN_ORDER;
        while (++pass < RANK_PASSES + OFFSET_PASSES) {
            long differences = pass < RANK_PASSES ? rankDifferences : offsetDifferences << OFFSET_SHIFT;
            if ((differences >>> shift() & (DIGITS - 1)) != 0) {
                stage = Stage.COUNTING;
                Arrays.fill(places, 0);
                break;
            }
        }
        if (armed == 0) {
            clear();
        }
    }

    private int shift() {
        return pass < RANK_PASSES ? pass * DIGIT_BITS : OFFSET_SHIFT + (pass - RANK_PASSES) * DIGIT_BITS;
    }

    private void clear() {
        stage = Stage.COLLECTING;
        size = 0;
        next = 0;
        rankDifferences = 0;
        offsetDifferences = 0;
    }

    private void grow(int chunk) {
        if (chunk == entries.length) {
            entries = Arrays.copyOf(entries, Math.max(16, chunk * 2));
            others = Arrays.copyOf(others, Math.max(16, chunk * 2));
        }
        entries[chunk] = new long[2 << CHUNK_BITS];
        others[chunk] = new long[2 << CHUNK_BITS];
    }

    /** A timer that left and came to its tick again is in the heap. */
    private boolean isThere(int entry) {
        int timer = timer(entry);
        return nodes.next(timer) == IN_CROWD && nodes.deadlineNs(timer) != Timers.NEVER;
    }

    private long deadlineNs(int entry) {
        return tickStartNs + (entries[entry >> CHUNK_BITS][((entry & CHUNK_MASK) << 1) + 1] >>> OFFSET_SHIFT);
    }

    private int timer(int entry) {
        return (int) entries[entry >> CHUNK_BITS][((entry & CHUNK_MASK) << 1) + 1];
    }
}
