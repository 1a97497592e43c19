package io.tocsin.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenAddressingTest {
    private static final int ENTRIES = 40;

    @Test
    void shouldFindWhatIsThereAndNothingElseWhateverCollides() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            int[] table = new int[64];
            long[] hashes = new long[ENTRIES];
            for (int entry = 0; entry < ENTRIES; entry++) {
                hashes[entry] = random.nextInt(3) == 0 ? random.nextLong() : 60 + random.nextInt(8);
            }
            Set<Integer> model = new HashSet<>();
            for (int step = 0; step < 500; step++) {
                int entry = random.nextInt(ENTRIES);
                if (model.remove(entry)) {
                    OpenAddressing.remove(table, hashes, entry);
                } else {
                    model.add(entry);
                    OpenAddressing.insert(table, hashes[entry], entry);
                }
                assertThat(reachable(table, hashes))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(model);
            }
        }
    }

    /** What a search that begins at its hash and ends at an empty cell finds. */
    private static Set<Integer> reachable(int[] table, long[] hashes) {
        List<Integer> found = new ArrayList<>();
        for (int entry = 0; entry < hashes.length; entry++) {
            for (int at = (int) hashes[entry] & 63; table[at] != 0; at = (at + 1) & 63) {
                if (table[at] == entry + 1) {
                    found.add(entry);
                    break;
                }
            }
        }
        return new HashSet<>(found);
    }
}
