package io.tocsin.http;

import io.tocsin.engine.timeline.Timeline;
import io.tocsin.engine.view.TicketOrigin;
import java.util.Optional;

/** Port: reads up how a ticket came to stand where it stands. Any thread, several at a time. The app brings the journal. */
@FunctionalInterface
public interface Timelines {
    /**
     * The timeline of a ticket as of a moment; empty when there is no trace of it.
     *
     * @param origin what the engine knew of it at that moment
     * @param pulse is called all the while, and ends the reading by throwing
     * @throws IllegalStateException if the journal cannot be read; it says where and what to do
     */
    Optional<Timeline> read(String ticket, TicketOrigin origin, Runnable pulse);
}
