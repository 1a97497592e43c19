package io.tocsin.app.demo;

import org.agrona.DirectBuffer;

/** Takes the demo's events, one whole unstamped record at a time. Called on the thread that advances the traffic. */
@FunctionalInterface
public interface EventSink {
    /**
     * Takes one record; its bytes are valid during the call only.
     *
     * @return false when there is no room now: the same record is then offered again later
     */
    boolean offer(DirectBuffer buffer, int offset, int length);
}
