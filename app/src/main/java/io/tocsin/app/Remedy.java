package io.tocsin.app;

import io.tocsin.engine.pipeline.PoisonedRecordException;
import io.tocsin.journal.DamagedEventsException;

/** Says what is wrong with a data folder, and what the command line can do about it. Any thread. */
public final class Remedy {
    private Remedy() {}

    /** What is wrong, in one line, with the option that goes on without it if there is one. */
    public static String explain(Throwable e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        if (e instanceof DamagedEventsException damaged) {
            return message + ", or start the server with --skip " + damaged.position()
                    + ", which gives up what is damaged there";
        }
        if (e instanceof PoisonedRecordException poisoned) {
            return message + "; report it, and start the server with --skip " + poisoned.position()
                    + ", which gives up this record";
        }
        return message;
    }
}
