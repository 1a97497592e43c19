package io.tocsin.app.serve;

import io.tocsin.app.Failure;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DamagedEventsException;
import io.tocsin.journal.DataFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The positions of {@code --skip}, noted in the data folder before it is served. One that the journal does not have is
 * refused: it would count for a record that is yet to come. One thread.
 */
final class SkippedPositions {
    private final Path path;
    private final Consumer<String> onNoted;

    /** @param onNoted is told of each one, in a sentence */
    SkippedPositions(Path path, Consumer<String> onNoted) {
        this.path = path;
        this.onNoted = onNoted;
    }

    /** Notes them; those that are noted already may be given again. */
    void add(List<Long> positions) {
        if (!DataFolder.isDataFolder(path)) {
            throw Failure.ofInput("--skip is for a data folder that has events, " + path + " is none");
        }
        try (DataFolder folder = DataFolder.open(path)) {
            for (long position : positions) {
                add(folder, position);
            }
        }
    }

    private void add(DataFolder folder, long position) {
        if (folder.skipped().contains(position)) {
            return;
        }
        long last = lastPosition();
        if (position < 0 || position > last) {
            throw Failure.ofInput("--skip is " + position + ", the events in " + path
                    + (last < 0 ? " are none" : " have the positions 0 to " + last));
        }
        folder.skip(position);
        onNoted.accept("going on without position " + position
                + " of the events, as told: without the record there, or all that is damaged there");
    }

    /** The last one there is; of those behind damage at the end nothing is known. */
    private long lastPosition() {
        try {
            return ChronicleEventJournal.readOnly(path).endPosition() - 1;
        } catch (DamagedEventsException e) {
            return e.position();
        }
    }
}
