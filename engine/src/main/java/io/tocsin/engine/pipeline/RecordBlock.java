package io.tocsin.engine.pipeline;

import io.tocsin.engine.core.Engine;
import io.tocsin.engine.event.EventRecord;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Some hundred records, copied, one behind the other. One thread at a time. */
final class RecordBlock {
    private static final int MOST_RECORDS = 1_024;
    private static final int MOST_BYTES = 256 << 10;

    private final EventRecord record = new EventRecord();
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
    private final int[] offsets = new int[MOST_RECORDS + 1];
    private final long[] positions = new long[MOST_RECORDS];
    private int count;

    /** Whether it is better put here than into the next one; an empty one takes a record of any length. */
    boolean hasRoomFor(int length) {
        return count == 0 || (count < MOST_RECORDS && offsets[count] + length <= MOST_BYTES);
    }

    void add(DirectBuffer source, int offset, int length, long position) {
        buffer.putBytes(offsets[count], source, offset, length);
        positions[count] = position;
        count++;
        offsets[count] = offsets[count - 1] + length;
    }

    void clear() {
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Applies them in order, in groups that the target is told of beforehand. */
    void applyTo(RecordTarget target) {
        for (int first = 0; first < count; first += Engine.MOST_EXPECTED) {
            int end = Math.min(count, first + Engine.MOST_EXPECTED);
            for (int i = first; i < end; i++) {
                target.expect(record.wrap(buffer, offsets[i]));
            }
            for (int i = first; i < end; i++) {
                target.apply(record.wrap(buffer, offsets[i]), positions[i]);
            }
        }
    }
}
