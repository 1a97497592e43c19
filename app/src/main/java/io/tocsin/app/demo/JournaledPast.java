package io.tocsin.app.demo;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.pipeline.EventJournal;
import org.agrona.DirectBuffer;

/**
 * Writes the demo's past into a journal as if the server had been running then: every event arrives when it happens.
 *
 * <p>For an empty journal before the engine starts on it, after the policy's record; the caller commits. The same events
 * sent late through the gate would end in the same figures, but each answer given in time would first be announced as a
 * breach and then taken back, thousands of times, because its ticket arrives after its due instant.
 */
public final class JournaledPast implements EventSink {
    private final EventJournal journal;
    private final EventRecord record = new EventRecord();

    /** A sink that appends to {@code journal}. Used on the thread that may append to it. */
    public JournaledPast(EventJournal journal) {
        this.journal = journal;
    }

    /** Stamps the record with its own time and appends it; there is always room. The buffer must be a mutable one. */
    @Override
    public boolean offer(DirectBuffer buffer, int offset, int length) {
        record.wrap(buffer, offset);
        record.stamp(record.atNs());
        journal.append(buffer, offset, length);
        return true;
    }
}
