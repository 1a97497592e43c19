package io.tocsin.http;

import io.tocsin.engine.pipeline.EventGate;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands batches to the engine and waits until they are safe. Any thread. A full ring is tried again for a short bounded
 * time, begun anew with every record taken: so a batch larger than the ring goes through while the engine keeps up, and
 * is refused soon when it does not.
 */
final class EventIntake {
    private static final long RETRY_PARK_NS = 50_000;
    /** So many records are claimed together: one by one, claiming took as long as copying. */
    private static final int MOST_TOGETHER = 128;

    private final EventGate gate;
    private final long patienceNs;
    private final long applyTimeoutMs;
    private final Acknowledgements acknowledgements;

    EventIntake(EventGate gate, long patienceNs, long applyTimeoutMs, Acknowledgements acknowledgements) {
        this.gate = gate;
        this.patienceNs = patienceNs;
        this.applyTimeoutMs = applyTimeoutMs;
        this.acknowledgements = acknowledgements;
    }

    /**
     * Hands over the records in order until one is not taken, and waits for those that were.
     *
     * @return how many were taken, and are journaled and applied
     */
    int submit(EventBatch batch, String client) {
        int taken = 0;
        try {
            long lastPosition = EventGate.FULL;
            int together = mostTogether();
            while (taken < batch.recordCount() && together > 0) {
                int first = taken;
                int count = Math.min(together, batch.recordCount() - taken);
                long position = count > 1 ? offer(batch, first, count) : patiently(() -> offer(batch, first, 1));
                if (position != EventGate.FULL) {
                    lastPosition = position;
                    taken += count;
                    together = mostTogether();
                } else {
                    // As many as there is room for; only the last one is worth waiting for.
                    together = count / 2;
                }
            }
            awaitApplied(taken, lastPosition, client);
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
    boolean submitAll(EventBatch batch, String client) {
        boolean taken = false;
        try {
            long position = patiently(() -> gate.offerAll(batch.records(), 0, batch.recordCount()));
            taken = position != EventGate.FULL;
            awaitApplied(taken ? batch.recordCount() : 0, position, client);
        } catch (IllegalStateException e) {
            throw stopped(taken ? batch.recordCount() : 0);
        }
        return taken;
    }

    /** How many records fit at once. */
    int capacity() {
        return gate.capacity();
    }

    private int mostTogether() {
        return Math.min(MOST_TOGETHER, gate.capacity());
    }

    private long offer(EventBatch batch, int first, int count) {
        return gate.offerAll(batch.records(), batch.recordOffset(first), count);
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

    private void awaitApplied(int taken, long lastPosition, String client) {
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
        acknowledgements.add(client);
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
