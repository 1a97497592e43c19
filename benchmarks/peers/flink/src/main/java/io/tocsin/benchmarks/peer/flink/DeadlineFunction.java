package io.tocsin.benchmarks.peer.flink;

import io.tocsin.benchmarks.peer.AlertSet;
import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.benchmarks.peer.TicketStream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Two event-time timers for each ticket, deleted when it is answered and resolved. The watermark comes after the events that
 * it covers, so an event may find its deadline missed before the timer does.
 */
final class DeadlineFunction extends KeyedProcessFunction<Long, TicketEvent, Alert> {
    private static final long serialVersionUID = 1;
    private static final long SETTLED = Long.MAX_VALUE;

    private transient ValueState<Deadlines> state;
    private transient Meter meter;
    private transient long endMs;

    /** What is known of a ticket. */
    public static final class Deadlines {
        /** When the response is due, or {@link #SETTLED}. */
        public long responseMs;
        /** When the resolution is due, or {@link #SETTLED}. */
        public long resolutionMs;
    }

    @Override
    public void open(Configuration parameters) {
        state = getRuntimeContext().getState(new ValueStateDescriptor<>("deadlines", Deadlines.class));
        endMs = Job.stream().endMs();
        meter = Job.meter();
        meter.start();
    }

    @Override
    public void processElement(TicketEvent event, Context context, Collector<Alert> alerts) throws Exception {
        switch (event.type) {
            case TicketStream.OPENED -> opened(event, context.timerService());
            case TicketStream.RESPONDED -> responded(event, context.timerService(), alerts);
            case TicketStream.RESOLVED -> resolved(event, context.timerService(), alerts);
            default -> throw new IllegalStateException("unknown type: " + event.type);
        }
        meter.applied();
    }

    @Override
    public void onTimer(long dueMs, OnTimerContext context, Collector<Alert> alerts) throws Exception {
        if (dueMs > endMs) {
            return; // At the end of its input Flink fires everything.
        }
        Deadlines deadlines = state.value();
        if (deadlines.responseMs == dueMs) {
            deadlines.responseMs = SETTLED;
            alerts.collect(new Alert(context.getCurrentKey(), AlertSet.RESPONSE));
        } else if (deadlines.resolutionMs == dueMs) {
            deadlines.resolutionMs = SETTLED;
            alerts.collect(new Alert(context.getCurrentKey(), AlertSet.RESOLUTION));
        }
        keep(deadlines);
    }

    private void opened(TicketEvent event, TimerService timers) throws Exception {
        Deadlines deadlines = new Deadlines();
        deadlines.responseMs = event.responseDueMs;
        deadlines.resolutionMs = event.resolutionDueMs;
        state.update(deadlines);
        timers.registerEventTimeTimer(deadlines.responseMs);
        timers.registerEventTimeTimer(deadlines.resolutionMs);
    }

    private void responded(TicketEvent event, TimerService timers, Collector<Alert> alerts) throws Exception {
        Deadlines deadlines = state.value();
        if (deadlines != null && deadlines.responseMs != SETTLED) {
            settle(event, deadlines.responseMs, AlertSet.RESPONSE, timers, alerts);
            deadlines.responseMs = SETTLED;
            keep(deadlines);
        }
    }

    private void resolved(TicketEvent event, TimerService timers, Collector<Alert> alerts) throws Exception {
        Deadlines deadlines = state.value();
        if (deadlines != null && deadlines.resolutionMs != SETTLED) {
            settle(event, deadlines.resolutionMs, AlertSet.RESOLUTION, timers, alerts);
            deadlines.resolutionMs = SETTLED;
            keep(deadlines);
        }
    }

    private static void settle(TicketEvent event, long dueMs, int clock, TimerService timers, Collector<Alert> alerts) {
        timers.deleteEventTimeTimer(dueMs);
        if (event.atMs > dueMs) {
            alerts.collect(new Alert(event.ticket, clock));
        }
    }

    private void keep(Deadlines deadlines) throws Exception {
        if (deadlines.responseMs == SETTLED && deadlines.resolutionMs == SETTLED) {
            state.clear();
        } else {
            state.update(deadlines);
        }
    }
}
