package io.tocsin.journal;

import io.tocsin.engine.pipeline.EventJournal.RecordHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;

/**
 * Reads the event batches of a data folder and checks that nothing is missing. Each call looks at the files anew, so that
 * it finds what was committed since the last one. One thread.
 */
final class EventReplay {
    /** What to do about a journal that cannot be read. */
    static final String REMEDY = "put back the folder from a copy";

    private static final RecordHandler NOBODY = (buffer, offset, length, position) -> {};

    private final Path folder;
    private final PositionsFile skipped;
    private final PositionsFile givenUp;

    /** @param dataFolder the data folder itself */
    EventReplay(Path dataFolder) {
        folder = dataFolder.resolve(DataFolder.EVENTS);
        skipped = new PositionsFile(dataFolder, DataFolder.SKIPPED);
        givenUp = new PositionsFile(dataFolder, DataFolder.GIVEN_UP);
    }

    /**
     * Hands over every record from a position to the end, which is where the last complete document ends.
     *
     * @return the position after the last record
     */
    long replay(long fromPosition, RecordHandler handler) {
        List<Path> files = QueueFolder.files(folder);
        EventSearch search = new EventSearch(files, oldestExpected());
        long firstPosition = search.firstPosition();
        if (fromPosition < firstPosition) {
            throw new IllegalStateException(what() + ": positions " + fromPosition + " to " + (firstPosition - 1)
                    + " were given up: replay from position " + firstPosition + ", or " + REMEDY);
        }
        long endPosition = walk(files, search.before(fromPosition), fromPosition, handler);
        if (fromPosition > endPosition) {
            throw new IllegalStateException(what() + ": nothing is known of position " + fromPosition
                    + ", the journal ends at position " + endPosition + ": " + REMEDY);
        }
        return endPosition;
    }

    /** The position of the oldest record; when there is none, the one that the first would have. */
    long firstPosition() {
        return new EventSearch(QueueFolder.files(folder), oldestExpected()).firstPosition();
    }

    /** The position after the last record. Reads the last document only, unless something is damaged. */
    long endPosition() {
        List<Path> files = QueueFolder.files(folder);
        EventSearch search = new EventSearch(files, oldestExpected());
        return walk(files, search.before(Long.MAX_VALUE), Long.MAX_VALUE, NOBODY);
    }

    /**
     * Deletes the oldest files, as long as all their records lie before a position and an instant. One in front of a skipped position
     * stays: it may hold the damage that was skipped, without which the position would mean the record behind it.
     */
    void giveUpBefore(long position, long arrivedBeforeNs) {
        EventBatch batch = new EventBatch();
        List<Path> files = QueueFolder.files(folder);
        SortedSet<Long> keepBefore = skipped.read();
        for (int i = files.size() - 1; i > 0; i--) {
            long first = EventSearch.firstBatchOf(files.get(i), batch);
            if (first != EventSearch.UNKNOWN
                    && first <= position
                    && batch.firstArrivalNs() <= arrivedBeforeNs
                    && !keepBefore.contains(first)) {
                giveUp(files.subList(0, i), first);
                return;
            }
        }
    }

    /** What is given up is noted first, so that files that then are missing are known to be missing rightly. */
    private void giveUp(List<Path> files, long firstKept) {
        if (firstKept > oldestExpected()) {
            givenUp.write(List.of(firstKept));
        }
        files.forEach(file -> QueueFolder.delete(folder, file));
    }

    private long walk(List<Path> files, EventSearch.Place start, long fromPosition, RecordHandler handler) {
        return new EventWalk(folder, files, skipped.read(), fromPosition, handler).run(start);
    }

    /** Where the oldest file must begin at the latest. */
    private long oldestExpected() {
        SortedSet<Long> positions = givenUp.read();
        return positions.isEmpty() ? 0 : positions.last();
    }

    private String what() {
        return "events in " + folder;
    }
}
