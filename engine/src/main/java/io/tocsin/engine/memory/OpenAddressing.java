package io.tocsin.engine.memory;

/**
 * The table part of an open-addressed hash map with linear probing: cells of {@code entry + 1}, 0 for an empty one, in a
 * table whose length is a power of two and which is never full. Removal moves later entries back instead of leaving
 * tombstones (Knuth, TAOCP 6.4, algorithm R), so that a table under steady churn never degrades.
 */
final class OpenAddressing {
    private OpenAddressing() {}

    static void insert(int[] table, long hash, int entry) {
        int mask = table.length - 1;
        int at = (int) hash & mask;
        while (table[at] != 0) {
            at = at + 1 & mask;
        }
        table[at] = entry + 1;
    }

    static void remove(int[] table, long[] hashes, int entry) {
        int mask = table.length - 1;
        int hole = (int) hashes[entry] & mask;
        while (table[hole] != entry + 1) {
            hole = hole + 1 & mask;
        }
        for (int at = hole + 1 & mask; table[at] != 0; at = at + 1 & mask) {
            int home = (int) hashes[table[at] - 1] & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                table[hole] = table[at];
                hole = at;
            }
        }
        table[hole] = 0;
    }
}
