package io.tocsin.engine.pipeline;

import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.DueQuery;
import io.tocsin.engine.view.DueView;
import io.tocsin.engine.view.LatencyView;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Port: questions to the core. Any thread. A question is answered by the core between two batches of events, in slices,
 * so that a large one never delays a timer; it sees every record whose position was reported applied before it was asked.
 * A future fails with {@link IllegalStateException} when the engine has stopped.
 */
public interface EngineReads {
    /** One ticket; empty when it is not known, or forgotten. */
    CompletableFuture<Optional<TicketView>> ticket(String ticket);

    /** Open clocks by due instant, soonest first. */
    CompletableFuture<List<DueView>> due(DueQuery query);

    /** Figures since the journal began, grouped by attributes; no names: one group of everything. */
    CompletableFuture<StatsView> stats(List<String> by);

    /** What came in and what went out. */
    CompletableFuture<CountersView> counters();

    /** A number that is the same for the same events and policies, on any machine. */
    CompletableFuture<Long> stateHash();

    /** How long things took; answered at once. */
    LatencyView latency();
}
