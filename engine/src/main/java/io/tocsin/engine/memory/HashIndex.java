package io.tocsin.engine.memory;

/**
 * Finds entries, any ints but -1, by a 64-bit hash: cells of the hash's upper half and the entry, so that growing, removing
 * and passing over others never asks the entries themselves, which lie anywhere in memory. Linear probing; removal moves
 * later cells back instead of leaving tombstones (Knuth, TAOCP 6.4, algorithm R).
 *
 * <pre>
 *   for (int at = index.first(hash); at != NONE; at = index.next(hash, at)) {
 *       if (isTheOne(index.entry(at))) ...
 *   }
 * </pre>
 *
 * <p>One thread. Eight bytes a cell, of which three quarters are used at most; doubles and otherwise allocates nothing.
 */
public final class HashIndex {
    /** Stands for no cell. */
    public static final int NONE = -1;

    private static final int FIRST_LENGTH = 1 << 6;
    private static final int MOST_LENGTH = 1 << 30;

    private long[] cells = new long[FIRST_LENGTH];
    private int size;

    /** The first cell whose entry may be of a hash, or {@link #NONE}. */
    public int first(long hash) {
        return scan(hash, home(hash));
    }

    /** The next such cell behind one, or {@link #NONE}. */
    public int next(long hash, int at) {
        return scan(hash, at + 1 & cells.length - 1);
    }

    /** The entry of a cell. */
    public int entry(int at) {
        return (int) cells[at] - 1;
    }

    /** Reads where a search for a hash begins; for the reading alone. */
    public long touch(long hash) {
        return cells[home(hash)];
    }

    /** Adds an entry. */
    public void add(long hash, int entry) {
        makeRoomFor(1);
        size++;
        insert(cellOf(hash, entry));
    }

    /** Removes an entry that is there. */
    public void remove(long hash, int entry) {
        int mask = cells.length - 1;
        long removed = cellOf(hash, entry);
        int hole = home(hash);
        while (cells[hole] != removed) {
            hole = hole + 1 & mask;
        }
        for (int at = hole + 1 & mask; cells[at] != 0; at = at + 1 & mask) {
            int home = home(cells[at]);
            if ((at - home & mask) >= (at - hole & mask)) {
                cells[hole] = cells[at];
                hole = at;
            }
        }
        cells[hole] = 0;
        size--;
    }

    /** Makes room for so many more entries, so that nothing has to grow for them. */
    public void makeRoomFor(int more) {
        long needed = (size + (long) more) * 4 / 3;
        if (needed < cells.length) {
            return;
        }
        long length = Long.highestOneBit(needed) * 2;
        if (length > MOST_LENGTH) {
            throw new IllegalStateException("index of " + size + " entries is full");
        }
        long[] old = cells;
        cells = new long[(int) length];
        for (long cell : old) {
            if (cell != 0) {
                insert(cell);
            }
        }
    }

    private int scan(long hash, int from) {
        int mask = cells.length - 1;
        for (int at = from; cells[at] != 0; at = at + 1 & mask) {
            if ((cells[at] ^ hash) >>> 32 == 0) {
                return at;
            }
        }
        return NONE;
    }

    private void insert(long cell) {
        int mask = cells.length - 1;
        int at = home(cell);
        while (cells[at] != 0) {
            at = at + 1 & mask;
        }
        cells[at] = cell;
    }

    /** Of a hash or a cell: both have the same upper half. */
    private int home(long hash) {
        return (int) (hash >>> 32) & cells.length - 1;
    }

    private static long cellOf(long hash, int entry) {
        return (hash & 0xFFFF_FFFF_0000_0000L) | (entry + 1 & 0xFFFF_FFFFL);
    }
}
