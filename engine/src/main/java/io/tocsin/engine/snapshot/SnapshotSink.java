package io.tocsin.engine.snapshot;

import org.agrona.DirectBuffer;

/** Port: takes the bytes of one snapshot, in order. One thread. */
public interface SnapshotSink {
    /** The next bytes; valid during the call only. */
    void write(DirectBuffer buffer, int offset, int length);
}
