package io.tocsin.engine.pipeline;

import com.lmax.disruptor.Sequence;
import org.agrona.concurrent.Agent;

/**
 * Forces what was journaled to the device, on a thread of its own, so that the core never waits for a disk. What came in
 * while one forcing went on is forced together by the next. Kept alerts follow behind, out of everybody's way: what a
 * power cut takes of them is raised again from the events.
 */
final class SyncAgent implements Agent {
    private final Sequence journaled;
    private final Sequence durable;
    private final EventJournal events;
    private final AlertJournal alerts;
    private long forcedSeq;

    /**
     * @param journaled the last place of the ring whose record is in the journal
     * @param durable is set to the last one whose record is on the device
     */
    SyncAgent(Sequence journaled, Sequence durable, EventJournal events, AlertJournal alerts) {
        this.journaled = journaled;
        this.durable = durable;
        this.events = events;
        this.alerts = alerts;
    }

    @Override
    public int doWork() {
        return forceEvents() + forceAlerts();
    }

    @Override
    public String roleName() {
        return "tocsin-sync";
    }

    private int forceEvents() {
        long last = journaled.get();
        if (last == durable.get()) {
            return 0;
        }
        events.force();
        durable.set(last);
        return 1;
    }

    private int forceAlerts() {
        long last = alerts.lastSeq();
        if (last == forcedSeq) {
            return 0;
        }
        alerts.force();
        forcedSeq = last;
        return 1;
    }
}
