package io.tocsin.journal;

import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.core.time.TimeProvider;

/**
 * A clock that never goes back, to choose a queue's file by. Were the system's clock set back over midnight, Chronicle
 * would go back to a file that is already ended. Any thread; allocates nothing.
 */
final class ForwardOnlyTime implements TimeProvider {
    private final TimeProvider clock;
    private final AtomicLong latestMs = new AtomicLong();

    ForwardOnlyTime(TimeProvider clock) {
        this.clock = clock;
    }

    @Override
    public long currentTimeMillis() {
        long nowMs = clock.currentTimeMillis();
        long latest = latestMs.get();
        return nowMs == latest ? latest : latestMs.accumulateAndGet(nowMs, Math::max);
    }
}
