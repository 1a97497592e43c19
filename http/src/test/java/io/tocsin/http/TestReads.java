package io.tocsin.http;

import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.DueQuery;
import io.tocsin.engine.view.DueView;
import io.tocsin.engine.view.LatencyView;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketFigures;
import io.tocsin.engine.view.TicketView;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads that give fixed views and remember what they were asked. */
final class TestReads implements EngineReads {
    static final ClockView CLOCK =
            new ClockView("resolution", 1, "running", false, 0, 1_000_000_000L, ClockView.NONE, 5, 10);

    final List<Object> questions = new CopyOnWriteArrayList<>();
    final AtomicInteger statsAsked = new AtomicInteger();
    private volatile boolean stopped;
    private volatile boolean silent;

    void stop() {
        stopped = true;
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

    @Override
    public CompletableFuture<List<DueView>> due(DueQuery query) {
        return answer(query, List.of(new DueView("A", "open", "gold", Map.of(), CLOCK)));
    }

    @Override
    public CompletableFuture<StatsView> stats(List<String> by) {
        statsAsked.incrementAndGet();
        ClockFigures figures = new ClockFigures(1, 0, 3, 1, 0, ClockView.NONE, 0, 0, 0, 0, 0);
        Map<String, Object> key = by.isEmpty() ? Map.of() : Collections.singletonMap(by.get(0), "x");
        return answer(
                by,
                new StatsView(
                        0,
                        "all",
                        List.of(new StatsView.Group(
                                key, new TicketFigures(1, 0, 0, 0, 1), Map.of("resolution", figures)))));
    }

    @Override
    public CompletableFuture<CountersView> counters() {
        return answer("counters", new CountersView(1, 2, 3, 0, 4, 5, 6, 7, 8, 9, 10));
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
