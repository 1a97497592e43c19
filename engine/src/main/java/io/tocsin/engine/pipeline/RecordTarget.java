package io.tocsin.engine.pipeline;

import io.tocsin.engine.core.Engine;
import io.tocsin.engine.event.EventRecord;

/** Takes recorded events in order, on one thread; each record is valid during the call only. */
public interface RecordTarget {
    /** A record that comes soon, see {@link Engine#expect}. */
    void expect(EventRecord record);

    /** The next record. */
    void apply(EventRecord record, long position);
}
