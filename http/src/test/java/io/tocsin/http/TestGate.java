package io.tocsin.http;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.pipeline.EventGate;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A gate that keeps what it is given and can be full, stopped or slow. */
final class TestGate implements EventGate {
    private final List<String> taken = new ArrayList<>();
    private int capacity = 1_024;
    private int room = Integer.MAX_VALUE;
    private int refusalsBeforeRoom;
    private boolean stopped;
    private boolean applies = true;
    private long awaited = FULL;

    /** After so many records the gate is full; {@code refusals} tries later there is room without end again. */
    synchronized TestGate roomFor(int records, int refusals) {
        room = records;
        refusalsBeforeRoom = refusals;
        return this;
    }

    synchronized TestGate ofCapacity(int records) {
        capacity = records;
        return this;
    }

    synchronized TestGate stop() {
        stopped = true;
        return this;
    }

    synchronized TestGate neverApplies() {
        applies = false;
        return this;
    }

    /** {@code ticket type} of each record taken. */
    synchronized List<String> taken() {
        return List.copyOf(taken);
    }

    /** The position last waited for. */
    synchronized long awaited() {
        return awaited;
    }

    @Override
    public synchronized long offer(DirectBuffer buffer, int offset, int length) {
        return takes(1) ? take(buffer, offset, length) : FULL;
    }

    @Override
    public synchronized long offerAll(DirectBuffer buffer, int offset, int count) {
        if (count > capacity) {
            throw new IllegalArgumentException(count + " records, the ring has " + capacity + " slots");
        }
        if (!takes(count)) {
            return FULL;
        }
        int position = offset;
        EventRecord record = new EventRecord();
        for (int i = 0; i < count; i++) {
            int length = record.wrap(buffer, position).length();
            take(buffer, position, length);
            position += length;
        }
        return taken.size() - 1L;
    }

    @Override
    public synchronized boolean awaitApplied(long position, long timeoutMs) {
        if (stopped) {
            throw new IllegalStateException("stopped");
        }
        awaited = position;
        return applies;
    }

    @Override
    public synchronized int capacity() {
        return capacity;
    }

    private boolean takes(int count) {
        if (stopped) {
            throw new IllegalStateException("stopped");
        }
        if (room >= count) {
            room -= room == Integer.MAX_VALUE ? 0 : count;
            return true;
        }
        if (refusalsBeforeRoom-- == 0) {
            room = Integer.MAX_VALUE;
        }
        return false;
    }

    private long take(DirectBuffer buffer, int offset, int length) {
        EventRecord record = new EventRecord().wrap(copy(buffer, offset, length), 0);
        taken.add(record.ticket() + " " + record.type());
        return taken.size() - 1L;
    }

    private static DirectBuffer copy(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new UnsafeBuffer(bytes);
    }
}
