package io.tocsin.engine.pipeline;

import org.agrona.concurrent.EpochNanoClock;

/** A system clock that stands where it was put. Whoever looks at it while waiting lets others go on. */
final class SimulatedClock implements EpochNanoClock {
    private long nowNs;
    private Runnable onLook = () -> {};

    SimulatedClock(long nowNs) {
        this.nowNs = nowNs;
    }

    @Override
    public long nanoTime() {
        onLook.run();
        return nowNs;
    }

    long nowNs() {
        return nowNs;
    }

    void set(long newNowNs) {
        nowNs = newNowNs;
    }

    void onLook(Runnable whoeverLooks) {
        onLook = whoeverLooks;
    }
}
