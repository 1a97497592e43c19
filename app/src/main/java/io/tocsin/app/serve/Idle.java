package io.tocsin.app.serve;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;

/** What the engine's threads do while there is nothing to do: how soon they notice against how much they burn. */
public enum Idle {
    /** The core spins: it notices within a microsecond and burns a whole processor. For a machine with cores to spare. */
    LATENCY,
    /** Spins and yields for a moment, then parks for 50 microseconds at a time, and notices about so late. */
    BALANCED,
    /** Parks for half a millisecond at a time: next to no load while nothing happens. */
    QUIET;

    private static final int SPINS = 100;
    private static final int YIELDS = 20;
    private static final long LEAST_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MOST_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);
    /** An alert has its instant by then: this is how late it is written down, which costs a tenth of a processor if it is often. */
    private static final long EGRESS_PARK_NS = TimeUnit.MICROSECONDS.toNanos(200);

    private static final long QUIET_PARK_NS = TimeUnit.MICROSECONDS.toNanos(500);

    /** A new strategy for the core's thread. */
    public IdleStrategy forCore() {
        return switch (this) {
            case LATENCY -> new BusySpinIdleStrategy();
            case BALANCED -> new BackoffIdleStrategy(SPINS, YIELDS, LEAST_PARK_NS, MOST_PARK_NS);
            case QUIET -> new SleepingIdleStrategy(QUIET_PARK_NS);
        };
    }

    /** A new strategy for the egress: at most one thread may spin, and it is not this one. */
    public IdleStrategy forEgress() {
        return this == QUIET ? forCore() : new BackoffIdleStrategy(SPINS, YIELDS, LEAST_PARK_NS, EGRESS_PARK_NS);
    }

    /** A new strategy for the sync, for which acknowledgements wait. */
    public IdleStrategy forSync() {
        return this == LATENCY ? BALANCED.forCore() : forCore();
    }
}
