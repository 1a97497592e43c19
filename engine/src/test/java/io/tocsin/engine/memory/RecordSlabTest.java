package io.tocsin.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordSlabTest {
    private final RecordSlab slab = new RecordSlab(3);

    @Test
    void shouldNumberRecordsByTheirPlace() {
        for (int i = 0; i < 40_000; i++) {
            int record = slab.allocate();
            assertThat(record).isEqualTo(3 * i);
            slab.set(record, 2, i);
        }
        assertThat(slab.get(60_000, 2)).isEqualTo(20_000);
    }

    @Test
    void shouldLeaveOutTheLastLineOfAChunkAndNothingElse() {
        RecordSlab records = new RecordSlab(8);
        int most = 1 << 17;
        assertThat(records.lineCount()).isZero();
        for (int i = 0; i < most - 1; i++) {
            int record = records.allocate();
            assertThat(RecordSlab.line(record)).isEqualTo(i);
            assertThat(RecordSlab.ofLine(i)).isEqualTo(record);
            records.set(record, 7, i);
        }

        assertThat(RecordSlab.line(records.allocate())).isEqualTo(most);
        records.set(RecordSlab.ofLine(most), 0, -1);
        assertThat(records.lineCount()).isEqualTo(most + 1);
        assertThat(records.isGap(most - 1)).isTrue();
        assertThat(records.isGap(most - 2) || records.isGap(most)).isFalse();
        assertThat(records.liveCount()).isEqualTo(most);
        for (int i = 0; i < most - 1; i++) {
            assertThat(records.get(RecordSlab.ofLine(i), 7)).isEqualTo(i);
        }
    }

    @Test
    void shouldGoOverAllRecordsThatWereHandedOut() {
        RecordSlab records = new RecordSlab(1_028);
        assertThat(records.first()).isEqualTo(RecordSlab.NONE);
        List<Integer> handedOut = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            handedOut.add(records.allocate());
        }

        List<Integer> seen = new ArrayList<>();
        for (int record = records.first(); record != RecordSlab.NONE; record = records.next(record)) {
            seen.add(record);
        }
        assertThat(seen).isEqualTo(handedOut);
    }

    @Test
    void shouldRefuseRecordsOfNothingAndOfTooMuch() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordSlab(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordSlab(RecordSlab.MOST_LONGS + 1));
    }

    @Test
    void shouldHandOutTheLastFreedFirst() {
        int[] records = new int[3];
        for (int i = 0; i < 3; i++) {
            records[i] = slab.allocate();
            slab.set(records[i], 1, -1);
        }
        slab.free(records[0]);
        slab.free(records[2]);

        assertThat(slab.allocate()).isEqualTo(records[2]);
        assertThat(slab.allocate()).isEqualTo(records[0]);
        assertThat(slab.allocate()).isNotIn(records[0], records[1], records[2]);
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
        for (int longs : new int[] {1, 7, 8, 64, 65, 4_096, RecordSlab.MOST_LONGS}) {
            RecordSlab records = new RecordSlab(longs);
            int[] handedOut = new int[Math.max(40, 40_000 / longs)];
            for (int i = 0; i < handedOut.length; i++) {
                handedOut[i] = records.allocate();
                records.set(handedOut[i], 0, i);
                records.set(handedOut[i], longs - 1, i);
            }
            for (int i = 0; i < handedOut.length; i++) {
                assertThat(records.get(handedOut[i], 0)).as("%d longs", longs).isEqualTo(i);
                assertThat(records.get(handedOut[i], longs - 1))
                        .as("%d longs", longs)
                        .isEqualTo(i);
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
