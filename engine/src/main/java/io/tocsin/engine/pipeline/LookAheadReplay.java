package io.tocsin.engine.pipeline;

import io.tocsin.engine.core.Engine;
import io.tocsin.engine.pipeline.EventJournal.RecordHandler;
import org.agrona.DirectBuffer;

/**
 * Collects records as they are read and applies them a block at a time, so that the engine can look ahead on them, see
 * {@link Engine#expect}; what comes of it is the same as one by one. Reading and applying take turns on one thread: a journal
 * is read in 20 ns a record, so a second thread would not pay. Where reading is work, as with JSON, see {@link ReadAhead}.
 */
public final class LookAheadReplay {
    private final RecordBlock block = new RecordBlock();
    private final RecordTarget target;
    private boolean applying;

    private LookAheadReplay(RecordTarget target) {
        this.target = target;
    }

    /** Hands every record to the handler, in order; the bytes are valid during each call only. */
    @FunctionalInterface
    public interface Reading<E extends Exception> {
        /** Reads to the end. */
        void run(RecordHandler handler) throws E;
    }

    /**
     * Reads to the end and applies everything. If reading fails, what came before is applied first.
     *
     * @throws E if reading throws it
     */
    public static <E extends Exception> void run(Reading<E> reading, RecordTarget target) throws E {
        LookAheadReplay replay = new LookAheadReplay(target);
        try {
            reading.run(replay::add);
        } catch (RuntimeException e) {
            if (!replay.applying) {
                replay.apply();
            }
            throw e;
        }
        replay.apply();
    }

    private void add(DirectBuffer buffer, int offset, int length, long position) {
        if (!block.hasRoomFor(length)) {
            apply();
        }
        block.add(buffer, offset, length, position);
    }

    private void apply() {
        applying = true;
        block.applyTo(target);
        block.clear();
        applying = false;
    }
}
