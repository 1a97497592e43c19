package io.tocsin.engine.pipeline;

import io.tocsin.engine.core.EngineViews;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/** A question on its way to the core: asked in slices on the core's thread until there is an answer. */
final class Question<T> {
    private final CoreAnswer<T> answer = new CoreAnswer<>();
    private final Slice<T> slice;

    Question(Slice<T> slice) {
        this.slice = slice;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    /**
     * Works on the answer. False: there is more to do. A slice that throws answers with what it threw.
     *
     * @param clock says how long it takes
     */
    boolean work(EngineViews views, EpochNanoClock clock) {
        try {
            long startNs = clock.nanoTime();
            T found = slice.work(views);
            answer.addWork(Math.max(0, clock.nanoTime() - startNs));
            return found != null && complete(found);
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
            return true;
        }
    }

    void fail(IllegalStateException reason) {
        answer.completeExceptionally(reason);
    }

    private boolean complete(T found) {
        answer.complete(found);
        return true;
    }

    /** One slice of the work; null while there is more to do. */
    @FunctionalInterface
    interface Slice<T> {
        @Nullable
        T work(EngineViews views);
    }
}
