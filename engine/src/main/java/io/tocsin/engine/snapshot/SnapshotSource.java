package io.tocsin.engine.snapshot;

import org.agrona.MutableDirectBuffer;

/** Port: gives the bytes of one snapshot, in order. One thread. */
public interface SnapshotSource extends AutoCloseable {
    /**
     * Fills a stretch of a buffer with the next bytes.
     *
     * @return how many those were: less than {@code length} only at the end, 0 behind it
     */
    int read(MutableDirectBuffer buffer, int offset, int length);

    @Override
    void close();
}
