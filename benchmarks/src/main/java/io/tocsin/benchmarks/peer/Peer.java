package io.tocsin.benchmarks.peer;

/** One engine doing the job; has a constructor without parameters and is used once, in a process of its own. */
public interface Peer {
    /**
     * Gives the engine every event of the stream in its order and lets it find every deadline that passed before the last
     * event without having been met. Returns when all is done; what lies behind the last event's instant may not be added.
     *
     * @param meter is told when the engine is about to be made, and of each event that was applied, both by the thread that
     *     applies
     * @param alerts takes what was found, from one thread
     */
    void run(TicketStream stream, Meter meter, AlertSet alerts) throws Exception;
}
