package io.tocsin.engine.pipeline;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.event.EventRecord;
import java.util.Queue;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The core's duty cycle, on one thread: take what is in the ring, stamp it, journal it, apply it; when there is nothing,
 * move time on. Time enters here, once a cycle, and only here. Between two cycles a slice of one question is answered.
 *
 * <p>What is drained together is one batch of the journal and has one stamp. A record counts as applied once its whole
 * batch is journaled and applied.
 */
final class CoreAgent implements Agent {
    /** So many records a cycle, so that questions and time are never far. */
    private static final int MOST_PER_CYCLE = 512;

    private final RingBuffer<EventSlot> events;
    private final Sequence journaled;
    private final Sequence journalPosition;
    private final Sequence applied;
    private final Engine engine;
    private final EventJournal journal;
    private final EpochNanoClock clock;
    private final Queue<Question<?>> questions;
    private final LatencyRecorder ingestToApply;
    private final EventRecord record = new EventRecord();
    private long next;

    CoreAgent(
            RingBuffer<EventSlot> events,
            Sequence journaled,
            Sequence journalPosition,
            Sequence applied,
            Engine engine,
            EventJournal journal,
            EpochNanoClock clock,
            Queue<Question<?>> questions,
            LatencyRecorder ingestToApply) {
        this.events = events;
        this.journaled = journaled;
        this.journalPosition = journalPosition;
        this.applied = applied;
        this.engine = engine;
        this.journal = journal;
        this.clock = clock;
        this.questions = questions;
        this.ingestToApply = ingestToApply;
        this.next = applied.get() + 1;
    }

    @Override
    public int doWork() {
        long nowNs = Math.max(engine.nowNs(), clock.nanoTime());
        int work = drain(nowNs);
        if (work == 0) {
            engine.advance(nowNs);
        }
        return work + answer();
    }

    @Override
    public void onClose() {
        IllegalStateException stopped = new IllegalStateException("the engine has stopped");
        for (Question<?> question = questions.poll(); question != null; question = questions.poll()) {
            question.fail(stopped);
        }
    }

    @Override
    public String roleName() {
        return "tocsin-core";
    }

    private int drain(long nowNs) {
        long first = next;
        long position = journal.endPosition();
        while (next - first < MOST_PER_CYCLE && events.isAvailable(next)) {
            EventSlot slot = events.get(next);
            if (!slot.isEmpty()) {
                record.wrap(slot.buffer(), 0).stamp(nowNs);
                journal.append(slot.buffer(), 0, slot.length());
            }
            next++;
        }
        if (next == first) {
            return 0;
        }
        journal.commit();
        journaled.set(next - 1);
        journalPosition.set(journal.endPosition());
        apply(first, position);
        applied.set(next - 1);
        return (int) (next - first);
    }

    private void apply(long first, long firstPosition) {
        long position = firstPosition;
        for (long sequence = first; sequence < next; sequence++) {
            if ((sequence - first) % Engine.MOST_EXPECTED == 0) {
                expect(sequence, Math.min(next, sequence + Engine.MOST_EXPECTED));
            }
            EventSlot slot = events.get(sequence);
            if (!slot.isEmpty()) {
                PoisonedRecordException.applyTo(engine, record.wrap(slot.buffer(), 0), position++);
            }
        }
        long appliedNs = clock.nanoTime();
        for (long sequence = first; sequence < next; sequence++) {
            if (!events.get(sequence).isEmpty()) {
                ingestToApply.record(appliedNs - events.get(sequence).mark());
            }
        }
    }

    /** A record alone has nobody to share its waiting with. */
    private void expect(long from, long to) {
        for (long sequence = from; to - from > 1 && sequence < to; sequence++) {
            EventSlot slot = events.get(sequence);
            if (!slot.isEmpty()) {
                engine.expect(record.wrap(slot.buffer(), 0));
            }
        }
    }

    private int answer() {
        Question<?> question = questions.peek();
        if (question == null) {
            return 0;
        }
        if (question.work(engine.views())) {
            questions.remove();
        }
        return 1;
    }
}
