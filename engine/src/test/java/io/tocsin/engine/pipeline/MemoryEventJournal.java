package io.tocsin.engine.pipeline;

import io.tocsin.engine.event.EventRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps records in a list, so that the next pipeline finds them; can be held up, or fail. */
final class MemoryEventJournal implements EventJournal {
    private final List<byte[]> batch = new ArrayList<>();
    private final List<byte[]> committed = new ArrayList<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile RuntimeException failure;
    private volatile boolean heldUp;
    private volatile CountDownLatch forcing = new CountDownLatch(0);
    private volatile RuntimeException forcingFailure;
    private long forcedEnd;

    /** Holds whoever appends next until the latch is counted down. */
    CountDownLatch holdUp() {
        gate = new CountDownLatch(1);
        return gate;
    }

    /** Whether someone waits for the latch, or has. */
    boolean isHeldUp() {
        return heldUp;
    }

    void failWith(RuntimeException next) {
        failure = next;
    }

    synchronized int size() {
        return committed.size();
    }

    /** The records as {@code TICKET type}, policies as their text. */
    synchronized List<String> lines() {
        return committed.stream().map(MemoryEventJournal::line).toList();
    }

    synchronized long arrivalNs(int index) {
        return record(committed.get(index)).arrivalNs();
    }

    @Override
    public long append(DirectBuffer buffer, int offset, int length) {
        awaitGate();
        if (failure != null) {
            throw failure;
        }
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        batch.add(bytes);
        return endPosition() + batch.size() - 1;
    }

    @Override
    public synchronized void commit() {
        committed.addAll(batch);
        batch.clear();
    }

    @Override
    public void force() {
        long end = endPosition();
        await(forcing);
        if (forcingFailure != null) {
            throw forcingFailure;
        }
        forcedEnd(end);
    }

    private synchronized void forcedEnd(long end) {
        forcedEnd = end;
    }

    void failForcingWith(RuntimeException next) {
        forcingFailure = next;
    }

    /** How many records are on the device. */
    synchronized long forcedEnd() {
        return forcedEnd;
    }

    /** Holds whoever forces next until the latch is counted down: a slow device. */
    CountDownLatch holdUpForcing() {
        forcing = new CountDownLatch(1);
        return forcing;
    }

    /** As if the machine had lost what lay behind a position. */
    synchronized void keepOnly(int count) {
        committed.subList(count, committed.size()).clear();
    }

    @Override
    public long firstPosition() {
        return 0;
    }

    @Override
    public synchronized long endPosition() {
        return committed.size();
    }

    @Override
    public synchronized long replay(long fromPosition, RecordHandler handler) {
        for (int i = (int) fromPosition; i < committed.size(); i++) {
            handler.onRecord(new UnsafeBuffer(committed.get(i)), 0, committed.get(i).length, i);
        }
        return committed.size();
    }

    @Override
    public void giveUpBefore(long position, long arrivedBeforeNs) {
        throw new AssertionError("nobody gives anything up here");
    }

    @Override
    public void close() {}

    private void awaitGate() {
        heldUp = gate.getCount() > 0;
        await(gate);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while held up", e);
        }
    }

    private static EventRecord record(byte[] bytes) {
        return new EventRecord().wrap(new UnsafeBuffer(bytes), 0);
    }

    private static String line(byte[] bytes) {
        EventRecord record = record(bytes);
        return switch (record.kind()) {
            case EVENT -> record.ticket() + " " + record.type();
            case POLICY -> record.policyText();
            case SLICE -> "slice of " + record.firedCount();
        };
    }
}
