package io.tocsin.benchmarks;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.tocsin.benchmarks.peer.AlertSet;
import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.benchmarks.peer.Peer;
import io.tocsin.benchmarks.peer.TicketStream;
import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;

/**
 * Tocsin's core as one of those that are compared. It does its whole work: each event is a record with a textual id, an
 * opening has eight attributes, of which a policy is chosen, and everything is kept that the figures need. Events lie ready, 64
 * at a time, as they come from the ring or a journal, so the core looks ahead on them. The making of the records is part of
 * what is measured.
 */
public final class TocsinCore implements Peer {
    private final AlertRecord alert = new AlertRecord();
    private final EventRecord record = new EventRecord();
    private final DirectBuffer[] group = new DirectBuffer[EventMaker.STANDING];

    @Override
    public void run(TicketStream stream, Meter meter, AlertSet alerts) {
        EventMaker maker = new EventMaker(new Openings(false, new SplittableRandom(42)), false);
        meter.start();
        Engine engine = new Engine(
                EngineConfig.DEFAULT,
                text -> {
                    throw new IllegalStateException("a policy came as an event");
                },
                (buffer, offset, length) -> add(buffer, offset, alerts));
        engine.use(PeersRun.flow(stream.head().openTickets()).policies(), TicketFlow.START_NS);
        for (int from = 0; from < stream.size(); from += EventMaker.STANDING) {
            applyGroup(engine, maker, stream, from, Math.min(stream.size(), from + EventMaker.STANDING), meter);
        }
        if (engine.views().counters().orphaned() != 0) {
            throw new IllegalStateException(
                    "orphans: " + engine.views().counters().orphaned());
        }
    }

    /** As from the ring or a journal: what lies ready is taken together. */
    private void applyGroup(Engine engine, EventMaker maker, TicketStream stream, int from, int to, Meter meter) {
        for (int i = from; i < to; i++) {
            EventRecord made = maker.make(stream.ticket(i), stream.type(i), MILLISECONDS.toNanos(stream.atMs(i)));
            group[i - from] = made.buffer();
            engine.expect(made);
        }
        for (int i = from; i < to; i++) {
            engine.apply(record.wrap(group[i - from], 0));
            meter.applied();
        }
    }

    private void add(DirectBuffer buffer, int offset, AlertSet alerts) {
        if (alert.wrap(buffer, offset).kind() != AlertKind.BREACH) {
            throw new IllegalStateException("an alert that is no breach: " + alert.kind());
        }
        long ticket = Long.parseLong(alert.ticket().substring(Openings.TICKET.length() - Openings.DIGITS));
        alerts.add(ticket, alert.clock().equals("first_response") ? AlertSet.RESPONSE : AlertSet.RESOLUTION);
    }
}
