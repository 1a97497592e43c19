package io.tocsin.engine.pipeline;

import io.tocsin.engine.snapshot.SnapshotSink;
import io.tocsin.engine.snapshot.SnapshotSource;
import java.util.List;
import java.util.OptionalLong;

/**
 * Port: where snapshots are kept. A snapshot is known by its position: how many records of the journal are in it. One
 * writer at a time; anybody may read.
 */
public interface SnapshotStore {
    /** Has no snapshots and takes none. */
    SnapshotStore NONE = new SnapshotStore() {
        @Override
        public List<Long> positions() {
            return List.of();
        }

        @Override
        public SnapshotSource open(long position) {
            throw new IllegalStateException("there is no snapshot of position " + position);
        }

        @Override
        public Draft begin(long position) {
            throw new IllegalStateException("no snapshots are kept here");
        }
    };

    /** The positions of the snapshots kept, newest first. */
    List<Long> positions();

    /** When the newest one was made, in milliseconds since the epoch; empty if there is none, or nobody knows. */
    default OptionalLong newestMadeMs() {
        return OptionalLong.empty();
    }

    /** Opens a snapshot to read from its beginning. */
    SnapshotSource open(long position);

    /** Begins a snapshot, which is not one before {@link Draft#commit()}. */
    Draft begin(long position);

    /** A snapshot being written. */
    interface Draft extends SnapshotSink, AutoCloseable {
        /** Forces it to the device and lets it count, in one step; all but the newest two are given up. */
        void commit();

        /** Gives it up unless it was committed. */
        @Override
        void close();
    }
}
