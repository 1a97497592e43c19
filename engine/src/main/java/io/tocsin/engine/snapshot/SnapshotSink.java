package io.tocsin.engine.snapshot;

import org.agrona.DirectBuffer;

/** Port: takes the bytes of one snapshot in order. What goes wrong outside is thrown and ends the writing. */
@FunctionalInterface
public interface SnapshotSink {
    /** The next bytes; the buffer is used again after the call. */
    void write(DirectBuffer buffer, int offset, int length);
}
