package io.tocsin.app.serve;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Waits until the process is told to stop (SIGTERM, Ctrl-C) or something fails. A process that is told to stop does not end
 * before {@link #finished}, and then with the exit code given there instead of the signal's.
 */
final class StopSignal {
    private final CompletableFuture<Optional<Throwable>> stop = new CompletableFuture<>();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Queue<Runnable> onStop = new ConcurrentLinkedQueue<>();
    private final Thread hook = new Thread(this::onShutdown, "tocsin-stop");

    private StopSignal() {}

    /** Listens to signals from now on, until {@link #finished}. */
    static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Has something done when the process is told to stop, on another thread; at once if it was already. */
    void onStop(Runnable action) {
        onStop.add(action);
        if (stop.isDone()) {
            action.run();
        }
    }

    /** Something failed: there is nothing to wait for. Any thread; only the first to call counts. */
    void fail(Throwable cause) {
        stop.complete(Optional.of(cause));
    }

    /** Waits; empty when told to stop, else what failed. */
    Optional<Throwable> await() {
        return stop.join();
    }

    /**
     * Everything is closed and told. If a signal came, the process ends now, maybe before this returns; if none came, none
     * is listened to any more.
     */
    void finished(int processExitCode) {
        exitCode.complete(processExitCode);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal came: the hook is running, was waiting for the exit code and ends the process with it.
            stop.complete(Optional.empty());
        }
    }

    private void onShutdown() {
        stop.complete(Optional.empty());
        onStop.forEach(Runnable::run);
        Runtime.getRuntime().halt(exitCode.join());
    }
}
