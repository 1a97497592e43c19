package io.tocsin.engine.pipeline;

import com.lmax.disruptor.Sequence;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

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
    private final NanoClock steadyClock;
    private final Sequence durableAsOfNs;
    private long forcedSeq;

    /**
     * @param journaled the last place of the ring whose record is in the journal
     * @param durable is set to the last one whose record is on the device
     * @param durableAsOfNs is set to an instant of the steady clock: what was journaled by then is on the device
     */
    SyncAgent(
            Sequence journaled,
            Sequence durable,
            EventJournal events,
            AlertJournal alerts,
            NanoClock steadyClock,
            Sequence durableAsOfNs) {
        this.journaled = journaled;
        this.durable = durable;
        this.steadyClock = steadyClock;
        this.durableAsOfNs = durableAsOfNs;
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
        long nowNs = steadyClock.nanoTime();
        long last = journaled.get();
        boolean some = last != durable.get();
        if (some) {
            events.force();
            durable.set(last);
        }
        durableAsOfNs.set(nowNs);
        return some ? 1 : 0;
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
