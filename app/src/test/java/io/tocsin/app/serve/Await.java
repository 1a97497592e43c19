package io.tocsin.app.serve;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what will come, and says what did not. */
final class Await {
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long CHECK_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private Await() {}

    /** Whether something holds by now. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(String what, Condition condition) throws Exception {
        long startNs = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - startNs > DEADLINE_NS) {
                throw new AssertionError("waited 30 s in vain: " + what);
            }
            LockSupport.parkNanos(CHECK_NS);
        }
    }
}
