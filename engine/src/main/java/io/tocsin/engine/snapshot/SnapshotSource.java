package io.tocsin.engine.snapshot;

import org.agrona.MutableDirectBuffer;

/** Port: gives the bytes of one snapshot in order. What goes wrong outside is thrown and ends the reading. */
public interface SnapshotSource extends AutoCloseable {
    /**
     * Fills a stretch of a buffer with the next bytes, as far as there are any.
     *
     * @return how many, at most {@code length}; 0 at the end
     */
    int read(MutableDirectBuffer buffer, int offset, int length);

    /** For whoever opened it; reading a snapshot does not close its source. */
    @Override
    void close();
}
