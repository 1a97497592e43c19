package io.tocsin.journal;

import io.tocsin.engine.pipeline.EventJournal;
import java.nio.file.Path;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.DirectBuffer;

/**
 * The records that were accepted, in a Chronicle Queue: what lies between two commits is one document, so it is there
 * whole or not at all.
 *
 * <p>Opened and replayed by the thread that starts the engine, then written by the core's thread only; closed when that
 * thread has ended. Positions are the records' numbers from 0, without gaps, over all files. {@code append} copies to
 * memory, {@code commit} to the mapped file; neither allocates in steady state. A batch that outgrows 8 MiB is written in
 * several documents, the earlier ones before the commit.
 *
 * <p>Errors: a damaged or missing document is an {@link IllegalStateException} that names where; a disk that is nearly
 * full is one before anything is written; a record that is too long is an {@link IllegalArgumentException}.
 */
public final class ChronicleEventJournal implements EventJournal {
    /** The longest record that can be kept, in bytes. */
    public static final int MAX_RECORD_LENGTH = EventBatch.MAX_RECORD_LENGTH;

    /** Measured: with Chronicle's 64 MiB, appends stall for milliseconds at p99.9, with this for a tenth of it. */
    static final long BLOCK_LENGTH = 256L << 20;

    private final Path folder;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final EventReplay reader;
    private final EventBatch batch;
    private final DiskRoom room;
    private long nextPosition;

    private ChronicleEventJournal(Path folder, TimeProvider clock) {
        this.folder = folder;
        String what = "events in " + folder;
        room = new DiskRoom(folder);
        queue = Queues.openToWrite(folder, BLOCK_LENGTH, clock);
        try {
            reader = new EventReplay(queue, what);
            nextPosition = reader.endPosition();
            appender = Queues.appender(queue);
            batch = new EventBatch(what);
        } catch (RuntimeException e) {
            queue.close();
            throw e;
        }
    }

    /** Opens the events of a data folder to write. The folder must outlive the journal. */
    public static ChronicleEventJournal open(DataFolder folder) {
        return open(folder, Queues.systemClock());
    }

    /** As above; the clock only chooses the file that a batch goes to. */
    static ChronicleEventJournal open(DataFolder folder, TimeProvider clock) {
        return new ChronicleEventJournal(folder.events(), clock);
    }

    /**
     * Opens the events of a data folder to read, also while a server writes them: a replay then ends with the last batch
     * committed. Takes no lock and writes nothing; {@code append} and {@code commit} are refused.
     *
     * @param folder the data folder itself, see {@link DataFolder#isDataFolder}
     */
    public static EventJournal readOnly(Path folder) {
        return new ReadOnlyEventJournal(folder);
    }

    @Override
    public long append(DirectBuffer buffer, int offset, int length) {
        if (!batch.hasRoomFor(length)) {
            commit();
        }
        long position = nextPosition + batch.count();
        batch.add(buffer, offset, length);
        return position;
    }

    @Override
    public void commit() {
        int count = batch.count();
        if (count == 0) {
            return;
        }
        room.take(batch.length());
        batch.writeTo(appender, nextPosition);
        nextPosition += count;
    }

    @Override
    public void force() {
        QueueFiles.force(folder);
    }

    @Override
    public long firstPosition() {
        return 0;
    }

    @Override
    public long endPosition() {
        return nextPosition;
    }

    @Override
    public long replay(long fromPosition, RecordHandler handler) {
        return reader.replay(fromPosition, nextPosition, handler);
    }

    /** Closes the queue. Records that were not committed are given up. */
    @Override
    public void close() {
        queue.close();
    }
}
