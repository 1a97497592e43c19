package io.tocsin.engine.pipeline;

import io.tocsin.engine.core.Engine;
import io.tocsin.engine.event.EventRecord;

/** A journaled record that the engine cannot apply. It stops the engine, which goes on without it only if told to. */
public final class PoisonedRecordException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final long position;

    /** The record lies at the position, and applying it throws. */
    public PoisonedRecordException(long position, EventRecord record, Throwable cause) {
        super("journal position " + position + ": cannot apply " + describe(record) + ": " + cause.getMessage(), cause);
        this.position = position;
    }

    /** Where the record lies in the journal. */
    public long position() {
        return position;
    }

    /** Applies the record of a position, or says which one it was that could not be applied. */
    static void applyTo(Engine engine, EventRecord record, long position) {
        try {
            engine.apply(record);
        } catch (AlertNotKeptException e) {
            throw e; // To give the record up would not help.
        } catch (RuntimeException | Error e) {
            throw new PoisonedRecordException(position, record, e);
        }
    }

    private static String describe(EventRecord record) {
        return switch (record.kind()) {
            case EVENT -> "event " + record.type() + " of ticket " + record.ticket();
            case POLICY -> "a policy";
            case SLICE -> "a slice of " + record.firedCount() + " timers";
        };
    }
}
