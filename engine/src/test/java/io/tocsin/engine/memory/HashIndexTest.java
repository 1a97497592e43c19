package io.tocsin.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashIndexTest {
    private final HashIndex index = new HashIndex();

    @Test
    void shouldFindNothingInAnEmptyIndex() {
        assertThat(found(0)).isEmpty();
        assertThat(found(-1)).isEmpty();
    }

    @Test
    void shouldFindAllEntriesOfOneHash() {
        for (int entry = 0; entry < 200; entry++) {
            index.add(7L << 32, entry);
        }

        assertThat(found(7L << 32)).hasSize(200);
        assertThat(found(8L << 32)).isEmpty();
    }

    /** Upper halves that are few and close, so that runs are long, wrap round and mingle. */
    @Test
    void shouldAgreeWithASetWhateverComesAndGoes() {
        Random random = new Random(1);
        List<long[]> live = new ArrayList<>();
        for (int step = 0; step < 50_000; step++) {
            if (live.isEmpty() || random.nextInt(100) < (step < 25_000 ? 52 : 46)) {
                long hash = (long) (random.nextInt(40) - 20) << 32 | random.nextInt();
                int entry = random.nextInt(5) == 0 ? Integer.MIN_VALUE + step : step;
                index.add(hash, entry);
                live.add(new long[] {hash, entry});
            } else {
                long[] gone = live.remove(random.nextInt(live.size()));
                index.remove(gone[0], (int) gone[1]);
            }
            if (step % 500 == 0) {
                compare(live);
            }
        }
        compare(live);
    }

    private void compare(List<long[]> live) {
        for (long upper = -21; upper <= 21; upper++) {
            Set<Integer> expected = new HashSet<>();
            for (long[] one : live) {
                if (one[0] >> 32 == upper) {
                    expected.add((int) one[1]);
                }
            }
            assertThat(found(upper << 32)).isEqualTo(expected);
        }
    }

    private Set<Integer> found(long hash) {
        Set<Integer> found = new HashSet<>();
        for (int at = index.first(hash); at != HashIndex.NONE; at = index.next(hash, at)) {
            assertThat(found.add(index.entry(at))).isTrue();
        }
        return found;
    }
}
