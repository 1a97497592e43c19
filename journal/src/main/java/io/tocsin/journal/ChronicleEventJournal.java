package io.tocsin.journal;

import io.tocsin.engine.pipeline.EventJournal;
import java.nio.file.Path;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The records that were accepted, in Chronicle queues, one of each run: what lies between two commits is one document, so
 * it is there whole or not at all.
 *
 * <p>Opened and replayed by the thread that starts the engine, then written by the core's thread only; closed when that
 * thread has ended. Positions are the records' numbers from 0, without gaps, over all files; gaps are only where something
 * was skipped. {@code append} copies to memory, {@code commit} to the mapped file; neither allocates in steady state. A
 * batch that outgrows 8 MiB is written in several documents, the earlier ones before the commit.
 *
 * <p>A thread of its own touches the newest file's pages ahead of the writer, see {@link PageToucher}; it ends with the
 * journal. {@code force} and {@link #giveUpBefore} are for any thread, one at a time each, while the core writes. A replay seeks:
 * it reads at most 256 documents before the wanted position.
 *
 * <p>Errors: a damaged or missing document is a {@link DamagedEventsException} that names where, see
 * {@link DataFolder#skip}; an {@link IllegalStateException} is a replay from before {@link #firstPosition()} or from behind {@link #endPosition()}. A disk
 * that is nearly full is one before anything is written; a record that is too long is an {@link IllegalArgumentException}.
 */
public final class ChronicleEventJournal implements EventJournal {
    /** The longest record that can be kept, in bytes. */
    public static final int MAX_RECORD_LENGTH = EventBatch.MAX_RECORD_LENGTH;

    /** Measured: with Chronicle's 64 MiB, appends stall for milliseconds at p99.9, with this for a tenth of it. */
    static final long BLOCK_LENGTH = 256L << 20;

    private static final int NO_CYCLE = -1;

    private final Path dataFolder;
    private final EventReplay reader;
    private final EventBatch batch = new EventBatch();
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final DiskRoom room;
    private final DeviceForce device;
    private final PageToucher toucher;
    private int lastCycle = NO_CYCLE;
    private long nextPosition;

    private ChronicleEventJournal(DataFolder dataFolder, TimeProvider clock) {
        Path folder = dataFolder.events();
        this.dataFolder = dataFolder.path();
        room = new DiskRoom(folder);
        room.ask();
        reader = new EventReplay(this.dataFolder);
        nextPosition = reader.endPosition();
        device = new DeviceForce(folder, QueueFolder.files(folder));
        queue = Queues.openToWrite(QueueFolder.beginRun(folder), BLOCK_LENGTH, clock);
        try {
            appender = Queues.appender(queue);
        } catch (RuntimeException e) {
            queue.close();
            throw e;
        }
        toucher = PageToucher.start(folder, "events", SystemNanoClock.INSTANCE);
    }

    /** Opens the events of a data folder to write. The folder must outlive the journal. */
    public static ChronicleEventJournal open(DataFolder folder) {
        return open(folder, Queues.systemClock());
    }

    /** As above; the clock only chooses the file that a batch goes to. */
    static ChronicleEventJournal open(DataFolder folder, TimeProvider clock) {
        return new ChronicleEventJournal(folder, clock);
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
        toucher.follow(appender);
        noteFile();
        nextPosition += count;
    }

    @Override
    public void force() {
        device.force();
    }

    /**
     * {@inheritDoc} What is given up are whole files: a file holds a day's records, or those of a run that ended earlier; the
     * newest one is always kept. A replay from before {@link #firstPosition()} is refused from then on.
     */
    @Override
    public void giveUpBefore(long position, long arrivedBeforeNs) {
        new EventReplay(dataFolder).giveUpBefore(position, arrivedBeforeNs);
    }

    @Override
    public long firstPosition() {
        return new EventReplay(dataFolder).firstPosition();
    }

    @Override
    public long endPosition() {
        return nextPosition;
    }

    @Override
    public long replay(long fromPosition, RecordHandler handler) {
        return reader.replay(fromPosition, handler);
    }

    /** Closes the queue. Records that were not committed are given up. */
    @Override
    public void close() {
        toucher.close();
        queue.close();
        device.close();
    }

    private void noteFile() {
        int cycle = appender.cycle();
        if (cycle != lastCycle) {
            device.add(Queues.currentFile(appender));
            lastCycle = cycle;
        }
    }
}
