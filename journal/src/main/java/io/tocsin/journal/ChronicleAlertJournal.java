package io.tocsin.journal;

import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.pipeline.AlertJournal;
import java.nio.file.Path;
import java.util.Deque;
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
 * The alerts that were raised, in a Chronicle Queue, one document each.
 *
 * <p>{@code append} belongs to the egress thread: it allocates nothing in steady state and takes a lock only to wake those
 * who wait. Everything else may be called from any thread; readers do not disturb each other or the writer, and see an
 * alert as soon as {@code append} has returned. After a restart the engine raises its alerts again from number 1; the
 * caller skips those up to {@link #lastSeq()}.
 *
 * <p>{@code close} waits for readers that are in a handler, so a handler must neither close the journal nor take long; it
 * is called once the egress thread has ended. After it, {@code read} throws an {@link IllegalStateException}.
 */
public final class ChronicleAlertJournal implements AlertJournal {
    private static final long BLOCK_LENGTH = 64L << 20;

    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final Document document;
    private final DiskRoom room;
    private final String what;
    private final AlertRecord alert = new AlertRecord();

    /** Written by the egress thread, before {@link #lastSeq}, which publishes it. */
    private volatile AlertIndex index = AlertIndex.EMPTY;

    private volatile long lastSeq;
    private int lastCycle;

    private final Deque<AlertReader> idleReaders = new ConcurrentLinkedDeque<>();
    /** Shared by those who read; held alone to close, since a closed queue's memory is gone. */
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

    private final ReentrantLock waiting = new ReentrantLock();
    private final Condition changed = waiting.newCondition();
    private final AtomicInteger waiterCount = new AtomicInteger();
    private volatile boolean closed;

    private ChronicleAlertJournal(Path folder, TimeProvider clock) {
        what = "alerts in " + folder;
        room = new DiskRoom(folder);
        document = new Document(what, AlertReader.REMEDY);
        queue = Queues.openToWrite(folder, BLOCK_LENGTH, clock);
        try {
            findAlerts();
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
        } finally {
            open.writeLock().unlock();
        }
        wakeWaiters();
    }

    private int readOpen(long afterSeq, int limit, Handler handler) {
        long last = lastSeq;
        AlertIndex files = index;
        if (files.isEmpty() || afterSeq >= last || limit <= 0) {
            return 0;
        }
        long from = Math.max(afterSeq + 1, files.firstSeq());
        long to = limit <= last - from ? from + limit - 1 : last;
        AlertReader idle = idleReaders.pollFirst();
        AlertReader reader = idle != null ? idle : new AlertReader(queue, what);
        try {
            reader.read(files, from, to, handler);
        } finally {
            idleReaders.addFirst(reader);
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
        if (cycle != lastCycle || index.isEmpty()) {
            index = index.plus(seq, appender.lastIndexAppended());
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

    /** Looks at the first alert of each file and at the last one of all. */
    private void findAlerts() {
        AlertIndex found = AlertIndex.EMPTY;
        try (AlertReader reader = new AlertReader(queue, what)) {
            for (long first : Queues.firstIndexes(queue)) {
                long seq = reader.seqAt(first);
                if (seq != AlertReader.NONE) { // A process that died may leave a file with nothing in it.
                    found = found.plus(seq, first);
                }
            }
            if (!found.isEmpty()) {
                findLast(found, reader);
            }
        }
        index = found;
    }

    private void findLast(AlertIndex found, AlertReader reader) {
        long lastIndex = queue.lastIndex();
        lastCycle = queue.rollCycle().toCycle(lastIndex);
        lastSeq = reader.seqAt(lastIndex);
        if (lastSeq != found.seqInLastFile(lastIndex)) {
            throw new IllegalStateException(String.format(
                    "%s: the last alert, at index %x, has number %d, expected %d. %s",
                    what, lastIndex, lastSeq, found.seqInLastFile(lastIndex), AlertReader.REMEDY));
        }
    }
}
