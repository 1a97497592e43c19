package io.tocsin.benchmarks.peer.kafkastreams;

import io.tocsin.benchmarks.peer.AlertSet;
import io.tocsin.benchmarks.peer.TicketStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps each ticket's deadlines under its number, and once more under their instants, so that the look for what is due,
 * once a second of the stream's time, need not go through all tickets. Within that second an event may find its deadline
 * missed first.
 */
final class DeadlineProcessor implements Processor<Long, byte[], Void, Void> {
    static final String TICKETS = "tickets";
    static final String DUE = "due";
    static final Duration PUNCTUATION = Duration.ofSeconds(1);

    private static final byte[] NOTHING = new byte[0];
    private static final int KEY_LENGTH = 17;

    private final AlertSet alerts;
    private final long endMs;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<Long, byte[]> tickets;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<Bytes, byte[]> due;

    DeadlineProcessor(AlertSet alerts, long endMs) {
        this.alerts = alerts;
        this.endMs = endMs;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        tickets = context.getStateStore(TICKETS);
        due = context.getStateStore(DUE);
        context.schedule(PUNCTUATION, PunctuationType.STREAM_TIME, this::findDue);
    }

    @Override
    public void process(Record<Long, byte[]> event) {
        long ticket = event.key();
        switch (TicketMessage.type(event.value())) {
            case TicketStream.OPENED -> opened(ticket, event.value());
            case TicketStream.RESPONDED -> met(ticket, AlertSet.RESPONSE, event.timestamp());
            case TicketStream.RESOLVED -> met(ticket, AlertSet.RESOLUTION, event.timestamp());
            default -> {} // Only moves time on.
        }
    }

    private void opened(long ticket, byte[] deadlines) {
        tickets.put(ticket, deadlines);
        due.put(key(TicketMessage.responseDueMs(deadlines), ticket, AlertSet.RESPONSE), NOTHING);
        due.put(key(TicketMessage.resolutionDueMs(deadlines), ticket, AlertSet.RESOLUTION), NOTHING);
    }

    private void met(long ticket, int clock, long atMs) {
        byte[] deadlines = tickets.get(ticket);
        if (deadlines == null) {
            return;
        }
        long dueMs = clock == AlertSet.RESPONSE
                ? TicketMessage.responseDueMs(deadlines)
                : TicketMessage.resolutionDueMs(deadlines);
        if (dueMs != TicketMessage.SETTLED) {
            due.delete(key(dueMs, ticket, clock));
            if (atMs > dueMs) {
                alerts.add(ticket, clock);
            }
            settle(ticket, clock, deadlines);
        }
    }

    private void findDue(long nowMs) {
        List<Bytes> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = due.range(key(0, 0, 0), key(nowMs, 0, 0))) {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> entry = range.next();
                found.add(entry.key);
            }
        }
        for (Bytes key : found) {
            due.delete(key);
            missed(ByteBuffer.wrap(key.get()));
        }
    }

    private void missed(ByteBuffer key) {
        long dueMs = key.getLong();
        long ticket = key.getLong();
        int clock = key.get();
        if (dueMs < endMs) {
            alerts.add(ticket, clock);
        }
        byte[] deadlines = tickets.get(ticket);
        if (deadlines != null) {
            settle(ticket, clock, deadlines);
        }
    }

    private void settle(long ticket, int clock, byte[] deadlines) {
        long responseDueMs =
                clock == AlertSet.RESPONSE ? TicketMessage.SETTLED : TicketMessage.responseDueMs(deadlines);
        long resolutionDueMs =
                clock == AlertSet.RESOLUTION ? TicketMessage.SETTLED : TicketMessage.resolutionDueMs(deadlines);
        if (responseDueMs == TicketMessage.SETTLED && resolutionDueMs == TicketMessage.SETTLED) {
            tickets.delete(ticket);
        } else {
            tickets.put(ticket, TicketMessage.opened(responseDueMs, resolutionDueMs));
        }
    }

    /** Sorts by instant. */
    private static Bytes key(long dueMs, long ticket, int clock) {
        return Bytes.wrap(ByteBuffer.allocate(KEY_LENGTH)
                .putLong(dueMs)
                .putLong(ticket)
                .put((byte) clock)
                .array());
    }
}
