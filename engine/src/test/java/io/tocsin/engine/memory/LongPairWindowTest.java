package io.tocsin.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongPairWindowTest {
    @Test
    void shouldTellWhatItHasSeen() {
        LongPairWindow window = new LongPairWindow(10);

        assertThat(window.add(1, 2)).isTrue();
        assertThat(window.add(1, 2)).isFalse();
        assertThat(window.add(2, 2)).isTrue();
        assertThat(window.add(1, 3)).isTrue();
    }

    @Test
    void shouldForgetTheOldestWhenItIsFull() {
        LongPairWindow window = new LongPairWindow(2);
        window.add(1, 1);
        window.add(2, 2);
        window.add(3, 3);

        assertThat(window.add(2, 2)).isFalse();
        assertThat(window.add(1, 1)).isTrue();
        assertThat(window.add(2, 2)).isTrue();
    }

    @Test
    void shouldRefuseSizesOutOfRange() {
        assertThatThrownBy(() -> new LongPairWindow(0)).hasMessageContaining("window of 0 ids");
        assertThatThrownBy(() -> new LongPairWindow(100_000_001)).hasMessageContaining("100000001");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1_000, 1_024, 1_025, 3_000})
    void shouldAgreeWithALinkedSet(int capacity) {
        Random random = new Random(capacity);
        LongPairWindow window = new LongPairWindow(capacity);
        Set<List<Long>> model = new LinkedHashSet<>();
        for (int i = 0; i < 30_000; i++) {
            // Few low bits, so that many share a place in the table.
            long high = random.nextInt(3 * capacity + 1);
            long low = random.nextInt(4) == 0 ? high << 20 : high * 0x9E3779B97F4A7C15L;
            boolean added = !model.contains(List.of(high, low));
            if (added) {
                if (model.size() == capacity) {
                    Iterator<List<Long>> oldest = model.iterator();
                    oldest.next();
                    oldest.remove();
                }
                model.add(List.of(high, low));
            }
            assertThat(window.add(high, low)).as("step %d", i).isEqualTo(added);
        }
    }

    @Test
    void shouldHashWhatItRemembersInItsOrderAndNothingElse() {
        LongPairWindow one = new LongPairWindow(2_000);
        LongPairWindow other = new LongPairWindow(2_000);
        for (long i = 0; i < 5_000; i++) {
            one.add(i, i);
        }
        for (long i = 3_000; i < 5_000; i++) {
            other.add(i, i);
        }
        assertThat(one.stateHash()).isEqualTo(other.stateHash());

        one.add(7, 8);
        one.add(8, 7);
        other.add(8, 7);
        other.add(7, 8);

        assertThat(one.stateHash()).isNotEqualTo(other.stateHash());
    }
}
