package io.tocsin.app.serve;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;

/** What the engine's two threads do while there is nothing to do: how soon they notice against how much they burn. */
enum Idle {
    /** The core spins: it notices within a microsecond and burns a whole processor. For a machine with cores to spare. */
    LATENCY(BusySpinIdleStrategy::new),
    /** Spins and yields for a moment, then parks for 50 microseconds at a time. */
    BALANCED(() ->
            new BackoffIdleStrategy(100, 20, TimeUnit.MICROSECONDS.toNanos(1), TimeUnit.MICROSECONDS.toNanos(50))),
    /** Parks for half a millisecond at a time: next to no load while nothing happens. */
    QUIET(() -> new SleepingIdleStrategy(TimeUnit.MICROSECONDS.toNanos(500)));

    private final Supplier<IdleStrategy> core;

    Idle(Supplier<IdleStrategy> core) {
        this.core = core;
    }

    /** A new strategy for the core's thread. */
    IdleStrategy forCore() {
        return core.get();
    }

    /** A new strategy for the egress: at most one thread may spin, and it is not this one. */
    IdleStrategy forEgress() {
        return this == LATENCY ? BALANCED.core.get() : core.get();
    }
}
