package io.tocsin.engine.pipeline;

import java.util.concurrent.CompletableFuture;

/**
 * The core's answer to a question, and for how long the core worked on it: the slices alone, and not the waiting for a turn.
 * Whoever asks again and again goes by that, since waiting costs the core nothing. What is made of an answer
 * ({@code thenApply} and the like) knows it too. Completed by the core, read by any thread.
 */
public final class CoreAnswer<T> extends CompletableFuture<T> {
    private final Work work;

    /** An answer to come. */
    public CoreAnswer() {
        this(new Work());
    }

    private CoreAnswer(Work work) {
        this.work = work;
    }

    /**
     * For how long the core worked on an answer, in nanoseconds; only once it is complete.
     *
     * @param otherwise what to say of an answer that does not know
     */
    public static long workNs(CompletableFuture<?> answer, long otherwise) {
        return answer instanceof CoreAnswer<?> known ? known.work.ns : otherwise;
    }

    /** Adds a slice's time; the thread that works on it, before it is complete. */
    public void addWork(long ns) {
        work.ns += ns;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CoreAnswer<>(work);
    }

    /** Published to readers by the answer's completion. */
    private static final class Work {
        private long ns;
    }
}
