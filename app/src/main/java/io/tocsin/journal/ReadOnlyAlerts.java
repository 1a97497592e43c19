package io.tocsin.journal;

import io.tocsin.engine.pipeline.AlertJournal.Handler;
import java.nio.file.Path;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/**
 * The alerts of a data folder that may belong to a running server: takes no lock and writes nothing. Looks anew each time,
 * so that what was kept since the last time is seen. One thread.
 */
public final class ReadOnlyAlerts {
    private static final long BLOCK_LENGTH = 64L << 20;

    private final Path alerts;
    private final String what;

    /**
     * For the data folder itself.
     *
     * @throws IllegalStateException if this is not a data folder that this build can read
     */
    public ReadOnlyAlerts(Path folder) {
        DataFolder.checkReadable(folder);
        alerts = folder.resolve(DataFolder.ALERTS);
        what = "alerts in " + alerts;
    }

    /** The number of the oldest alert kept; 1 when there is none. */
    public long firstSeq() {
        return Math.max(1, look((index, lastSeq, reader) -> index.isEmpty() ? 1 : index.firstSeq()));
    }

    /** The number of the last alert kept, 0 when there is none. */
    public long lastSeq() {
        return look((index, lastSeq, reader) -> lastSeq);
    }

    /**
     * Hands over every alert from a number on to the last, in order.
     *
     * @param fromSeq what is older than {@link #firstSeq()} is passed over
     * @throws IllegalStateException if one is damaged or missing; it names which and where
     */
    public void read(long fromSeq, Handler handler) {
        look((index, lastSeq, reader) -> {
            if (!index.isEmpty()) {
                reader.read(index, Math.max(fromSeq, index.firstSeq()), lastSeq, handler);
            }
            return lastSeq;
        });
    }

    private long look(Look look) {
        if (!Queues.exists(alerts)) {
            return 0;
        }
        try (SingleChronicleQueue queue = Queues.openToRead(alerts, BLOCK_LENGTH);
                AlertReader reader = new AlertReader(queue, what)) {
            // Before the files: one that is begun after this is not looked at.
            long lastIndex = queue.lastIndex();
            AlertIndex index = index(queue, lastIndex, reader);
            return look.at(index, index.isEmpty() ? 0 : index.seqInLastFile(lastIndex), reader);
        }
    }

    /** Looks at the first alert of each file. */
    private static AlertIndex index(SingleChronicleQueue queue, long lastIndex, AlertReader reader) {
        AlertIndex index = AlertIndex.EMPTY;
        for (long first : Queues.firstIndexes(queue)) {
            if (first <= lastIndex) {
                long seq = seqAt(first, index, reader);
                // A process that died may leave a file with nothing in it.
                index = seq == AlertReader.NONE ? index : index.plus(seq, first);
            }
        }
        return index;
    }

    private static long seqAt(long first, AlertIndex before, AlertReader reader) {
        try {
            return reader.seqAt(first);
        } catch (IllegalStateException e) {
            // A damaged document cannot say which number it has; reading up to it can, and throws in turn.
            AlertIndex known = before.isEmpty() ? before.plus(1, first) : before;
            reader.read(known, known.firstSeq(), Long.MAX_VALUE, (buffer, offset, length) -> {});
            throw e;
        }
    }

    /** What is done with the alerts found while they are open. */
    private interface Look {
        long at(AlertIndex index, long lastSeq, AlertReader reader);
    }
}
