package io.tocsin.engine.pipeline;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.tocsin.engine.event.EventRecord;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * The ring of events as senders see it: places are claimed, filled and published here, and waited for until what is in them
 * is acknowledged. Offering allocates nothing. How far the core and the sync have come with it is in the sequences, which they write.
 */
final class EventRing implements EventGate {
    /** A waiting sender looks again after so long, or after a share of what it has waited: a batch takes as long as a batch takes. */
    private static final long CHECK_NS = 20_000;

    private static final long MOST_CHECK_NS = 500_000;
    private static final int CHECK_SHARE = 8;
    private static final int CHECKS_BEFORE_PARKING = 200;

    private final RingBuffer<EventSlot> slots;
    private final Sequence journaled = new Sequence(Sequencer.INITIAL_CURSOR_VALUE);
    private final Sequence durable = new Sequence(Sequencer.INITIAL_CURSOR_VALUE);
    private final Sequence applied = new Sequence(Sequencer.INITIAL_CURSOR_VALUE);
    private final Sequence safe;

    private final EpochNanoClock clock;
    private final NanoClock steadyClock;
    private final EngineHealth health;
    private final BooleanSupplier coreEnded;

    /**
     * An empty ring.
     *
     * @param size of the ring
     * @param sync what must have happened to a record before it is acknowledged
     * @param clock stamps what is offered
     * @param steadyClock is never set, for how long to wait
     * @param coreEnded whether nothing will be applied any more
     */
    EventRing(
            int size,
            SyncLevel sync,
            EpochNanoClock clock,
            NanoClock steadyClock,
            EngineHealth health,
            BooleanSupplier coreEnded) {
        // Its own wait strategy is never asked to wait, as the consumer polls; this one costs publishers no signal.
        slots = RingBuffer.createMultiProducer(EventSlot::new, size, new YieldingWaitStrategy());
        slots.addGatingSequences(applied);
        safe = sync == SyncLevel.ALWAYS ? durable : journaled;
        this.clock = clock;
        this.steadyClock = steadyClock;
        this.health = health;
        this.coreEnded = coreEnded;
    }

    /** As {@link #offer}, but also before the engine is open. */
    long offerFirst(DirectBuffer buffer, int offset, int length) {
        long place = claim(1);
        if (place != FULL) {
            try {
                slots.get(place).copy(buffer, offset, length, clock.nanoTime());
            } finally {
                publish(place, 1);
            }
        }
        return place;
    }

    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        health.checkAccepting();
        return offerFirst(buffer, offset, length);
    }

    @Override
    public long offerAll(DirectBuffer buffer, int offset, int count) {
        health.checkAccepting();
        if (count > capacity()) {
            throw new IllegalArgumentException(count + " events at once, the ring has room for " + capacity());
        }
        long last = claim(count);
        if (last != FULL) {
            try {
                copyAll(buffer, offset, last - count + 1, last);
            } finally {
                publish(last, count);
            }
        }
        return last;
    }

    @Override
    public boolean awaitApplied(long position, long timeoutMs) throws InterruptedException {
        long startNs = steadyClock.nanoTime();
        for (int checks = 0; !isAcknowledged(position); checks++) {
            if (health.hasFailed() || (coreEnded.getAsBoolean() && !isAcknowledged(position))) {
                throw health.stopped();
            }
            long waitedNs = steadyClock.nanoTime() - startNs;
            if (waitedNs > TimeUnit.MILLISECONDS.toNanos(timeoutMs)) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for event " + position);
            }
            if (checks < CHECKS_BEFORE_PARKING) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(Math.min(MOST_CHECK_NS, Math.max(CHECK_NS, waitedNs / CHECK_SHARE)));
            }
        }
        return true;
    }

    @Override
    public int capacity() {
        return slots.getBufferSize();
    }

    /**
     * Waits until everything that was ever taken is acknowledged.
     *
     * @throws IllegalStateException if the time is up first, or the engine stops
     */
    void awaitAll(long timeoutMs) throws InterruptedException {
        long last = slots.getCursor();
        if (!awaitApplied(last, timeoutMs)) {
            throw new IllegalStateException((last + 1) + " events were taken since the start, only "
                    + (Math.min(applied.get(), safe.get()) + 1)
                    + " could be acknowledged before the stop; their senders were told nothing");
        }
    }

    RingBuffer<EventSlot> slots() {
        return slots;
    }

    /** The last place whose record is in the journal. */
    Sequence journaled() {
        return journaled;
    }

    /** The last place whose record is on the device. */
    Sequence durable() {
        return durable;
    }

    /** The last place whose record is applied; it may be used again. */
    Sequence applied() {
        return applied;
    }

    /** The last place whose record cannot be lost any more, as far as the configured level promises it. */
    Sequence safe() {
        return safe;
    }

    /** Claims so many empty places; returns the last one, or {@link #FULL}. What is claimed must be published. */
    private long claim(int count) {
        long last;
        try {
            last = slots.tryNext(count);
        } catch (InsufficientCapacityException e) {
            return FULL;
        }
        for (long sequence = last - count + 1; sequence <= last; sequence++) {
            slots.get(sequence).clear();
        }
        return last;
    }

    private void copyAll(DirectBuffer buffer, int offset, long first, long last) {
        long offeredNs = clock.nanoTime();
        int position = offset;
        for (long sequence = first; sequence <= last; sequence++) {
            int length = EventRecord.lengthAt(buffer, position);
            slots.get(sequence).copy(buffer, position, length, offeredNs);
            position += length;
        }
    }

    /** What could not be filled stays empty and is passed over; an unpublished place would stop the ring. */
    private void publish(long last, int count) {
        slots.publish(last - count + 1, last);
    }

    private boolean isAcknowledged(long position) {
        return applied.get() >= position && safe.get() >= position;
    }
}
