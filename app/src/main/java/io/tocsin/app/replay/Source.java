package io.tocsin.app.replay;

import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import java.io.IOException;

/** Where a replay's records come from; of {@link Sources}. One thread. */
public interface Source {
    /**
     * Hands every record to the consumer, stamped and in order.
     *
     * @throws IOException if the source cannot be read
     */
    void forEach(RecordConsumer consumer) throws IOException;

    /** What the engine has to be made with. */
    EngineConfig engineConfig();

    /** How many events were refused, each with a line on standard error. */
    long rejected();

    /** Takes records; each is valid during the call only. */
    @FunctionalInterface
    interface RecordConsumer {
        /** A record that comes soon, see {@link io.tocsin.engine.core.Engine#expect}; most need not know. */
        default void expect(EventRecord record) {}

        /** The next record. */
        void accept(EventRecord record);
    }
}
