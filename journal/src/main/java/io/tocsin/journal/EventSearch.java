package io.tocsin.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds a place to begin reading at, without reading all that lies before it: in the newest file that begins early enough,
 * by the offsets that Chronicle noted of every 256th document. Whatever an offset leads to must be a whole document, which
 * knows its position itself; if one is not, reading begins where the file does. One thread.
 */
final class EventSearch {
    /** Stands for a position that cannot be found out. */
    static final long UNKNOWN = -1;

    private final List<Path> files;
    private final long oldestExpected;
    private final EventBatch batch = new EventBatch();

    /**
     * For one look at the files.
     *
     * @param files oldest first
     * @param oldestExpected the position that the oldest one must begin with at the latest
     */
    EventSearch(List<Path> files, long oldestExpected) {
        this.files = files;
        this.oldestExpected = oldestExpected;
    }

    /** A document's file and where it begins in it, 0 for the file's beginning; and the position expected there. */
    record Place(int file, long offset, long position) {}

    /** The position of the oldest record, or that which it must have if that one is missing. */
    long firstPosition() {
        long first = files.isEmpty() ? UNKNOWN : firstPositionOf(files.get(0));
        return first == UNKNOWN ? oldestExpected : Math.min(first, oldestExpected);
    }

    /**
     * A place from which reading comes by a position. It lies before it, unless that is the oldest: what a skipped position
     * means is only known to a reader that was expecting it.
     */
    Place before(long position) {
        for (int i = files.size() - 1; i >= 0; i--) {
            long first = firstPositionOf(files.get(i));
            if (first != UNKNOWN && first < position && (i > 0 || first <= oldestExpected)) {
                return within(new Place(i, 0, first), position);
            }
        }
        return new Place(0, 0, firstPosition());
    }

    /** The position of a file's first record, {@link #UNKNOWN} if there is none or it cannot be read. */
    static long firstPositionOf(Path path) {
        return firstBatchOf(path, new EventBatch());
    }

    /** Reads a file's first batch; its position, {@link #UNKNOWN} if there is none or it cannot be read. */
    static long firstBatchOf(Path path, EventBatch batch) {
        try (QueueFile file = open(path)) {
            file.moveTo(0);
            return positionAt(file, file.next(), batch);
        } catch (DamagedException e) {
            return UNKNOWN;
        }
    }

    static QueueFile open(Path path) {
        try {
            return new QueueFile(path);
        } catch (NoSuchFileException e) {
            throw new IllegalStateException(path + " was given up while it was being read: start again", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + ": " + Texts.reason(e), e);
        }
    }

    private Place within(Place beginning, long position) {
        try (QueueFile file = open(files.get(beginning.file))) {
            Place best = beginning;
            int low = 0;
            int high = file.listed() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                Place place = placeAt(file, file.listedDocument(middle), beginning);
                if (place.position == UNKNOWN) {
                    return beginning;
                }
                if (place.position < position) {
                    best = place;
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            Place last = placeAt(file, file.lastDocument(), beginning);
            return last.position > best.position && last.position < position ? last : best;
        }
    }

    private Place placeAt(QueueFile file, long offset, Place beginning) {
        long found = file.isDocument(offset) ? positionAt(file, offset, batch) : UNKNOWN;
        return new Place(beginning.file, offset, found < beginning.position ? UNKNOWN : found);
    }

    private static long positionAt(QueueFile file, long offset, EventBatch batch) {
        try {
            if (offset == QueueFile.NONE) {
                return UNKNOWN;
            }
            batch.readFrom(file, offset);
            return batch.firstPosition();
        } catch (DamagedException e) {
            return UNKNOWN;
        }
    }
}
