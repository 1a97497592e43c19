package io.tocsin.engine.memory;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Texts that occur again and again, each kept once under a small number. A text has a kind beside its bytes; the same
 * bytes of another kind are another text. Numbers are counted references: a text that nobody holds any more is
 * forgotten, and its number goes to another text.
 *
 * <p>One thread. Grows by doubling its tables and otherwise allocates nothing.
 */
public final class Interner {
    /** Stands for a text that is not known. */
    public static final int UNKNOWN = -1;

    private static final long SEED = 0x7463_7369_6E5F_6964L;

    private final ByteArena arena = new ByteArena();
    private final HashIndex index = new HashIndex();
    private long[] hashes = new long[32];
    private int[] refs = new int[32];
    private int[] holders = new int[32];
    private byte[] kinds = new byte[32];
    private int highest;
    private int firstFree = UNKNOWN;

    /** Makes room for so many more texts, so that nothing has to grow for them. */
    public void makeRoomFor(int more) {
        index.makeRoomFor(more);
        if (highest + more > hashes.length) {
            growNumbers(highest + more);
        }
    }

    /** One more than the highest number ever given. */
    public int numberCount() {
        return highest;
    }

    /** The number of a text, now held once more. */
    public int acquire(int kind, DirectBuffer buffer, int offset, int length) {
        long hash = hash(kind, buffer, offset, length);
        int id = find(hash, kind, buffer, offset, length);
        if (id == UNKNOWN) {
            id = add(hash, kind, buffer, offset, length);
        }
        holders[id]++;
        return id;
    }

    /** The number of a text if it is known, else {@link #UNKNOWN}; it is not held by this. */
    public int find(int kind, DirectBuffer buffer, int offset, int length) {
        return find(hash(kind, buffer, offset, length), kind, buffer, offset, length);
    }

    /** Holds a known text once more. */
    public void hold(int id) {
        holders[id]++;
    }

    /** Lets go of a text once; after the last holder it is forgotten. */
    public void release(int id) {
        if (--holders[id] == 0) {
            remove(id);
        }
    }

    /** The kind of a text. */
    public int kind(int id) {
        return kinds[id];
    }

    /** The buffer that holds a text, at {@link #offset} and {@link #length}. */
    public DirectBuffer buffer(int id) {
        return arena.buffer(refs[id]);
    }

    /** Where a text begins in its buffer. */
    public int offset(int id) {
        return arena.offset(refs[id]);
    }

    /** A text's length in bytes. */
    public int length(int id) {
        return arena.length(refs[id]);
    }

    /** A text's hash, independent of its number. */
    public long hashOf(int id) {
        return hashes[id];
    }

    /** The text. Allocates. */
    public String text(int id) {
        return arena.text(refs[id]);
    }

    private int find(long hash, int kind, DirectBuffer buffer, int offset, int length) {
        for (int at = index.first(hash); at != HashIndex.NONE; at = index.next(hash, at)) {
            int id = index.entry(at);
            if (hashes[id] == hash && kinds[id] == kind && arena.equals(refs[id], buffer, offset, length)) {
                return id;
            }
        }
        return UNKNOWN;
    }

    private int add(long hash, int kind, DirectBuffer buffer, int offset, int length) {
        int id = takeNumber();
        hashes[id] = hash;
        kinds[id] = (byte) kind;
        refs[id] = arena.put(buffer, offset, length);
        holders[id] = 0;
        index.add(hash, id);
        return id;
    }

    private int takeNumber() {
        if (firstFree != UNKNOWN) {
            int id = firstFree;
            firstFree = refs[id];
            return id;
        }
        if (highest == hashes.length) {
            growNumbers(highest * 2);
        }
        return highest++;
    }

    private void growNumbers(int capacity) {
        hashes = Arrays.copyOf(hashes, capacity);
        refs = Arrays.copyOf(refs, capacity);
        holders = Arrays.copyOf(holders, capacity);
        kinds = Arrays.copyOf(kinds, capacity);
    }

    private void remove(int id) {
        index.remove(hashes[id], id);
        arena.free(refs[id]);
        refs[id] = firstFree;
        firstFree = id;
    }

    private static long hash(int kind, DirectBuffer buffer, int offset, int length) {
        return Hashing.hash(buffer, offset, length, SEED + kind);
    }
}
