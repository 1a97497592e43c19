package io.tocsin.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.engine.core.Engine;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.pipeline.EventJournal.RecordHandler;
import io.tocsin.engine.pipeline.LookAheadReplay.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every record once, in order, each announced before it, whichever thread reads. */
class LookAheadReplayTest {
    private static final int COUNT = 5_000;

    private final EventRecordWriter writer = new EventRecordWriter();
    private final Seen seen = new Seen();

    /** The two ways. */
    enum Way {
        IN_TURNS {
            @Override
            void run(Reading<IOException> reading, RecordTarget target) throws IOException {
                LookAheadReplay.run(reading, target);
            }
        },
        READ_AHEAD {
            @Override
            void run(Reading<IOException> reading, RecordTarget target) throws IOException {
                ReadAhead.run(reading, target);
            }
        };

        abstract void run(Reading<IOException> reading, RecordTarget target) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void shouldApplyEveryRecordOnceAndInOrder(Way way) throws IOException {
        way.run(handler -> read(handler, COUNT), seen);

        assertThat(seen.applied)
                .isEqualTo(IntStream.range(0, COUNT).mapToObj(i -> "T" + i).toList());
    }

    @ParameterizedTest
    @EnumSource
    void shouldApplyWhatCameBeforeAFailureOfReading(Way way) {
        assertThatThrownBy(() -> way.run(
                        handler -> {
                            read(handler, 1_500);
                            throw new IllegalStateException("damaged");
                        },
                        seen))
                .hasMessage("damaged");

        assertThat(seen.applied).hasSize(1_500);
    }

    @ParameterizedTest
    @EnumSource
    void shouldStopAtTheRecordThatCannotBeApplied(Way way) {
        seen.refused = "T1100";
        assertThatThrownBy(() -> way.run(handler -> read(handler, 1_000_000), seen))
                .hasMessage("cannot apply T1100");

        assertThat(seen.applied).hasSize(1_100).endsWith("T1099");
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeARecordThatIsLongerThanABlock(Way way) throws IOException {
        writer.begin(1, "LONG", "opened", "");
        for (int i = 0; i < EventRecord.MAX_ATTRIBUTES; i++) {
            writer.attribute(ValueKind.STRING, "a" + i, "x".repeat(EventRecord.MAX_VALUE_LENGTH));
        }
        way.run(handler -> handler.onRecord(writer.buffer(), 0, writer.length(), 0), seen);

        assertThat(seen.applied).containsExactly("LONG");
    }

    private void read(RecordHandler handler, int count) {
        for (int i = 0; i < count; i++) {
            writer.begin(1, "T" + i, "opened", "");
            handler.onRecord(writer.buffer(), 0, writer.length(), i);
        }
    }

    private static final class Seen implements RecordTarget {
        private final List<String> expected = new ArrayList<>();
        private final List<String> applied = new ArrayList<>();
        private String refused = "";

        @Override
        public void expect(EventRecord record) {
            expected.add(record.ticket());
            assertThat(expected.size() - applied.size()).isLessThanOrEqualTo(Engine.MOST_EXPECTED);
        }

        @Override
        public void apply(EventRecord record, long position) {
            if (record.ticket().equals(refused)) {
                throw new IllegalStateException("cannot apply " + refused);
            }
            assertThat(position).isEqualTo(applied.size());
            applied.add(record.ticket());
            assertThat(expected.get(applied.size() - 1)).isEqualTo(record.ticket());
        }
    }
}
