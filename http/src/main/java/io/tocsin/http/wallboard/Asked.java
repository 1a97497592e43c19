package io.tocsin.http.wallboard;

import io.tocsin.engine.pipeline.CoreAnswer;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Questions that were asked for some views at once, and what their boards are sent of the answers. */
interface Asked {
    /** All answers, there or not. */
    Stream<CompletableFuture<?>> answers();

    /**
     * Sends a view's boards what was answered; only when {@link #done()} has completed.
     *
     * @param nowNs the system's time
     */
    void sendTo(BoardFeed feed, long nowNs);

    /** Completes with the last answer, or with the first failure. */
    default CompletableFuture<Void> done() {
        return CompletableFuture.allOf(answers().toArray(CompletableFuture<?>[]::new));
    }

    /**
     * For how long the core worked on all answers; only when {@link #done()} has completed.
     *
     * @param tookNs how long it was waited for them: they were not more work than that
     */
    default long workNs(long tookNs) {
        return Math.min(
                tookNs,
                answers().mapToLong(answer -> CoreAnswer.workNs(answer, tookNs)).sum());
    }
}
