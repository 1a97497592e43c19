package io.tocsin.journal;

import io.tocsin.engine.pipeline.AlertJournal.Handler;
import java.nio.file.Path;

/**
 * The alerts of a data folder that may belong to a running server: takes no lock and writes nothing. Looks anew each time,
 * so that what was kept since the last time is seen. One thread.
 */
public final class ReadOnlyAlerts {
    private final Path alerts;

    /**
     * For the data folder itself.
     *
     * @throws IllegalStateException if this is not a data folder that this build can read
     */
    public ReadOnlyAlerts(Path folder) {
        DataFolder.checkReadable(folder);
        alerts = folder.resolve(DataFolder.ALERTS);
    }

    /** The number of the oldest alert kept; 1 when there is none. */
    public long firstSeq() {
        return 1;
    }

    /** The number of the last alert kept, 0 when there is none. */
    public long lastSeq() {
        try (AlertReader reader = new AlertReader(alerts)) {
            return find(reader).lastSeq;
        }
    }

    /**
     * Hands over every alert from a number on to the last, in order.
     *
     * @throws IllegalStateException if one is damaged or missing; it names which and where
     */
    public void read(long fromSeq, Handler handler) {
        try (AlertReader reader = new AlertReader(alerts)) {
            Found found = find(reader);
            reader.read(found.files, Math.max(fromSeq, firstSeq()), found.lastSeq, handler);
        }
    }

    private Found find(AlertReader reader) {
        AlertFiles files = AlertFiles.NONE;
        long last = 0;
        for (Path path : QueueFolder.files(alerts)) {
            long lastInFile = reader.lastSeq(path, last + 1);
            if (lastInFile > last) { // A process that died may leave a file with nothing in it.
                files = files.plus(last + 1, path);
                last = lastInFile;
            }
        }
        return new Found(files, last);
    }

    private record Found(AlertFiles files, long lastSeq) {}
}
