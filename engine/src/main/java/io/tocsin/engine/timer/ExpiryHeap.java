package io.tocsin.engine.timer;

import static io.tocsin.engine.timer.TimerNodes.IN_HEAP;

import java.util.Arrays;

/**
 * The timers close to their time in exact order: a heap of four children by (deadline, rank). Deadlines lie beside the
 * timers, so that comparing asks the {@link Timers.Order} only for two of the same instant: where a rank is kept, it is out
 * of the caches by then. Each timer's position is kept in its node, for cancelling. Kept in chunks, so that growing copies
 * nothing but a small directory.
 */
final class ExpiryHeap {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;

    private final TimerNodes nodes;
    private final Timers.Order order;
    private int[][] timers = {new int[1 << CHUNK_BITS]};
    private long[][] deadlines = {new long[1 << CHUNK_BITS]};

    private int size;

    ExpiryHeap(TimerNodes nodes, Timers.Order order) {
        this.nodes = nodes;
        this.order = order;
    }

    int size() {
        return size;
    }

    /** The timer that fires next; there must be one. */
    int first() {
        return timer(0);
    }

    /** The deadline of the timer that fires next, or {@link Timers#NEVER}. */
    long firstDeadlineNs() {
        return size == 0 ? Timers.NEVER : deadlines[0][0];
    }

    /** The rank of the timer that fires next; there must be one. */
    long firstRank() {
        return order.rankOf(first());
    }

    /**
     * Puts timers before an instant into an array from a place on, as many as there is room for; tells how many. Goes down from
     * the first one, so that nothing is looked at that lies below a later one.
     */
    int before(long instantNs, int[] into, int from) {
        int to = from;
        if (to < into.length && firstDeadlineNs() < instantNs) {
            into[to++] = first();
        }
        for (int looked = from; looked < to; looked++) {
            int child = firstChildOf(nodes.previous(into[looked]));
            for (int end = Math.min(child + 4, size); child < end && to < into.length; child++) {
                if (deadlineNs(child) < instantNs) {
                    into[to++] = timer(child);
                }
            }
        }
        return to - from;
    }

    /** Takes in a timer that is nowhere else. */
    void add(int timer, long deadlineNs) {
        if (size >> CHUNK_BITS == timers.length || timers[size >> CHUNK_BITS] == null) {
            grow();
        }
        siftUp(size++, timer, deadlineNs);
    }

    /** Takes out the timer at a position; the last one fills the gap and may belong above it or below. */
    void remove(int position) {
        int last = --size;
        if (position == last) {
            return;
        }
        long deadlineNs = deadlineNs(last);
        if (position > 0 && isBefore(deadlineNs, timer(last), parentOf(position))) {
            siftUp(position, timer(last), deadlineNs);
        } else {
            siftDown(position, timer(last), deadlineNs);
        }
    }

    int timer(int position) {
        return timers[position >> CHUNK_BITS][position & CHUNK_MASK];
    }

    long deadlineNs(int position) {
        return deadlines[position >> CHUNK_BITS][position & CHUNK_MASK];
    }

    private void siftUp(int from, int timer, long deadlineNs) {
        int position = from;
        while (position > 0 && isBefore(deadlineNs, timer, parentOf(position))) {
            move(parentOf(position), position);
            position = parentOf(position);
        }
        put(position, timer, deadlineNs);
    }

    private void siftDown(int from, int timer, long deadlineNs) {
        int position = from;
        while (firstChildOf(position) < size) {
            int child = leastChildOf(position);
            if (isBefore(deadlineNs, timer, child)) {
                break;
            }
            move(child, position);
            position = child;
        }
        put(position, timer, deadlineNs);
    }

    private int leastChildOf(int position) {
        int least = firstChildOf(position);
        int end = Math.min(least + 4, size);
        for (int child = least + 1; child < end; child++) {
            if (isBefore(deadlineNs(child), timer(child), least)) {
                least = child;
            }
        }
        return least;
    }

    private boolean isBefore(long deadlineNs, int timer, int position) {
        long otherNs = deadlineNs(position);
        return deadlineNs < otherNs || (deadlineNs == otherNs && order.rankOf(timer) < order.rankOf(timer(position)));
    }

    private void move(int from, int to) {
        put(to, timer(from), deadlineNs(from));
    }

    private void put(int position, int timer, long deadlineNs) {
        timers[position >> CHUNK_BITS][position & CHUNK_MASK] = timer;
        deadlines[position >> CHUNK_BITS][position & CHUNK_MASK] = deadlineNs;
        nodes.next(timer, IN_HEAP);
        nodes.previous(timer, position);
    }

    private void grow() {
        int chunk = size >> CHUNK_BITS;
        if (chunk == timers.length) {
            timers = Arrays.copyOf(timers, chunk * 2);
            deadlines = Arrays.copyOf(deadlines, chunk * 2);
        }
        timers[chunk] = new int[1 << CHUNK_BITS];
        deadlines[chunk] = new long[1 << CHUNK_BITS];
    }

    private static int parentOf(int position) {
        return (position - 1) >> 2;
    }

    private static int firstChildOf(int position) {
        return (position << 2) + 1;
    }
}
