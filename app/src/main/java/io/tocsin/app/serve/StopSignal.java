package io.tocsin.app.serve;

import io.tocsin.app.Tocsin;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Waits until the process is told to stop (SIGTERM, Ctrl-C) or something fails. The process does not end before
 * {@link #finished}: a signal waits for what was accepted to be kept, and then ends it with exit code 0.
 */
final class StopSignal {
    private final CompletableFuture<Optional<Throwable>> stop = new CompletableFuture<>();
    private final CountDownLatch finished = new CountDownLatch(1);

    private StopSignal() {}

    /** Listens to signals from now on. */
    static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::onShutdown, "tocsin-stop"));
        return signal;
    }

    /** Something failed: there is nothing to wait for. Any thread. */
    void fail(Throwable cause) {
        stop.complete(Optional.of(cause));
    }

    /** Waits; empty when told to stop, else what failed. */
    Optional<Throwable> await() {
        return stop.join();
    }

    /** Everything is closed; the process may end. */
    void finished() {
        finished.countDown();
    }

    private void onShutdown() {
        if (!stop.complete(Optional.empty())) {
            // It failed, or ended, by itself; the exit code is on its way.
            return;
        }
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(Tocsin.DONE);
    }
}
