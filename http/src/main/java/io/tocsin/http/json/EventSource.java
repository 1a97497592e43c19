package io.tocsin.http.json;

import io.tocsin.engine.event.EventRecordWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the events of a body or a file: {@code while (source.next(nowNs)) ...}. Belongs to one thread. What is
 * wrong with one event costs only that event.
 */
public interface EventSource {
    /**
     * Moves on to the next event, valid or not.
     *
     * @param nowNs the arrival, nanoseconds since the epoch, or {@link EventReader#ANY_TIME}
     * @return false when there is none left
     * @throws UnreadableJsonException if the rest cannot be told apart into events
     * @throws IOException if the input fails
     */
    boolean next(long nowNs) throws IOException;

    /** What is wrong with the current event and what would be right; null when it is valid. */
    @Nullable
    String problem();

    /** The current event when it is valid; the bytes are valid until {@link #next} is called again. */
    EventRecordWriter record();
}
