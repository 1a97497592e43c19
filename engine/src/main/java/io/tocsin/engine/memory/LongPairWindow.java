package io.tocsin.engine.memory;

import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import java.util.Arrays;

/**
 * Remembers the last so many 128-bit fingerprints and tells whether one was seen before. With a million remembered, the
 * chance that a new one is taken for an old one is below 10^-32 a question.
 *
 * <p>One thread. Starts small, doubles up to its capacity, then allocates nothing. 16 bytes a fingerprint and 11 to 22 of index.
 */
public final class LongPairWindow {
    private final int capacity;
    private long[] high;
    private long[] low;
    private final HashIndex index = new HashIndex();
    private int next;
    private int size;

    /**
     * A window.
     *
     * @param capacity how many are remembered, 1 to 100,000,000
     */
    public LongPairWindow(int capacity) {
        if (capacity < 1 || capacity > 100_000_000) {
            throw new IllegalArgumentException("window of " + capacity + " ids, allowed are 1 to 100000000");
        }
        this.capacity = capacity;
        resize(Math.min(capacity, 1_024));
    }

    /**
     * Remembers a fingerprint; the oldest is forgotten for it when the window is full.
     *
     * @return false when it was remembered already; nothing changes then
     */
    public boolean add(long highBits, long lowBits) {
        if (contains(highBits, lowBits)) {
            return false;
        }
        if (size == high.length) {
            if (size < capacity) {
                resize((int) Math.min(capacity, size * 2L));
            } else {
                index.remove(low[next], next);
                size--;
            }
        }
        high[next] = highBits;
        low[next] = lowBits;
        index.add(lowBits, next);
        next = next + 1 == high.length ? 0 : next + 1;
        size++;
        return true;
    }

    /** Reads where a search for a fingerprint begins; for the reading alone. */
    public long touch(long lowBits) {
        return index.touch(lowBits);
    }

    /** Reads where the oldest but so many is found, if it has to go when more come; for the reading alone. */
    public long touchOldest(int younger) {
        int at = next + younger;
        return size < high.length ? 0 : index.touch(low[at < size ? at : at % size]);
    }

    /** How many are remembered at most. */
    public int capacity() {
        return capacity;
    }

    /** Writes what is remembered, the oldest first. */
    public void save(SnapshotWriter out) {
        out.number(size);
        for (int i = 0; i < size; i++) {
            int at = fromOldest(i);
            out.fixed(high[at]);
            out.fixed(low[at]);
        }
    }

    /** Remembers what was written; nothing may be remembered before. */
    public void load(SnapshotReader in) {
        int count = in.upTo(capacity);
        resize(Math.max(high.length, count));
        for (int i = 0; i < count; i++) {
            high[i] = in.fixed();
            low[i] = in.fixed();
            index.add(low[i], i);
        }
        size = count;
        next = size == high.length ? 0 : size;
    }

    /** A hash of what is remembered and in which order. */
    public long stateHash() {
        long hash = size;
        for (int i = 0; i < size; i++) {
            int at = fromOldest(i);
            hash = Hashing.fold(Hashing.fold(hash, high[at]), low[at]);
        }
        return hash;
    }

    private int fromOldest(int i) {
        int at = size == high.length ? next + i : i;
        return at < high.length ? at : at - high.length;
    }

    private boolean contains(long highBits, long lowBits) {
        for (int at = index.first(lowBits); at != HashIndex.NONE; at = index.next(lowBits, at)) {
            int entry = index.entry(at);
            if (low[entry] == lowBits && high[entry] == highBits) {
                return true;
            }
        }
        return false;
    }

    /** Only ever called before the window has wrapped round, so that the entries lie in order from 0. */
    private void resize(int newLength) {
        high = high == null ? new long[newLength] : Arrays.copyOf(high, newLength);
        low = low == null ? new long[newLength] : Arrays.copyOf(low, newLength);
        index.makeRoomFor(newLength - size);
        next = size;
    }
}
