package io.tocsin.http.wallboard;

import java.util.concurrent.CompletableFuture;

/** Questions that were asked for some views at once, and what their boards are sent of the answers. */
interface Asked {
    /** Completes with the last answer, or with the first failure. */
    CompletableFuture<Void> done();

    /**
     * Sends a view's boards what was answered; only when {@link #done()} has completed.
     *
     * @param nowNs the system's time
     */
    void sendTo(BoardFeed feed, long nowNs);
}
