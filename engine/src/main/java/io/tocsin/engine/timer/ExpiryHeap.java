package io.tocsin.engine.timer;

import static io.tocsin.engine.timer.TimerNodes.IN_HEAP;

import java.util.Arrays;

/**
 * The timers close to their time in exact order: a heap of four children by (deadline, rank). Keys lie beside the timers,
 * four children in one or two cache lines, so that comparing asks neither the nodes nor the {@link Timers.Order}, which is
 * asked once when a timer comes in. Each timer's position is kept in its node, for cancelling.
 */
final class ExpiryHeap {
    private static final int INITIAL_CAPACITY = 1_024;

    private final TimerNodes nodes;
    private final Timers.Order order;

    int size;
    int[] timers = new int[INITIAL_CAPACITY];
    /** Deadline and rank of each position. */
    long[] keys = new long[INITIAL_CAPACITY * 2];

    ExpiryHeap(TimerNodes nodes, Timers.Order order) {
        this.nodes = nodes;
        this.order = order;
    }

    /** The timer that fires next; there must be one. */
    int first() {
        return timers[0];
    }

    /** The deadline of the timer that fires next, or {@link Timers#NEVER}. */
    long firstDeadlineNs() {
        return size == 0 ? Timers.NEVER : keys[0];
    }

    /** Puts timers before an instant into an array from a place on, as many as there is room for; tells how many. */
    int before(long instantNs, int[] into, int from) {
        int to = from;
        for (int position = 0; position < size && to < into.length; position++) {
            if (keys[2 * position] < instantNs) {
                into[to++] = timers[position];
            }
        }
        return to - from;
    }

    /** Takes in a timer that is nowhere else. */
    void add(int timer, long deadlineNs) {
        if (size == timers.length) {
            grow();
        }
        siftUp(size++, timer, deadlineNs, order.rankOf(timer));
    }

    /** Takes out the timer at a position; the last one fills the gap and may belong above it or below. */
    void remove(int position) {
        int last = --size;
        if (position == last) {
            return;
        }
        long deadlineNs = keys[2 * last];
        long rank = keys[2 * last + 1];
        if (position > 0 && isBefore(deadlineNs, rank, parentOf(position))) {
            siftUp(position, timers[last], deadlineNs, rank);
        } else {
            siftDown(position, timers[last], deadlineNs, rank);
        }
    }

    private void siftUp(int from, int timer, long deadlineNs, long rank) {
        int position = from;
        while (position > 0 && isBefore(deadlineNs, rank, parentOf(position))) {
            move(parentOf(position), position);
            position = parentOf(position);
        }
        put(position, timer, deadlineNs, rank);
    }

    private void siftDown(int from, int timer, long deadlineNs, long rank) {
        int position = from;
        while (firstChildOf(position) < size) {
            int child = leastChildOf(position);
            if (isBefore(deadlineNs, rank, child)) {
                break;
            }
            move(child, position);
            position = child;
        }
        put(position, timer, deadlineNs, rank);
    }

    private int leastChildOf(int position) {
        int least = firstChildOf(position);
        int end = Math.min(least + 4, size);
        for (int child = least + 1; child < end; child++) {
            if (isBefore(keys[2 * child], keys[2 * child + 1], least)) {
                least = child;
            }
        }
        return least;
    }

    private boolean isBefore(long deadlineNs, long rank, int position) {
        long otherNs = keys[2 * position];
        return deadlineNs < otherNs || (deadlineNs == otherNs && rank < keys[2 * position + 1]);
    }

    private void move(int from, int to) {
        put(to, timers[from], keys[2 * from], keys[2 * from + 1]);
    }

    private void put(int position, int timer, long deadlineNs, long rank) {
        timers[position] = timer;
        keys[2 * position] = deadlineNs;
        keys[2 * position + 1] = rank;
        nodes.next(timer, IN_HEAP);
        nodes.previous(timer, position);
    }

    private void grow() {
        timers = Arrays.copyOf(timers, size * 2);
        keys = Arrays.copyOf(keys, size * 4);
    }

    private static int parentOf(int position) {
        return (position - 1) >> 2;
    }

    private static int firstChildOf(int position) {
        return (position << 2) + 1;
    }
}
