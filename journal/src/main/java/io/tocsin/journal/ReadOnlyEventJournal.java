package io.tocsin.journal;

import io.tocsin.engine.pipeline.EventJournal;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.DirectBuffer;

/** The events of a data folder that may belong to a running server: for replay only. One thread. */
final class ReadOnlyEventJournal implements EventJournal {
    private final Path events;

    ReadOnlyEventJournal(Path folder) {
        DataFolder.checkReadable(folder);
        events = folder.resolve(DataFolder.EVENTS);
    }

    /** {@inheritDoc} Looks anew each time, so that a second replay sees what was committed since the first. */
    @Override
    public long replay(long fromPosition, RecordHandler handler) {
        return read(reader -> reader.replay(fromPosition, reader.endPosition(), handler));
    }

    @Override
    public long firstPosition() {
        return 0;
    }

    @Override
    public long endPosition() {
        return read(EventReplay::endPosition);
    }

    @Override
    public void force() {
        QueueFiles.force(events);
    }

    private long read(ToLongFunction<EventReplay> reading) {
        if (!Queues.exists(events)) {
            return 0;
        }
        try (SingleChronicleQueue queue = Queues.openToRead(events, ChronicleEventJournal.BLOCK_LENGTH)) {
            return reading.applyAsLong(new EventReplay(queue, "events in " + events));
        }
    }

    @Override
    public long append(DirectBuffer buffer, int offset, int length) {
        throw new IllegalStateException("events in " + events + " are open for reading only");
    }

    @Override
    public void commit() {
        throw new IllegalStateException("events in " + events + " are open for reading only");
    }

    @Override
    public void close() {
        // Nothing stays open between two replays.
    }
}
