package io.tocsin.engine.pipeline;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import org.agrona.concurrent.Agent;

/** Takes alerts out of the ring of outcomes and keeps them, each once, on one thread. */
final class EgressAgent implements Agent {
    private final RingBuffer<EventSlot> outcomes;
    private final Sequence kept;
    private final AlertJournal journal;

    EgressAgent(RingBuffer<EventSlot> outcomes, Sequence kept, AlertJournal journal) {
        this.outcomes = outcomes;
        this.kept = kept;
        this.journal = journal;
    }

    @Override
    public int doWork() {
        int work = 0;
        for (long next = kept.get() + 1; outcomes.isAvailable(next); next++) {
            EventSlot slot = outcomes.get(next);
            journal.append(slot.buffer(), 0, slot.length());
            kept.set(next);
            work++;
        }
        return work;
    }

    @Override
    public String roleName() {
        return "tocsin-egress";
    }
}
