package io.tocsin.benchmarks.peer.siddhi;

import io.siddhi.core.SiddhiAppRuntime;
import io.siddhi.core.SiddhiManager;
import io.siddhi.core.event.Event;
import io.siddhi.core.stream.input.InputHandler;
import io.siddhi.core.stream.output.StreamCallback;
import io.tocsin.benchmarks.peer.AlertSet;
import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.benchmarks.peer.Peer;
import io.tocsin.benchmarks.peer.TicketStream;

/**
 * The job in Siddhi: a pattern of an absent event for each clock and priority, because the time of one is a constant. In
 * playback mode its time is that of the events. One thread.
 */
public final class SiddhiPeer implements Peer {
    private static final String STREAMS = """
            @app:playback
            define stream Opened (ticket long, priority int);
            define stream Responded (ticket long);
            define stream Resolved (ticket long);
            define stream Missed (ticket long, clock int);
            """;
    private static final String PATTERN = """
            from every e=Opened[priority == %d] -> not %s[ticket == e.ticket] for %d milliseconds
            select e.ticket as ticket, %d as clock insert into Missed;
            """;

    @Override
    public void run(TicketStream stream, Meter meter, AlertSet alerts) throws InterruptedException {
        meter.start();
        SiddhiAppRuntime siddhi = new SiddhiManager().createSiddhiAppRuntime(app(stream));
        siddhi.addCallback("Missed", new StreamCallback() {
            @Override
            public void receive(Event[] events) {
                for (Event event : events) {
                    alerts.add((Long) event.getData(0), (Integer) event.getData(1));
                }
            }
        });
        siddhi.start();
        InputHandler opened = siddhi.getInputHandler("Opened");
        InputHandler responded = siddhi.getInputHandler("Responded");
        InputHandler resolved = siddhi.getInputHandler("Resolved");
        for (int i = 0; i < stream.size(); i++) {
            long ticket = stream.ticket(i);
            switch (stream.type(i)) {
                case TicketStream.OPENED -> opened.send(stream.atMs(i), new Object[] {ticket, stream.priority(i)});
                case TicketStream.RESPONDED -> responded.send(stream.atMs(i), new Object[] {ticket});
                case TicketStream.RESOLVED -> resolved.send(stream.atMs(i), new Object[] {ticket});
                default -> throw new IllegalStateException("unknown type: " + stream.type(i));
            }
            meter.applied();
        }
    }

    private static String app(TicketStream stream) {
        StringBuilder app = new StringBuilder(STREAMS);
        for (int priority = 0; priority < TicketStream.PRIORITIES; priority++) {
            app.append(pattern(stream, priority, "Responded", AlertSet.RESPONSE));
            app.append(pattern(stream, priority, "Resolved", AlertSet.RESOLUTION));
        }
        return app.toString();
    }

    private static String pattern(TicketStream stream, int priority, String meeting, int clock) {
        return String.format(PATTERN, priority, meeting, stream.targetMs(priority, clock), clock);
    }
}
