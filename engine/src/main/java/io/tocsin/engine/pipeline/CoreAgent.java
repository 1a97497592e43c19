package io.tocsin.engine.pipeline;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.RecordKind;
import java.util.Queue;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The core's duty cycle, on one thread: move time on and fire what is due, then take what is in the ring, stamp it, journal
 * it, apply it. Time enters here, once a cycle, and only here. Between two cycles a slice of one question is answered.
 *
 * <p>What is drained together is one batch of the journal and has one stamp. A record counts as applied once its whole
 * batch is journaled and applied.
 *
 * <p>When very much is due at once, a cycle fires a slice of it, and the events of the ring overtake the rest. The journal
 * says so, or a replay would not give alerts the same numbers: in front of such events lies a record that tells how many
 * timers had fired, and each of them is marked. A policy waits for everything; and nothing is overtaken before everything
 * that expired while nothing ran has fired once, because alerts of that may have been seen before they were lost.
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
    private final OutcomeSink outcomes;
    private final EventRecord record = new EventRecord();
    private final EventRecordWriter sliceWriter = new EventRecordWriter();
    private long next;
    /** Whether everything due has fired at least once. */
    private boolean caughtUp;

    CoreAgent(
            RingBuffer<EventSlot> events,
            Sequence journaled,
            Sequence journalPosition,
            Sequence applied,
            Engine engine,
            OutcomeSink outcomes,
            EventJournal journal,
            EpochNanoClock clock,
            Queue<Question<?>> questions,
            LatencyRecorder ingestToApply) {
        this.events = events;
        this.journaled = journaled;
        this.journalPosition = journalPosition;
        this.applied = applied;
        this.engine = engine;
        this.outcomes = outcomes;
        this.journal = journal;
        this.clock = clock;
        this.questions = questions;
        this.ingestToApply = ingestToApply;
        this.next = applied.get() + 1;
    }

    @Override
    public int doWork() {
        long nowNs = Math.max(engine.nowNs(), clock.nanoTime());
        int most = outcomes.slice();
        int fired = engine.advanceSome(nowNs, most);
        boolean behind = engine.isBehind();
        caughtUp |= !behind;
        return fired
                + (behind && most > 0 ? 1 : 0)
                + drain(nowNs, behind && caughtUp && engine.mayBeOvertaken())
                + answer();
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

    /** @param behind whether events overtake timers that are due */
    private int drain(long nowNs, boolean behind) {
        long first = next;
        long position = journal.endPosition();
        boolean overtaking = behind;
        boolean sliced = false;
        while (next - first < MOST_PER_CYCLE && events.isAvailable(next)) {
            EventSlot slot = events.get(next);
            if (!slot.isEmpty()) {
                record.wrap(slot.buffer(), 0);
                // What comes after a policy waits as well: the policy waits for everything.
                overtaking = overtaking && record.kind() == RecordKind.EVENT;
                if (overtaking && !sliced && engine.needsSlice()) {
                    sliceWriter.slice(nowNs, engine.firedSinceRecord());
                    journal.append(sliceWriter.buffer(), 0, sliceWriter.length());
                    sliced = true;
                }
                if (overtaking) {
                    record.stampBehind(nowNs);
                } else {
                    record.stamp(nowNs);
                }
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
        apply(first, sliced ? position + 1 : position);
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
        recordLatencies(first, clock.nanoTime());
    }

    /** What was offered together took as long; recording is two atomic steps, so once is enough for all of it. */
    private void recordLatencies(long first, long appliedNs) {
        long markNs = 0;
        int count = 0;
        for (long sequence = first; sequence < next; sequence++) {
            EventSlot slot = events.get(sequence);
            if (slot.isEmpty()) {
                continue;
            }
            if (count > 0 && slot.mark() != markNs) {
                ingestToApply.record(appliedNs - markNs, count);
                count = 0;
            }
            markNs = slot.mark();
            count++;
        }
        if (count > 0) {
            ingestToApply.record(appliedNs - markNs, count);
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
        if (question.work(engine.views(), clock)) {
            questions.remove();
        }
        return 1;
    }
}
