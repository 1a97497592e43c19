package io.tocsin.journal;

import io.tocsin.engine.pipeline.EventJournal;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** The events of a data folder that may belong to a running server: for replay only. One thread. */
final class ReadOnlyEventJournal implements EventJournal {
    private final Path events;
    private final EventReplay reader;

    ReadOnlyEventJournal(Path folder) {
        DataFolder.checkReadable(folder);
        events = folder.resolve(DataFolder.EVENTS);
        reader = new EventReplay(folder);
    }

    /** {@inheritDoc} Looks anew each time, so that a second replay sees what was committed since the first. */
    @Override
    public long replay(long fromPosition, RecordHandler handler) {
        return reader.replay(fromPosition, handler);
    }

    @Override
    public long firstPosition() {
        return reader.firstPosition();
    }

    @Override
    public long endPosition() {
        return reader.endPosition();
    }

    /** {@inheritDoc} Whoever wrote it: a snapshot must not be ahead of it on the device. */
    @Override
    public void force() {
        try (DeviceForce device = new DeviceForce(events, QueueFolder.files(events))) {
            device.force();
        }
    }

    @Override
    public long append(DirectBuffer buffer, int offset, int length) {
        throw refused();
    }

    @Override
    public void commit() {
        throw refused();
    }

    @Override
    public void giveUpBefore(long position, long arrivedBeforeNs) {
        throw refused();
    }

    @Override
    public void close() {
        // Nothing stays open between two replays.
    }

    private IllegalStateException refused() {
        return new IllegalStateException("events in " + events + " are open for reading only");
    }
}
