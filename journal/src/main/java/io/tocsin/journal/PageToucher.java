package io.tocsin.journal;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.io.ReferenceOwner;
import net.openhft.chronicle.queue.ExcerptAppender;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Touches the pages of a queue's file before the writer comes to them, on a thread of its own. The first store into a page of
 * a mapped file makes the kernel find a block for it, now and then behind a whole transaction of the file system; at 100,000
 * events a second that stops the writer for 5 ms at p99.9, and with pages touched for 7 microseconds.
 *
 * <pre>
 *   file   written | touched ahead: a second's worth | not there yet
 *                  ^ writer       ^ half way: the writer wakes the toucher
 * </pre>
 *
 * <p>A page is touched by comparing a word with 0 and setting it to 0 in one atomic step, which changes nothing whatever the
 * writer does meanwhile. It goes through the writer's own mapping, so that the writer does not even take the small fault of
 * a page that is in memory but not in the mapping: an append then takes 0.4 microseconds at p99.9 instead of 2.3. The mapping
 * is reserved as long as it is touched, so it cannot go away.
 *
 * <p>It is the journal's and not the sync's: that one is missing at some levels and waits for the disk at others. It sleeps
 * unless the writer wakes it, which is once in half a second at most times. Chronicle's own toucher is not in its free
 * edition.
 *
 * <p>On a disk that has not twice the room that the journals keep free, nothing is touched: a page for which there is no block
 * would end the process, and the rest is for what is written.
 */
final class PageToucher implements AutoCloseable, ReferenceOwner {
    private static final long PAGE_LENGTH = 4 << 10;
    /** So much is touched at a time, in some 50 microseconds: on a machine without a processor to spare, others wait so long. */
    private static final long STEP_LENGTH = 16 * PAGE_LENGTH;
    /** Between two steps. So no more than 320 MB a second are touched, which is more than the core can write. */
    private static final long PAUSE_NS = 200_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final NanoClock clock;
    private final DiskRoom room;
    private final Thread thread;
    private final TouchDistance distance = new TouchDistance();

    /** Reserved by the writer, for the toucher to take and to release. */
    private final AtomicReference<@Nullable BytesStore<?, ?>> handedOver = new AtomicReference<>();

    private final AtomicLong written = new AtomicLong();
    /** Where the writer wakes the toucher; set by the toucher, and to {@link #NEVER} by the writer when it has. */
    private volatile long wakeAt = NEVER;

    private volatile boolean closed;

    /** The writer's. */
    private @Nullable BytesStore<?, ?> followed;

    /** The toucher's. */
    private @Nullable BytesStore<?, ?> touching;

    private long touchedTo;

    private PageToucher(Path folder, String what, NanoClock clock) {
        this.clock = clock;
        room = new DiskRoom(folder, 2 * DiskRoom.RESERVE);
        thread = new Thread(this::run, "tocsin-touch-" + what);
        thread.setDaemon(true);
    }

    /**
     * Starts one.
     *
     * @param folder where the files lie
     * @param what is in them
     */
    static PageToucher start(Path folder, String what, NanoClock clock) {
        PageToucher toucher = new PageToucher(folder, what, clock);
        toucher.thread.start();
        return toucher;
    }

    /** The writer's thread: something was written. Allocates nothing. */
    void follow(ExcerptAppender appender) {
        Bytes<?> bytes = Queues.bytes(appender);
        long position = bytes.writePosition();
        written.lazySet(position);
        BytesStore<?, ?> store = bytes.bytesStore();
        if (store != followed) {
            handOver(store);
        }
        if (position >= wakeAt) {
            wakeAt = NEVER; // Before it is woken, which will set it anew.
            LockSupport.unpark(thread);
        }
    }

    /** Ends the thread; to be called before the queue is closed, when nothing is written any more. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        release(handedOver.getAndSet(null));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A file has begun, or the next stretch of one. */
    private void handOver(BytesStore<?, ?> store) {
        followed = store;
        store.reserve(this);
        release(handedOver.getAndSet(store));
        LockSupport.unpark(thread);
    }

    private void run() {
        try {
            while (!closed) {
                takeOver();
                if (!touchStep()) {
                    LockSupport.park(this);
                }
            }
        } finally {
            release(touching);
        }
    }

    private void takeOver() {
        BytesStore<?, ?> store = handedOver.getAndSet(null);
        if (store == null) {
            return;
        }
        release(touching);
        touching = store;
        touchedTo = Math.max(store.start(), pageOf(written.get()));
        distance.begin(written.get(), clock.nanoTime());
    }

    /** Touches on. False: there is nothing to do until the writer says so. */
    private boolean touchStep() {
        if (touching == null) {
            return false;
        }
        long now = written.get();
        long half = touchedTo - distance.last() / 2;
        if (now < half) {
            wakeAt = half;
            return written.get() >= half; // It may have passed by before it could know.
        }
        long end = touching.capacity();
        long from = Math.max(touchedTo, pageOf(now));
        long to = pageOf(Math.min(now + distance.at(now, clock.nanoTime()), end));
        return from < to ? touchIfRoom(touching, from, to) : from < pageOf(end);
    }

    private boolean touchIfRoom(BytesStore<?, ?> store, long from, long to) {
        for (long next = from; next < to && !closed; next += STEP_LENGTH) {
            long end = Math.min(to, next + STEP_LENGTH);
            if (!room.hasFor(end - next)) {
                wakeAt = next + DiskRoom.ASK_EVERY;
                return false;
            }
            touch(store, next, end);
            touchedTo = end;
            LockSupport.parkNanos(PAUSE_NS);
        }
        return true;
    }

    private static void touch(BytesStore<?, ?> store, long from, long to) {
        for (long page = from; page < to; page += PAGE_LENGTH) {
            store.compareAndSwapInt(page, 0, 0);
        }
    }

    private void release(@Nullable BytesStore<?, ?> store) {
        if (store != null) {
            store.release(this);
        }
    }

    private static long pageOf(long position) {
        return position & -PAGE_LENGTH;
    }
}
