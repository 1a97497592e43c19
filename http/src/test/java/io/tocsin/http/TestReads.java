package io.tocsin.http;

import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.DueQuery;
import io.tocsin.engine.view.DueView;
import io.tocsin.engine.view.EngineGauges;
import io.tocsin.engine.view.ForecastView;
import io.tocsin.engine.view.LatencyBuckets;
import io.tocsin.engine.view.LatencyView;
import io.tocsin.engine.view.PipelineGauges;
import io.tocsin.engine.view.ServiceFigures;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketFigures;
import io.tocsin.engine.view.TicketOrigin;
import io.tocsin.engine.view.TicketView;
import io.tocsin.engine.view.TrendView;
import io.tocsin.engine.view.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads that give fixed views and remember what they were asked. */
final class TestReads implements EngineReads {
    /** Of a group without a figure. */
    private static final ServiceFigures SERVICE = new ServiceFigures(
            null,
            null,
            null,
            0.0,
            null,
            null,
            0,
            null,
            0,
            ClockView.NONE,
            null,
            new ServiceFigures.ServiceLevel("offered", "first_response", 20_000_000_000L, null, 0, 0, 0, 0),
            List.of(),
            new ServiceFigures.Counts(0, 0, 0, 0, 0));

    static final ClockView CLOCK =
            new ClockView("resolution", 1, "running", false, 0, 1_000_000_000L, ClockView.NONE, 5, 10);

    final List<Object> questions = new CopyOnWriteArrayList<>();
    final AtomicInteger statsAsked = new AtomicInteger();
    private volatile boolean stopped;
    private volatile boolean silent;

    void stop() {
        stopped = true;
    }

    void goOn() {
        stopped = false;
    }

    void fallSilent() {
        silent = true;
    }

    /** Knows every ticket but those that begin with {@code unknown}. */
    @Override
    public CompletableFuture<Optional<TicketView>> ticket(String ticket) {
        return answer(
                ticket,
                ticket.startsWith("unknown")
                        ? Optional.empty()
                        : Optional.of(new TicketView(1, ticket, "open", "gold", Map.of("vip", true), List.of(CLOCK))));
    }

    /** As of position 7 and the first second, of a ticket whose only fact is its status. */
    @Override
    public CompletableFuture<TicketOrigin> origin(String ticket) {
        return answer(ticket, new TicketOrigin(Optional.empty(), List.of("policy"), 7, 1_000_000_000L));
    }

    @Override
    public CompletableFuture<List<DueView>> due(DueQuery query) {
        return answer(query, List.of(new DueView("A", "open", "gold", Map.of(), CLOCK)));
    }

    @Override
    public CompletableFuture<StatsView> stats(List<String> by, Window window) {
        statsAsked.incrementAndGet();
        ClockFigures figures = new ClockFigures(1, 0, 3, 1, 0, 0, ClockView.NONE, 0, 0, 0, 0, 0);
        Map<String, Object> key = by.isEmpty() ? Map.of() : Collections.singletonMap(by.get(0), "x");
        return answer(
                by,
                new StatsView(
                        0,
                        window.text(),
                        ClockView.NONE,
                        0,
                        List.of(new StatsView.Group(
                                key,
                                new TicketFigures(1, 0, 0, 0, 1, 0, 0, ClockView.NONE),
                                Map.of("resolution", figures),
                                SERVICE))));
    }

    @Override
    public CompletableFuture<ForecastView> forecast(List<String> by, List<Long> withinNs) {
        List<Long> counts = withinNs.stream().map(ns -> ns / 60_000_000_000L).toList();
        return answer(
                by,
                new ForecastView(0, withinNs, List.of(new ForecastView.Group(Map.of(), Map.of("resolution", counts)))));
    }

    @Override
    public CompletableFuture<TrendView> trend(SortedMap<String, String> where, int hours) {
        Map<String, TrendView.Decided> clocks =
                Map.of("resolution", new TrendView.Decided(List.of(3L, 0L), List.of(1L, 0L)));
        return answer("trend", new TrendView(0, 300_000_000_000L, -300_000_000_000L, List.of(1L, 1L), clocks));
    }

    @Override
    public CompletableFuture<CountersView> counters() {
        return answer("counters", new CountersView(1, 2, 3, 0, 4, 5, 6, 7, 8, 9, 10, 0));
    }

    @Override
    public CompletableFuture<EngineGauges> gauges() {
        return answer(
                "gauges",
                new EngineGauges(
                        new CountersView(1, 2, 3, 0, 4, 5, 6, 7, 8, 9, 10, 0),
                        4,
                        List.of(
                                new EngineGauges.ClockCounts("resolution", 1, 0, 3, 1, 0),
                                new EngineGauges.ClockCounts("follow_up", 1, 0, 0, 0, 0)),
                        List.of(new EngineGauges.AlertCount("resolution", "breach", 2))));
    }

    @Override
    public PipelineGauges pipelineGauges() {
        return new PipelineGauges(1_024, 1_000, 17, 2, 1_500_000, ClockView.NONE, ClockView.NONE);
    }

    @Override
    public LatencyBuckets latencyBuckets() {
        List<Long> none = Collections.nCopies(LatencyBuckets.BOUNDS_NS.size() + 1, 0L);
        List<Long> some = new ArrayList<>(none);
        some.set(0, 5L);
        some.set(LatencyBuckets.BOUNDS_NS.size(), 1L);
        return new LatencyBuckets(new LatencyBuckets.Buckets(some, 12e9), new LatencyBuckets.Buckets(none, 0));
    }

    @Override
    public CompletableFuture<Long> stateHash() {
        return answer("stateHash", 42L);
    }

    @Override
    public LatencyView latency() {
        return new LatencyView(
                new LatencyView.Quantiles(1, 2, 3, 4, 5, 6), new LatencyView.Quantiles(0, 0, 0, 0, 0, 0));
    }

    private <T> CompletableFuture<T> answer(Object question, T answer) {
        questions.add(question);
        if (silent) {
            return new CompletableFuture<>();
        }
        return stopped
                ? CompletableFuture.failedFuture(new IllegalStateException("stopped"))
                : CompletableFuture.completedFuture(answer);
    }
}
