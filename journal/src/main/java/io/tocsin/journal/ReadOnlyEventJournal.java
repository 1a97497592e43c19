package io.tocsin.journal;

import io.tocsin.engine.pipeline.EventJournal;
import java.nio.file.Path;
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
    public void replay(RecordHandler handler) {
        if (!Queues.exists(events)) {
            return;
        }
        try (SingleChronicleQueue queue = Queues.openToRead(events, ChronicleEventJournal.BLOCK_LENGTH)) {
            EventReplay reader = new EventReplay(queue, "events in " + events);
            reader.replay(reader.endPosition(), handler);
        }
    }

    @Override
    public void append(DirectBuffer buffer, int offset, int length) {
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
