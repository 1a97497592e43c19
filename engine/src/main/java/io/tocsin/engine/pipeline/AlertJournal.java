package io.tocsin.engine.pipeline;

import org.agrona.DirectBuffer;

/**
 * Port: where alerts are kept, each exactly once, with numbers from 1 without gaps. Written by the egress thread; read by
 * any thread.
 */
public interface AlertJournal extends AutoCloseable {
    /** The number of the last alert kept, 0 when there is none. */
    long lastSeq();

    /**
     * Keeps an alert. Its number must be {@link #lastSeq()} + 1.
     *
     * @throws IllegalStateException if the number is another; it names both
     */
    void append(DirectBuffer buffer, int offset, int length);

    /** Forces what was kept before this call to the device. Any thread, one at a time; not after {@link #close()}. */
    void force();

    /**
     * Hands alerts with numbers above {@code afterSeq} to the handler, in order, at most {@code limit} of them.
     *
     * @return how many
     */
    int read(long afterSeq, int limit, Handler handler);

    /**
     * Waits until there is an alert with a number above {@code seq}.
     *
     * @return false when the time was up first or the journal was closed
     */
    boolean awaitAfter(long seq, long timeoutMs) throws InterruptedException;

    /** Closes what is open and wakes those who wait. */
    @Override
    void close();

    /** Takes alerts out of the journal. */
    @FunctionalInterface
    interface Handler {
        /** One alert, see {@link io.tocsin.engine.alert.AlertRecord}. The bytes are valid during the call only. */
        void onAlert(DirectBuffer buffer, int offset, int length);
    }
}
