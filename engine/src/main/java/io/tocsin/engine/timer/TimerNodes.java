package io.tocsin.engine.timer;

import java.util.Arrays;

/**
 * What the wheel knows of each timer: its deadline and where it is kept. Two longs a timer, side by side, so that a timer
 * is one cache line; in chunks, so that growing copies nothing but a small directory.
 *
 * <pre>
 *     | deadlineNs                    |     Timers.NEVER: not armed, and the rest is void
 *     | next           | previous     |
 *
 *     in a slot's list   next timer or NONE    previous timer, or the slot's tag (negative) in the first of the list
 *     in the heap        IN_HEAP               position in the heap
 * </pre>
 */
final class TimerNodes {
    /** Stands for no timer: the end of a list. */
    static final int NONE = -1;
    /** In place of the next timer: this one is in the heap. */
    static final int IN_HEAP = -2;

    private static final int CHUNK_BITS = 16;
    private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;

    private long[][] chunks;

    TimerNodes(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("initial capacity is " + capacity + ", must be 0 or more timers");
        }
        chunks = new long[(int) ((capacity + (long) CHUNK_MASK) >> CHUNK_BITS)][];
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
        int chunk = timer >>> CHUNK_BITS;
        return chunk < chunks.length && chunks[chunk] != null ? chunks[chunk][wordOf(timer)] : Timers.NEVER;
    }

    void deadlineNs(int timer, long deadlineNs) {
        chunkOf(timer)[wordOf(timer)] = deadlineNs;
    }

    int next(int timer) {
        return (int) (chunkOf(timer)[wordOf(timer) + 1] >> Integer.SIZE);
    }

    void next(int timer, int next) {
        links(timer, next, previous(timer));
    }

    int previous(int timer) {
        return (int) chunkOf(timer)[wordOf(timer) + 1];
    }

    void previous(int timer, int previous) {
        links(timer, next(timer), previous);
    }

    void links(int timer, int next, int previous) {
        chunkOf(timer)[wordOf(timer) + 1] = ((long) next << Integer.SIZE) | Integer.toUnsignedLong(previous);
    }

    private long[] chunkOf(int timer) {
        return chunks[timer >>> CHUNK_BITS];
    }

    private static int wordOf(int timer) {
        return (timer & CHUNK_MASK) << 1;
    }

    private static long[] newChunk() {
        long[] chunk = new long[2 << CHUNK_BITS];
        Arrays.fill(chunk, Timers.NEVER);
        return chunk;
    }
}
