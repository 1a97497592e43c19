package io.tocsin.engine.pipeline;

import java.util.function.Supplier;
import org.agrona.concurrent.IdleStrategy;

/**
 * How a pipeline is built.
 *
 * @param eventSlots slots of the ring of events, a power of two from 64 to 1,048,576
 * @param outcomeSlots slots of the ring of outcomes, a power of two from 64 to 1,048,576
 * @param coreIdle makes what the core's thread does while there is nothing to do
 * @param egressIdle makes what the egress's thread does while there is nothing to do
 * @param sync what an acknowledged event survives
 * @param syncIdle makes what the thread that forces journals does in between; with {@link SyncLevel#INTERVAL} it waits
 *     for the interval; not asked with {@link SyncLevel#OS}
 */
public record PipelineConfig(
        int eventSlots,
        int outcomeSlots,
        Supplier<IdleStrategy> coreIdle,
        Supplier<IdleStrategy> egressIdle,
        SyncLevel sync,
        Supplier<IdleStrategy> syncIdle) {
    private static final int LEAST_SLOTS = 64;
    private static final int MOST_SLOTS = 1 << 20;

    /** Checks the ranges. */
    public PipelineConfig {
        check("event slots", eventSlots);
        check("outcome slots", outcomeSlots);
    }

    private static void check(String what, int slots) {
        if (slots < LEAST_SLOTS || slots > MOST_SLOTS || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException(
                    what + " is " + slots + ", it must be a power of two from " + LEAST_SLOTS + " to " + MOST_SLOTS);
        }
    }
}
