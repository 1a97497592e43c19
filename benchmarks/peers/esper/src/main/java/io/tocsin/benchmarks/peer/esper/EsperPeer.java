package io.tocsin.benchmarks.peer.esper;

import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.EventSender;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import com.espertech.esper.runtime.client.EPStatement;
import io.tocsin.benchmarks.peer.AlertSet;
import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.benchmarks.peer.Peer;
import io.tocsin.benchmarks.peer.TicketStream;
import org.jspecify.annotations.Nullable;

/**
 * The job in Esper: for each clock a pattern that waits for the deadline and for what would meet it; its time is moved on
 * before each event of a new millisecond. One thread.
 */
public final class EsperPeer implements Peer {
    private static final String PATTERNS = """
            @name('response') select a.ticket as ticket from pattern
                [every a=Opened -> (timer:interval(a.responseSeconds) and not Responded(ticket=a.ticket))];
            @name('resolution') select a.ticket as ticket from pattern
                [every a=Opened -> (timer:interval(a.resolutionSeconds) and not Resolved(ticket=a.ticket))];
            """;

    @Override
    public void run(TicketStream stream, Meter meter, AlertSet alerts) throws Exception {
        meter.start();
        EPRuntime esper = deploy(stream.head().startMs(), alerts);
        EPEventService events = esper.getEventService();
        EventSender opened = events.getEventSender("Opened");
        EventSender responded = events.getEventSender("Responded");
        EventSender resolved = events.getEventSender("Resolved");
        long nowMs = stream.head().startMs();
        for (int i = 0; i < stream.size(); i++) {
            if (stream.atMs(i) != nowMs) {
                nowMs = stream.atMs(i);
                events.advanceTime(nowMs);
            }
            switch (stream.type(i)) {
                case TicketStream.OPENED -> opened.sendEvent(opening(stream, i));
                case TicketStream.RESPONDED -> responded.sendEvent(new Responded(stream.ticket(i)));
                case TicketStream.RESOLVED -> resolved.sendEvent(new Resolved(stream.ticket(i)));
                default -> throw new IllegalStateException("unknown type: " + stream.type(i));
            }
            meter.applied();
        }
    }

    private static EPRuntime deploy(long startMs, AlertSet alerts) throws Exception {
        Configuration configuration = new Configuration();
        configuration.getCommon().addEventType("Opened", Opened.class);
        configuration.getCommon().addEventType("Responded", Responded.class);
        configuration.getCommon().addEventType("Resolved", Resolved.class);
        configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
        EPRuntime esper = EPRuntimeProvider.getRuntime("peer", configuration);
        esper.getEventService().advanceTime(startMs);
        String deployment = esper.getDeploymentService()
                .deploy(EPCompilerProvider.getCompiler().compile(PATTERNS, new CompilerArguments(configuration)))
                .getDeploymentId();
        listen(esper, deployment, "response", AlertSet.RESPONSE, alerts);
        listen(esper, deployment, "resolution", AlertSet.RESOLUTION, alerts);
        return esper;
    }

    private static void listen(EPRuntime esper, String deployment, String name, int clock, AlertSet alerts) {
        EPStatement statement = esper.getDeploymentService().getStatement(deployment, name);
        statement.addListener((found, old, of, runtime) -> add(found, clock, alerts));
    }

    private static void add(EventBean @Nullable [] found, int clock, AlertSet alerts) {
        if (found != null) {
            for (EventBean event : found) {
                alerts.add((Long) event.get("ticket"), clock);
            }
        }
    }

    private static Opened opening(TicketStream stream, int event) {
        int priority = stream.priority(event);
        return new Opened(
                stream.ticket(event),
                stream.targetMs(priority, AlertSet.RESPONSE) / 1e3,
                stream.targetMs(priority, AlertSet.RESOLUTION) / 1e3);
    }

    /** A ticket begins. Esper reads what is called {@code get}. */
    public static final class Opened {
        private final long ticket;
        private final double responseSeconds;
        private final double resolutionSeconds;

        Opened(long ticket, double responseSeconds, double resolutionSeconds) {
            this.ticket = ticket;
            this.responseSeconds = responseSeconds;
            this.resolutionSeconds = resolutionSeconds;
        }

        /** The ticket's number. */
        public long getTicket() {
            return ticket;
        }

        /** How long the response may take. */
        public double getResponseSeconds() {
            return responseSeconds;
        }

        /** How long the resolution may take. */
        public double getResolutionSeconds() {
            return resolutionSeconds;
        }
    }

    /** A ticket is answered. */
    public static final class Responded {
        private final long ticket;

        Responded(long ticket) {
            this.ticket = ticket;
        }

        /** The ticket's number. */
        public long getTicket() {
            return ticket;
        }
    }

    /** A ticket is resolved. */
    public static final class Resolved {
        private final long ticket;

        Resolved(long ticket) {
            this.ticket = ticket;
        }

        /** The ticket's number. */
        public long getTicket() {
            return ticket;
        }
    }
}
