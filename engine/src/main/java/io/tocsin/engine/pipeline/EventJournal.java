package io.tocsin.engine.pipeline;

import org.agrona.DirectBuffer;

/**
 * Port: where accepted records are kept before they are applied. Written by the core's thread only.
 *
 * <p>Records appended between two commits are one batch: after {@link #commit()} all of them survive the death of the
 * process, before it none needs to.
 */
public interface EventJournal extends AutoCloseable {
    /** Adds a stamped record to the batch. The bytes are valid during the call only. */
    void append(DirectBuffer buffer, int offset, int length);

    /** Ends the batch; does nothing when it is empty. */
    void commit();

    /** Reads every record from the first, in order. Called before the first append, on the caller's thread. */
    void replay(RecordHandler handler);

    /** Closes what is open. */
    @Override
    void close();

    /** Takes records out of a journal. */
    @FunctionalInterface
    interface RecordHandler {
        /**
         * One record. The bytes are valid during the call only.
         *
         * @param position where the record lies in the journal, for messages: grows from record to record
         */
        void onRecord(DirectBuffer buffer, int offset, int length, long position);
    }
}
