package io.tocsin.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordSlabTest {
    private final RecordSlab slab = new RecordSlab(3);

    @Test
    void shouldNumberRecordsFromZeroAndHandThemOutEmpty() {
        for (int i = 0; i < 40_000; i++) {
            assertThat(slab.allocate()).isEqualTo(i);
            assertThat(slab.get(i, 0) | slab.get(i, 1) | slab.get(i, 2)).isZero();
            slab.set(i, 2, i);
        }
        assertThat(slab.recordCount()).isEqualTo(40_000);
        assertThat(slab.get(20_000, 2)).isEqualTo(20_000);
    }

    @Test
    void shouldLeaveOutTheLastNumberOfAChunkAndNothingElse() {
        RecordSlab records = new RecordSlab(8);
        int most = 1 << 17;
        for (int i = 0; i < most - 1; i++) {
            assertThat(records.allocate()).isEqualTo(i);
            records.set(i, 7, i);
        }

        assertThat(records.allocate()).isEqualTo(most);
        records.set(most, 0, -1);
        assertThat(records.isGap(most - 1)).isTrue();
        assertThat(records.isGap(most - 2) || records.isGap(most)).isFalse();
        assertThat(records.liveCount()).isEqualTo(most);
        for (int i = 0; i < most - 1; i++) {
            assertThat(records.get(i, 7)).isEqualTo(i);
        }
    }

    @Test
    void shouldHandOutTheLastFreedFirstAndEmpty() {
        for (int i = 0; i < 3; i++) {
            slab.allocate();
            slab.set(i, 1, -1);
        }
        slab.free(0);
        slab.free(2);

        assertThat(slab.allocate()).isEqualTo(2);
        assertThat(slab.allocate()).isZero();
        assertThat(slab.allocate()).isEqualTo(3);
        assertThat(slab.get(2, 1)).isZero();
        assertThat(slab.liveCount()).isEqualTo(4);
    }

    @Test
    void shouldKeepTheHalvesOfAFieldApart() {
        int record = slab.allocate();

        slab.setLow(record, 1, -2);
        slab.setHigh(record, 1, 7);
        assertThat(slab.getLow(record, 1)).isEqualTo(-2);
        assertThat(slab.getHigh(record, 1)).isEqualTo(7);
        slab.setHigh(record, 1, -9);
        slab.setLow(record, 1, 3);

        assertThat(slab.getLow(record, 1)).isEqualTo(3);
        assertThat(slab.getHigh(record, 1)).isEqualTo(-9);
    }

    @Test
    void shouldKeepRecordsOfAnySizeApart() {
        for (int longs : new int[] {1, 7, 64, 65, 4_096, 1 << 19, 1 << 20, (1 << 20) + 1}) {
            RecordSlab records = new RecordSlab(longs);
            int count = Math.max(3, 40_000 / longs);
            for (int i = 0; i < count; i++) {
                int record = records.allocate();
                records.set(record, 0, i);
                records.set(record, longs - 1, i);
            }
            for (int i = 0; i < count; i++) {
                assertThat(records.get(i, 0)).as("%d longs", longs).isEqualTo(i);
                assertThat(records.get(i, longs - 1)).as("%d longs", longs).isEqualTo(i);
            }
        }
    }

    @Test
    void shouldAgreeWithAMapWhateverComesAndGoes() {
        Random random = new Random(1);
        Map<Integer, long[]> model = new HashMap<>();
        List<Integer> live = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            if (live.isEmpty() || random.nextInt(100) < 60) {
                int record = slab.allocate();
                long[] fields = {random.nextLong(), random.nextLong(), random.nextLong()};
                assertThat(model.put(record, fields))
                        .as("step %d, record given twice", i)
                        .isNull();
                for (int field = 0; field < 3; field++) {
                    slab.set(record, field, fields[field]);
                }
                live.add(record);
            } else {
                int record = live.remove(random.nextInt(live.size()));
                slab.free(record);
                model.remove(record);
            }
            assertThat(slab.liveCount()).isEqualTo(live.size());
        }
        model.forEach((record, fields) -> {
            for (int field = 0; field < 3; field++) {
                assertThat(slab.get(record, field)).isEqualTo(fields[field]);
            }
        });
    }
}
