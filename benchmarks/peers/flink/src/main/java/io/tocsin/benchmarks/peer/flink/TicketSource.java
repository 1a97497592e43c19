package io.tocsin.benchmarks.peer.flink;

import io.tocsin.benchmarks.peer.AlertSet;
import io.tocsin.benchmarks.peer.TicketStream;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;

/** Emits the stream, with a watermark every {@value #EVENTS_PER_WATERMARK} events: one for each would halve Flink's rate. */
@SuppressWarnings("deprecation")
final class TicketSource implements SourceFunction<TicketEvent> {
    private static final long serialVersionUID = 1;
    private static final int EVENTS_PER_WATERMARK = 100;

    private volatile boolean cancelled;

    @Override
    public void run(SourceContext<TicketEvent> context) {
        TicketStream stream = Job.stream();
        TicketEvent event = new TicketEvent();
        for (int i = 0; i < stream.size() && !cancelled; i++) {
            fill(event, stream, i);
            context.collectWithTimestamp(event, event.atMs);
            if (i % EVENTS_PER_WATERMARK == 0) {
                context.emitWatermark(new Watermark(event.atMs - 1));
            }
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    private static void fill(TicketEvent event, TicketStream stream, int i) {
        event.ticket = stream.ticket(i);
        event.type = stream.type(i);
        event.atMs = stream.atMs(i);
        if (event.type == TicketStream.OPENED) {
            int priority = stream.priority(i);
            event.responseDueMs = event.atMs + stream.targetMs(priority, AlertSet.RESPONSE);
            event.resolutionDueMs = event.atMs + stream.targetMs(priority, AlertSet.RESOLUTION);
        }
    }
}
