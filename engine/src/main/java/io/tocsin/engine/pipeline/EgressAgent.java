package io.tocsin.engine.pipeline;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import org.agrona.concurrent.Agent;

/**
 * Takes alerts out of the ring of outcomes and keeps them, each once, on one thread. An alert is not kept before what
 * caused it: where acknowledging waits for the device, so does keeping, or a power cut could leave an alert of an event
 * that is lost.
 */
final class EgressAgent implements Agent {
    private final RingBuffer<EventSlot> outcomes;
    private final Sequence kept;
    private final Sequence safe;
    private final AlertJournal journal;

    /**
     * @param kept is set to the last place of the ring of outcomes whose alert is kept
     * @param safe the last place of the ring of events whose record cannot be lost any more
     */
    EgressAgent(RingBuffer<EventSlot> outcomes, Sequence kept, Sequence safe, AlertJournal journal) {
        this.outcomes = outcomes;
        this.kept = kept;
        this.safe = safe;
        this.journal = journal;
    }

    @Override
    public int doWork() {
        int work = 0;
        for (long next = kept.get() + 1; outcomes.isAvailable(next); next++) {
            EventSlot slot = outcomes.get(next);
            if (slot.mark() > safe.get()) {
                break;
            }
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
