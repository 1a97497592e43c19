package io.tocsin.journal;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.pipeline.AlertJournal;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.DirectBuffer;

/**
 * The alerts that were raised, in Chronicle queues, one of each run; one document each.
 *
 * <p>{@code append} belongs to the egress thread: it allocates nothing in steady state and takes a lock only to wake those
 * who wait. Everything else may be called from any thread; readers do not disturb each other or the writer, and see an
 * alert as soon as {@code append} has returned. {@code force} is for one other thread at a time. After a restart the engine raises its alerts again from number 1; the
 * caller skips those up to {@link #lastSeq()}.
 *
 * <p>{@code close} waits for readers that are in a handler, so a handler must neither close the journal nor take long; it
 * is called once the egress thread has ended. After it, {@code read} throws an {@link IllegalStateException}; so it does at
 * a damaged alert, with where it lies, and other alerts can be read. Opening looks at the first and last alert of each file.
 */
public final class ChronicleAlertJournal implements AlertJournal {
    private static final long BLOCK_LENGTH = 64L << 20;
    private static final int NO_CYCLE = -1;

    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final Document document = new Document();
    private final DiskRoom room;
    private final DeviceForce device;
    private final Path folder;
    private final String what;
    private final AlertRecord alert = new AlertRecord();

    /** Written by the egress thread, before {@link #lastSeq}, which publishes it. */
    private volatile AlertFiles files = AlertFiles.NONE;

    private volatile long lastSeq;
    private int lastCycle = NO_CYCLE;

    private final Deque<AlertReader> idleReaders = new ConcurrentLinkedDeque<>();
    /** Shared by those who read; held alone to close, so that no reader is left open. */
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

    private final ReentrantLock waiting = new ReentrantLock();
    private final Condition changed = waiting.newCondition();
    private final AtomicInteger waiterCount = new AtomicInteger();
    private volatile boolean closed;

    private ChronicleAlertJournal(Path folder, TimeProvider clock) {
        this.folder = folder;
        what = "alerts in " + folder;
        room = new DiskRoom(folder);
        room.ask();
        List<Path> existing = QueueFolder.files(folder);
        findAlerts(existing);
        device = new DeviceForce(folder, existing);
        queue = Queues.openToWrite(QueueFolder.beginRun(folder), BLOCK_LENGTH, clock);
        try {
            appender = Queues.appender(queue);
        } catch (RuntimeException e) {
            queue.close();
            throw e;
        }
    }

    /** Opens the alerts of a data folder. The folder must outlive the journal. */
    public static ChronicleAlertJournal open(DataFolder folder) {
        return open(folder, Queues.systemClock());
    }

    /** As above; the clock only chooses the file that an alert goes to. */
    static ChronicleAlertJournal open(DataFolder folder, TimeProvider clock) {
        return new ChronicleAlertJournal(folder.alerts(), clock);
    }

    @Override
    public long lastSeq() {
        return lastSeq;
    }

    @Override
    public void append(DirectBuffer buffer, int offset, int length) {
        long seq = alert.wrap(buffer, offset).seq();
        check(seq, length);
        document.ensureCapacity(Document.BODY_OFFSET + length);
        document.buffer().putBytes(Document.BODY_OFFSET, buffer, offset, length);
        room.take(Document.BODY_OFFSET + length);
        document.writeTo(appender, Document.BODY_OFFSET + length);
        noteFile(seq);
        lastSeq = seq;
        wakeWaiters();
    }

    @Override
    public void force() {
        device.force();
    }

    @Override
    public int read(long afterSeq, int limit, Handler handler) {
        open.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(what + ": closed");
            }
            return readOpen(afterSeq, limit, handler);
        } finally {
            open.readLock().unlock();
        }
    }

    @Override
    public boolean awaitAfter(long seq, long timeoutMs) throws InterruptedException {
        long remainingNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        waiting.lockInterruptibly();
        try {
            // Counted before lastSeq is read, as the writer sets lastSeq before it reads the count: one sees the other.
            waiterCount.incrementAndGet();
            while (lastSeq <= seq && !closed && remainingNs > 0) {
                remainingNs = changed.awaitNanos(remainingNs);
            }
            return lastSeq > seq && !closed;
        } finally {
            waiterCount.decrementAndGet();
            waiting.unlock();
        }
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            closed = true;
            queue.close();
            device.close();
            idleReaders.forEach(AlertReader::close);
        } finally {
            open.writeLock().unlock();
        }
        wakeWaiters();
    }

    private int readOpen(long afterSeq, int limit, Handler handler) {
        long last = lastSeq;
        if (afterSeq >= last || limit <= 0) {
            return 0;
        }
        long from = Math.max(afterSeq + 1, 1);
        long to = limit <= last - from ? from + limit - 1 : last;
        AlertReader idle = idleReaders.pollFirst();
        AlertReader reader = idle != null ? idle : new AlertReader(folder);
        boolean done = false;
        try {
            reader.read(files, from, to, handler);
            done = true;
        } finally {
            if (done) {
                idleReaders.addFirst(reader);
            } else {
                reader.close();
            }
        }
        return (int) (to - from + 1);
    }

    private void check(long seq, int length) {
        if (seq != lastSeq + 1) {
            throw new IllegalStateException(
                    what + ": alert " + seq + " cannot be kept, the next one is " + (lastSeq + 1));
        }
        if (length != alert.length() || length > Document.MAX_LENGTH - Document.BODY_OFFSET) {
            throw new IllegalArgumentException("alert " + seq + " of " + length + " bytes says it has " + alert.length()
                    + ", at most " + (Document.MAX_LENGTH - Document.BODY_OFFSET) + " can be kept");
        }
    }

    private void noteFile(long seq) {
        int cycle = appender.cycle();
        if (cycle != lastCycle) {
            Path file = Queues.currentFile(appender);
            device.add(file);
            files = files.plus(seq, file);
            lastCycle = cycle;
        }
    }

    private void wakeWaiters() {
        if (waiterCount.get() == 0) {
            return;
        }
        waiting.lock();
        try {
            changed.signalAll();
        } finally {
            waiting.unlock();
        }
    }

    /** Looks at the first and at the last alert of each file. */
    private void findAlerts(List<Path> existing) {
        AlertFiles found = AlertFiles.NONE;
        long last = 0;
        try (AlertReader reader = new AlertReader(folder)) {
            for (Path path : existing) {
                long lastInFile = reader.lastSeq(path, last + 1);
                if (lastInFile > last) { // A process that died may leave a file with nothing in it.
                    found = found.plus(last + 1, path);
                    last = lastInFile;
                }
            }
        }
        files = found;
        lastSeq = last;
    }
}
