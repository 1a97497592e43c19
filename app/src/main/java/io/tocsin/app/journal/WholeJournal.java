package io.tocsin.app.journal;

import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.pipeline.EventJournal.RecordHandler;
import java.nio.file.Path;

/** Replays that begin with nothing, and so need every record there ever was. */
public final class WholeJournal {
    private WholeJournal() {}

    /**
     * Hands every record to the handler.
     *
     * @throws IllegalStateException if the journal does not begin at position 0, before any is handed over
     */
    public static void replay(EventJournal journal, Path folder, RecordHandler handler) {
        long first = journal.firstPosition();
        if (first > 0) {
            throw new IllegalStateException("the events in " + folder + " begin at position " + first + ", older files"
                    + " were given up: a replay needs the beginning or a snapshot; put the older files back, or work on"
                    + " what is left with 'tocsin journal dump " + folder + "'");
        }
        journal.replay(0, handler);
    }
}
