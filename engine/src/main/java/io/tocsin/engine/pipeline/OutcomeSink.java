package io.tocsin.engine.pipeline;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.alert.AlertSink;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;

/**
 * Where the core's alerts go: while recovering straight into the alert journal, unless they are kept already; live into
 * the ring of outcomes. When that ring is full, the core waits: an alert is never dropped.
 */
final class OutcomeSink implements AlertSink {
    /** So many slices fill the ring, if each timer gives one alert. */
    private static final int SLICES = 16;
    /** Some 0.1 ms of work: events do not wait longer for timers that are due. */
    private static final int MOST_PER_SLICE = 256;
    /** A timer seldom gives more. */
    private static final int ALERTS_PER_TIMER = 4;

    private final RingBuffer<EventSlot> outcomes;
    private final int slice;
    private final Sequence journaled;
    private final AlertJournal journal;
    private final IdleStrategy idleStrategy;
    private final AlertRecord alert = new AlertRecord();
    private final KeptAlerts kept;
    private boolean live;

    /** @param journaled the last place of the ring of events whose record is in the journal */
    OutcomeSink(RingBuffer<EventSlot> outcomes, Sequence journaled, AlertJournal journal, IdleStrategy idleStrategy) {
        this.outcomes = outcomes;
        this.slice = Math.min(MOST_PER_SLICE, outcomes.getBufferSize() / SLICES);
        this.journaled = journaled;
        this.journal = journal;
        this.idleStrategy = idleStrategy;
        this.kept = new KeptAlerts(journal);
    }

    /** @throws AlertNotKeptException if the journal cannot be read or written, or holds another alert */
    @Override
    public void onAlert(DirectBuffer buffer, int offset, int length) {
        try {
            keepOrPublish(buffer, offset, length);
        } catch (RuntimeException | Error e) {
            throw new AlertNotKeptException(e);
        }
    }

    /** From now on alerts go through the ring. The thread that recovers, before the others start. */
    void goLive() {
        live = true;
    }

    /**
     * How many timers may fire now, 0 while there is little room: what fires must not fill the ring, for then the core would
     * wait, and with it events that have nothing to say.
     */
    int slice() {
        return outcomes.hasAvailableCapacity(ALERTS_PER_TIMER * slice) ? slice : 0;
    }

    private void keepOrPublish(DirectBuffer buffer, int offset, int length) {
        if (kept.contains(alert.wrap(buffer, offset), buffer, offset, length)) {
            return;
        }
        if (live) {
            publish(buffer, offset, length);
        } else {
            journal.append(buffer, offset, length);
        }
    }

    private void publish(DirectBuffer buffer, int offset, int length) {
        while (!outcomes.hasAvailableCapacity(1)) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while waiting for the egress to take alerts");
            }
            idleStrategy.idle();
        }
        idleStrategy.reset();
        long sequence = outcomes.next();
        outcomes.get(sequence).copy(buffer, offset, length, journaled.get());
        outcomes.publish(sequence);
    }
}
