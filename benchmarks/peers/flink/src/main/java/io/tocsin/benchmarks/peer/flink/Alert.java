package io.tocsin.benchmarks.peer.flink;

/** A deadline that was missed. */
public final class Alert {
    /** The ticket's number. */
    public long ticket;
    /** A clock of {@link io.tocsin.benchmarks.peer.AlertSet}. */
    public int clock;

    /** For Flink. */
    public Alert() {}

    Alert(long ticket, int clock) {
        this.ticket = ticket;
        this.clock = clock;
    }
}
