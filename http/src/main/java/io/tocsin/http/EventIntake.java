package io.tocsin.http;

import io.tocsin.engine.pipeline.EventGate;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands batches to the engine and waits until they are safe. Any thread. A full ring is tried again for a short bounded
 * time, begun anew with every record taken: so a batch larger than the ring goes through while the engine keeps up, and
 * is refused soon when it does not.
 */
final class EventIntake {
    private static final long RETRY_PARK_NS = 50_000;

    private final EventGate gate;
    private final long patienceNs;
    private final long applyTimeoutMs;
    private final AtomicLong acknowledgements = new AtomicLong();

    EventIntake(EventGate gate, long patienceNs, long applyTimeoutMs) {
        this.gate = gate;
        this.patienceNs = patienceNs;
        this.applyTimeoutMs = applyTimeoutMs;
    }

    /**
     * Hands over the records in order until one is not taken, and waits for those that were.
     *
     * @return how many were taken, and are journaled and applied
     */
    int submit(EventBatch batch) {
        int taken = 0;
        try {
            long lastPosition = EventGate.FULL;
            long position = 0;
            while (taken < batch.recordCount() && position != EventGate.FULL) {
                int record = taken;
                position = patiently(
                        () -> gate.offer(batch.records(), batch.recordOffset(record), batch.recordLength(record)));
                if (position != EventGate.FULL) {
                    lastPosition = position;
                    taken++;
                }
            }
            awaitApplied(taken, lastPosition);
        } catch (IllegalStateException e) {
            throw stopped(taken);
        }
        return taken;
    }

    /**
     * Hands over all records or none, and waits for them.
     *
     * @return whether they were taken, and are journaled and applied
     */
    boolean submitAll(EventBatch batch) {
        boolean taken = false;
        try {
            long position = patiently(() -> gate.offerAll(batch.records(), 0, batch.recordCount()));
            taken = position != EventGate.FULL;
            awaitApplied(taken ? batch.recordCount() : 0, position);
        } catch (IllegalStateException e) {
            throw stopped(taken ? batch.recordCount() : 0);
        }
        return taken;
    }

    /** How often a sender was told that its events are applied. */
    long acknowledgements() {
        return acknowledgements.get();
    }

    /** How many records fit at once. */
    int capacity() {
        return gate.capacity();
    }

    private long patiently(Offer offer) {
        long position = offer.offer();
        if (position == EventGate.FULL) {
            long startNs = System.nanoTime();
            while (position == EventGate.FULL && System.nanoTime() - startNs < patienceNs) {
                LockSupport.parkNanos(RETRY_PARK_NS);
                position = offer.offer();
            }
        }
        return position;
    }

    private void awaitApplied(int taken, long lastPosition) {
        if (taken == 0) {
            return;
        }
        boolean applied;
        try {
            applied = gate.awaitApplied(lastPosition, applyTimeoutMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the server is stopping" + unsure(taken));
        }
        if (!applied) {
            throw Problem.unavailable(
                    "the engine has not come to the events within " + applyTimeoutMs + " ms" + unsure(taken));
        }
        acknowledgements.incrementAndGet();
    }

    private static Problem stopped(int taken) {
        return Problem.unavailable("the engine has stopped" + unsure(taken));
    }

    private static String unsure(int taken) {
        return taken == 0
                ? "; no event was taken"
                : "; the first " + taken + " valid events were handed over and may have been kept: send them again with"
                        + " the ids they had, duplicates change nothing";
    }

    @FunctionalInterface
    private interface Offer {
        long offer();
    }
}
