package io.tocsin.journal;

import io.tocsin.engine.pipeline.EventJournal.RecordHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import org.agrona.DirectBuffer;

/**
 * Goes from a place to the end, document by document. The next one must begin with the position that is expected; if it
 * does not or is damaged, that is refused, unless the position is one to be skipped: then it goes on behind the damage, at
 * whatever later position comes next. A position to be skipped that is reached without damage means one record only. One
 * thread, once.
 */
final class EventWalk {
    private final Path folder;
    private final List<Path> files;
    private final SortedSet<Long> skipped;
    private final long fromPosition;
    private final RecordHandler handler;
    private final RecordHandler wanted = this::handOverIfWanted;
    private final EventBatch batch = new EventBatch();

    private long expected;
    private boolean gapAllowed;

    /**
     * @param skipped the positions to be skipped; the walk uses them up
     * @param fromPosition the first record that the handler is given
     */
    EventWalk(Path folder, List<Path> files, SortedSet<Long> skipped, long fromPosition, RecordHandler handler) {
        this.folder = folder;
        this.files = files;
        this.skipped = skipped;
        this.fromPosition = fromPosition;
        this.handler = handler;
    }

    /** @return the position after the last record */
    long run(EventSearch.Place start) {
        expected = start.position();
        for (int i = start.file(); i < files.size(); i++) {
            try (QueueFile file = EventSearch.open(files.get(i))) {
                file.moveTo(i == start.file() ? start.offset() : 0);
                while (readNext(file)) {
                    handOver();
                }
            }
        }
        return expected;
    }

    /** @return false at the file's end */
    private boolean readNext(QueueFile file) {
        while (true) {
            try {
                long offset = file.next();
                if (offset == QueueFile.NONE) {
                    return false;
                }
                batch.readFrom(file, offset);
                checkPosition(file, offset);
                return true;
            } catch (DamagedException e) {
                if (!skipped.remove(expected)) {
                    throw damaged(file, e);
                }
                gapAllowed = true;
                moveBehind(file, e.offset());
            }
        }
    }

    private void checkPosition(QueueFile file, long offset) {
        long found = batch.firstPosition();
        if (found == expected || (found > expected && (gapAllowed || skipped.remove(expected)))) {
            return;
        }
        throw new DamagedEventsException(
                what(file, offset) + " begins with position " + found + ", expected " + expected
                        + ": a file is missing or was put there, or a document is damaged; " + EventReplay.REMEDY,
                expected);
    }

    private void handOver() {
        gapAllowed = false;
        expected = batch.firstPosition();
        if (expected >= fromPosition && skipped.isEmpty()) {
            batch.forEach(handler);
        } else if (expected + batch.count() > fromPosition) {
            batch.forEach(wanted);
        }
        expected += batch.count();
    }

    private void handOverIfWanted(DirectBuffer buffer, int offset, int length, long position) {
        if (position >= fromPosition && !skipped.contains(position)) {
            handler.onRecord(buffer, offset, length, position);
        }
    }

    /**
     * Moves to the next whole document. First to where the damaged one says that it ends, so that nothing is taken for a
     * document that is only a part of one.
     */
    private void moveBehind(QueueFile file, long damaged) {
        file.refresh();
        if (file.isLast(damaged)) {
            file.moveToEnd();
        } else if (file.isDocument(damaged) && isWhole(file, file.behind(damaged))) {
            file.moveTo(file.behind(damaged));
        } else {
            moveToWhole(file, damaged + 1);
        }
    }

    private void moveToWhole(QueueFile file, long from) {
        long aligned = (from + Integer.BYTES - 1) & -Integer.BYTES;
        long offset = file.candidate(aligned, Document.firstWord());
        while (offset != QueueFile.NONE && !isWhole(file, offset)) {
            offset = file.candidate(offset + Integer.BYTES, Document.firstWord());
        }
        if (offset == QueueFile.NONE) {
            file.moveToEnd();
        } else {
            file.moveTo(offset);
        }
    }

    private boolean isWhole(QueueFile file, long offset) {
        try {
            if (!file.isDocument(offset)) {
                return false;
            }
            batch.readFrom(file, offset);
            return batch.firstPosition() >= expected;
        } catch (DamagedException e) {
            return false;
        }
    }

    private DamagedEventsException damaged(QueueFile file, DamagedException e) {
        return new DamagedEventsException(
                what(file, e.offset()) + ", of position " + expected + ", is damaged: " + e.why() + "; "
                        + EventReplay.REMEDY,
                expected,
                e);
    }

    private String what(QueueFile file, long offset) {
        return "events in " + folder + ": the document at byte " + offset + " of " + folder.relativize(file.path());
    }
}
