package io.tocsin.benchmarks.peer.flink;

/** An event as Flink likes them: public fields, which its own serialiser knows how to write. */
public final class TicketEvent {
    /** The ticket's number. */
    public long ticket;
    /** A type of {@link io.tocsin.benchmarks.peer.TicketStream}. */
    public int type;
    /** When it happened. */
    public long atMs;
    /** The deadlines, of an event that opens a ticket. */
    public long responseDueMs;

    public long resolutionDueMs;
}
