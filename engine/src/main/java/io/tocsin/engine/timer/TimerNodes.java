package io.tocsin.engine.timer;

import java.util.Arrays;

/**
 * What the wheel knows of each timer: its deadline and where it is kept. Four ints a timer, side by side, so that a timer
 * is one cache line and a link is changed by one store that waits for no load; in chunks, so that growing copies nothing
 * but a small directory.
 *
 * <pre>
 *     | next | previous | deadlineNs, upper half | lower half |
 *
 *     not armed          void                  void                            Timers.NEVER
 *     in a slot's list   next timer or NONE    previous timer; in the first    the deadline
 *                                              of the list the slot's tag,
 *                                              which is negative
 *     in the heap        IN_HEAP               position in the heap            the deadline
 *     in the crowd       IN_CROWD              void                            the deadline
 * </pre>
 */
final class TimerNodes {
    /** Stands for no timer: the end of a list. */
    static final int NONE = -1;
    /** In place of the next timer: this one is in the heap. */
    static final int IN_HEAP = -2;
    /** In place of the next timer: this one is in the crowd. */
    static final int IN_CROWD = -3;

    /** 256 KiB: an array of half a region of the heap or more would take up whole ones. */
    private static final int CHUNK_BITS = 14;

    private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;

    private static final int NEXT = 0;
    private static final int PREVIOUS = 1;
    private static final int DEADLINE_UPPER = 2;
    private static final int DEADLINE_LOWER = 3;
    private static final int NODE_BITS = 2;

    private int[][] chunks;

    TimerNodes(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("initial capacity is " + capacity + ", must be 0 or more timers");
        }
        chunks = new int[(int) ((capacity + (long) CHUNK_MASK) >> CHUNK_BITS)][];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = newChunk();
        }
    }

    /** To be called before a timer is armed; may allocate its chunk. */
    void makeRoomFor(int timer) {
        if (timer < 0) {
            throw new IllegalArgumentException("timer is " + timer + ", must be a slot number of 0 or more");
        }
        int chunk = timer >>> CHUNK_BITS;
        if (chunk >= chunks.length) {
            chunks = Arrays.copyOf(chunks, Math.max(chunk + 1, chunks.length * 2));
        }
        if (chunks[chunk] == null) {
            chunks[chunk] = newChunk();
        }
    }

    /** For any int: what was never armed has no deadline. */
    long deadlineNs(int timer) {
        int index = timer >>> CHUNK_BITS;
        int[] chunk = index < chunks.length ? chunks[index] : null;
        if (chunk == null) {
            return Timers.NEVER;
        }
        int node = nodeOf(timer);
        return ((long) chunk[node + DEADLINE_UPPER] << Integer.SIZE)
                | Integer.toUnsignedLong(chunk[node + DEADLINE_LOWER]);
    }

    void deadlineNs(int timer, long deadlineNs) {
        put(chunkOf(timer), nodeOf(timer), deadlineNs);
    }

    int next(int timer) {
        return chunkOf(timer)[nodeOf(timer) + NEXT];
    }

    void next(int timer, int next) {
        chunkOf(timer)[nodeOf(timer) + NEXT] = next;
    }

    int previous(int timer) {
        return chunkOf(timer)[nodeOf(timer) + PREVIOUS];
    }

    void previous(int timer, int previous) {
        chunkOf(timer)[nodeOf(timer) + PREVIOUS] = previous;
    }

    private int[] chunkOf(int timer) {
        return chunks[timer >>> CHUNK_BITS];
    }

    private static int nodeOf(int timer) {
        return (timer & CHUNK_MASK) << NODE_BITS;
    }

    private static int[] newChunk() {
        int[] chunk = new int[1 << (CHUNK_BITS + NODE_BITS)];
        for (int node = 0; node < chunk.length; node += 1 << NODE_BITS) {
            put(chunk, node, Timers.NEVER);
        }
        return chunk;
    }

    private static void put(int[] chunk, int node, long deadlineNs) {
        chunk[node + DEADLINE_UPPER] = (int) (deadlineNs >> Integer.SIZE);
        chunk[node + DEADLINE_LOWER] = (int) deadlineNs;
    }
}
