package io.tocsin.benchmarks;

import io.tocsin.engine.pipeline.EventJournal;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/** A journal of events that tells how many records each batch had, on the core's thread, and lets others force it. */
final class WatchedEvents implements EventJournal {
    private final EventJournal journal;
    private final LongConsumer onBatch;
    private final Consumer<Runnable> onForce;
    private long count;

    WatchedEvents(EventJournal journal, LongConsumer onBatch) {
        this(journal, onBatch, Runnable::run);
    }

    /** @param onForce is given what forces it, to be run once */
    WatchedEvents(EventJournal journal, LongConsumer onBatch, Consumer<Runnable> onForce) {
        this.journal = journal;
        this.onBatch = onBatch;
        this.onForce = onForce;
    }

    @Override
    public long append(DirectBuffer buffer, int offset, int length) {
        count++;
        return journal.append(buffer, offset, length);
    }

    @Override
    public void commit() {
        journal.commit();
        onBatch.accept(count);
        count = 0;
    }

    @Override
    public void force() {
        onForce.accept(journal::force);
    }

    @Override
    public long firstPosition() {
        return journal.firstPosition();
    }

    @Override
    public long endPosition() {
        return journal.endPosition();
    }

    @Override
    public long replay(long fromPosition, RecordHandler handler) {
        return journal.replay(fromPosition, handler);
    }

    @Override
    public void giveUpBefore(long position, long arrivedBeforeNs) {
        journal.giveUpBefore(position, arrivedBeforeNs);
    }

    @Override
    public void close() {
        journal.close();
    }
}
