package io.tocsin.engine.pipeline;

import org.agrona.DirectBuffer;

/**
 * Port: where accepted records are kept before they are applied. A record's position is its number, from 0 without gaps,
 * whatever files it lies in. Written by the core's thread only. Where something damaged is skipped, positions are missing.
 *
 * <p>Records appended between two commits are one batch: after {@link #commit()} all of them survive the death of the
 * process, before it none needs to. After {@link #force()} they survive the death of the machine.
 */
public interface EventJournal extends AutoCloseable {
    /**
     * Adds a stamped record to the batch. The bytes are valid during the call only.
     *
     * @return its position
     */
    long append(DirectBuffer buffer, int offset, int length);

    /** Ends the batch; does nothing when it is empty. */
    void commit();

    /**
     * Forces what was committed before this call to the device. May take milliseconds. Any thread but the core's, one at
     * a time; not after {@link #close()}.
     */
    void force();

    /** The position of the oldest record kept: 0 unless files from before a snapshot were given up. */
    long firstPosition();

    /** The position that the next record gets: one more than the last committed record's. */
    long endPosition();

    /**
     * Reads every record from a position to the end, in order. Called before the first append, on the caller's thread.
     *
     * @param fromPosition from {@link #firstPosition()} to {@link #endPosition()}
     * @return the position behind the last record
     * @throws IllegalStateException if it begins or ends elsewhere, or something is damaged and not to be skipped; it names
     *     the positions and what to do
     */
    long replay(long fromPosition, RecordHandler handler);

    /**
     * Gives up what is oldest, as far as it lies before a position that a snapshot stands in for, and arrived before an
     * instant; nothing is ever given up otherwise. Any thread, one at a time.
     */
    void giveUpBefore(long position, long arrivedBeforeNs);

    /** Closes what is open. */
    @Override
    void close();

    /** Takes records out of a journal. */
    @FunctionalInterface
    interface RecordHandler {
        /** One record. The bytes are valid during the call only. */
        void onRecord(DirectBuffer buffer, int offset, int length, long position);
    }
}
