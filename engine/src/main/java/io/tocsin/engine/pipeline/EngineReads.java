package io.tocsin.engine.pipeline;

import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.DueQuery;
import io.tocsin.engine.view.DueView;
import io.tocsin.engine.view.EngineGauges;
import io.tocsin.engine.view.ForecastView;
import io.tocsin.engine.view.LatencyBuckets;
import io.tocsin.engine.view.LatencyView;
import io.tocsin.engine.view.PipelineGauges;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketOrigin;
import io.tocsin.engine.view.TicketView;
import io.tocsin.engine.view.TrendView;
import io.tocsin.engine.view.Window;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/**
 * Port: questions to the core. Any thread. A question is answered by the core between two batches of events, in slices,
 * so that a large one never delays a timer; it sees every record whose position was reported applied before it was asked.
 * A future fails with {@link IllegalStateException} when the engine has stopped.
 */
public interface EngineReads {
    /** One ticket; empty when it is not known, or forgotten. */
    CompletableFuture<Optional<TicketView>> ticket(String ticket);

    /** One ticket with the facts it is measured by, the policies so far, and how far in the journal all that is. */
    CompletableFuture<TicketOrigin> origin(String ticket);

    /** Open clocks by due instant, soonest first. */
    CompletableFuture<List<DueView>> due(DueQuery query);

    /** Figures of a window, grouped by attributes; no names: one group of everything. */
    CompletableFuture<StatsView> stats(List<String> by, Window window);

    /** Figures since the journal began, grouped by attributes. */
    default CompletableFuture<StatsView> stats(List<String> by) {
        return stats(by, Window.ALL);
    }

    /** How many clocks come due within each of some times, in nanoseconds, grouped by attributes. */
    CompletableFuture<ForecastView> forecast(List<String> by, List<Long> withinNs);

    /**
     * How it was in each period of the last hours, for tickets whose attributes have some values by name; a value is the text of
     * a string, number or boolean.
     *
     * @param hours how far back, 1 to 24
     */
    CompletableFuture<TrendView> trend(SortedMap<String, String> where, int hours);

    /** What came in and what went out. */
    CompletableFuture<CountersView> counters();

    /** What those who watch the engine want to know of the core. */
    CompletableFuture<EngineGauges> gauges();

    /** What they want to know of its surroundings; answered at once. */
    PipelineGauges pipelineGauges();

    /** A number that is the same for the same events and policies, on any machine. */
    CompletableFuture<Long> stateHash();

    /** How long things took; answered at once. */
    LatencyView latency();

    /** How long things took, by buckets; answered at once. */
    LatencyBuckets latencyBuckets();
}
