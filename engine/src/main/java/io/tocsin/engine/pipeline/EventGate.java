package io.tocsin.engine.pipeline;

import org.agrona.DirectBuffer;

/** Port: where events enter the engine. Any thread. Never blocks, never drops: what does not fit is refused. */
public interface EventGate {
    /** Returned instead of a position when the ring is full. */
    long FULL = -1;

    /**
     * Hands over one unstamped record; its bytes are copied.
     *
     * @return the record's position, growing from 0, or {@link #FULL}
     * @throws IllegalStateException when the engine has stopped
     */
    long offer(DirectBuffer buffer, int offset, int length);

    /**
     * Hands over several records that lie one after the other, each with its length in its header: all or none.
     *
     * @return the last record's position, or {@link #FULL}
     * @throws IllegalArgumentException when there are more records than the ring has slots
     * @throws IllegalStateException when the engine has stopped
     */
    long offerAll(DirectBuffer buffer, int offset, int count);

    /**
     * Waits until the record at {@code position}, and with it every earlier one, is journaled and applied.
     *
     * @return false when the time was up first
     * @throws IllegalStateException when the engine has stopped before it came to that record
     */
    boolean awaitApplied(long position, long timeoutMs) throws InterruptedException;

    /** How many records fit at once. */
    int capacity();
}
