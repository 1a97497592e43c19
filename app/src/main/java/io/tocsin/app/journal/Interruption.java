package io.tocsin.app.journal;

import io.tocsin.app.Tocsin;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C (or SIGTERM) as the ordinary end of a command that would go on for ever: the command comes to an end of its own and
 * the process ends with {@link Tocsin#DONE} instead of the signal's code.
 */
final class Interruption implements AutoCloseable {
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onShutdown, "tocsin-interrupted");

    private Interruption() {}

    /** Listens from now on until it is closed. */
    static Interruption install() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Waits; true as soon as the command is to end. */
    boolean await(long timeoutMs) throws InterruptedException {
        return told.await(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** The command has done all it wanted to. If it was told to end, the process now does, maybe before this returns. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            told.countDown(); // The hook is running and ends the process.
        }
    }

    private void onShutdown() {
        told.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(Tocsin.DONE);
    }
}
