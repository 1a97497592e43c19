package io.tocsin.journal;

import java.nio.file.Path;
import java.util.List;

/**
 * Finds where in the events of a data folder a time begins, without reading all that lies before: arrivals never go back, so
 * whatever arrived at an instant or later lies at the position found or behind it. Looks at the first record of files and at
 * the documents whose offsets Chronicle noted, and so finds a place a few hundred documents early. Where it meets something
 * it cannot make sense of, it settles for an earlier place; a replay from there says what is wrong. One thread.
 */
public final class ArrivalSearch {
    private final Path folder;
    private final EventBatch batch = new EventBatch();

    /**
     * For the data folder itself, which may belong to a running server.
     *
     * @throws IllegalStateException if this is not a data folder that this build can read
     */
    public ArrivalSearch(Path folder) {
        DataFolder.checkReadable(folder);
        this.folder = folder;
    }

    /** A position before which nothing arrived at the instant or later. */
    public long positionBefore(long arrivalNs) {
        List<Path> files = QueueFolder.files(folder.resolve(DataFolder.EVENTS));
        for (int i = files.size() - 1; i >= 0; i--) {
            long first = EventSearch.firstBatchOf(files.get(i), batch);
            if (first != EventSearch.UNKNOWN && batch.firstArrivalNs() < arrivalNs) {
                return within(files.get(i), first, arrivalNs);
            }
        }
        return new EventReplay(folder).firstPosition();
    }

    private long within(Path path, long first, long arrivalNs) {
        long found = first;
        try (QueueFile file = EventSearch.open(path)) {
            int low = 0;
            int high = file.listed() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                long offset = file.listedDocument(middle);
                if (!file.isDocument(offset)) {
                    return first;
                }
                batch.readFrom(file, offset);
                if (batch.firstArrivalNs() < arrivalNs) {
                    found = batch.firstPosition();
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return Math.max(first, found);
        } catch (DamagedException e) {
            return first;
        }
    }
}
