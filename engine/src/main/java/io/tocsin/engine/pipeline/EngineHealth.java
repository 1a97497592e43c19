package io.tocsin.engine.pipeline;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whether the engine takes events and questions, and what stopped it if something did. Any thread. */
final class EngineHealth {
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Consumer<Throwable> onFailure;
    private volatile boolean open;

    /** @param onFailure is told of the first failure, on the thread that failed */
    EngineHealth(Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
    }

    /** Lets events and questions in, from now on. */
    void open() {
        open = true;
    }

    /**
     * Lets nothing in any more.
     *
     * @return whether anything was let in before
     */
    boolean shut() {
        boolean wasOpen = open;
        open = false;
        return wasOpen;
    }

    boolean isOpen() {
        return open;
    }

    boolean isAccepting() {
        return open && !hasFailed();
    }

    /** @throws IllegalStateException if it is not */
    void checkAccepting() {
        if (!isAccepting()) {
            throw stopped();
        }
    }

    boolean hasFailed() {
        return failure.get() != null;
    }

    /** An agent's thread has ended; only the first failure counts. */
    void fail(Throwable termination) {
        Throwable cause = termination.getCause() == null ? termination : termination.getCause();
        if (failure.compareAndSet(null, cause)) {
            onFailure.accept(cause);
        }
    }

    /** Why nothing is taken, for whoever offers or asks. */
    IllegalStateException stopped() {
        Throwable cause = failure.get();
        return cause == null
                ? new IllegalStateException("the engine is not running")
                : new IllegalStateException("the engine has stopped: " + cause.getMessage(), cause);
    }
}
