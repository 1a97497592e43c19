package io.tocsin.benchmarks;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** The least that this machine allows: a thread that does nothing but look at the clock notices deadlines so late. */
final class BareLoop {
    private BareLoop() {}

    /** Spins for so long, on a thread of its own as the core does. */
    static Histogram run(int seconds, int deadlinesPerSecond) throws InterruptedException {
        Histogram lag = new Histogram(3);
        Thread thread = new Thread(() -> spin(lag, seconds, deadlinesPerSecond), "bare-loop");
        thread.start();
        thread.join();
        return lag;
    }

    private static void spin(Histogram lag, int seconds, int deadlinesPerSecond) {
        long gapNs = TimeUnit.SECONDS.toNanos(1) / deadlinesPerSecond;
        long deadlineNs = System.nanoTime() + gapNs;
        for (long left = (long) seconds * deadlinesPerSecond; left > 0; ) {
            long nowNs = System.nanoTime();
            for (; nowNs > deadlineNs && left > 0; left--) {
                lag.recordValue(nowNs - deadlineNs);
                deadlineNs += gapNs;
            }
            Thread.onSpinWait();
        }
    }
}
