package io.tocsin.http.wallboard;

import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.DueQuery;
import io.tocsin.engine.view.DueView;
import io.tocsin.engine.view.LatencyView;
import io.tocsin.engine.view.StatsView;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * What some views need to know at one moment, over and over: each question once, whoever needs the answer. The answers are
 * there once {@link #done()} has completed.
 */
final class Round implements Asked {
    /** More than any screen shows, as the boards let go of what runs out until the next round. */
    private static final int DUE_COUNT = 24;

    private final Map<StatsQuestion, CompletableFuture<StatsView>> stats = new HashMap<>();
    private final Map<SortedMap<String, String>, CompletableFuture<List<DueView>>> due = new HashMap<>();
    private final CompletableFuture<CountersView> counters;
    private final EngineReads reads;

    /** Asks; throws {@link IllegalStateException} when the engine has stopped. */
    Round(EngineReads reads, Collection<BoardView> views) {
        this.reads = reads;
        for (BoardView view : views) {
            Stream.of(view.total(), view.breakdown())
                    .filter(Objects::nonNull)
                    .forEach(question -> stats.computeIfAbsent(question, asked -> asked.ask(reads)));
            due.computeIfAbsent(
                    view.where(),
                    where -> reads.due(new DueQuery("running", false, null, ClockView.NONE, DUE_COUNT, where)));
        }
        counters = reads.counters();
    }

    @Override
    public Stream<CompletableFuture<?>> answers() {
        return Stream.concat(Stream.concat(stats.values().stream(), due.values().stream()), Stream.of(counters));
    }

    @Override
    public void sendTo(BoardFeed feed, long nowNs) {
        feed.sendBoard(this, nowNs);
    }

    StatsView stats(StatsQuestion question) {
        return Objects.requireNonNull(stats.get(question)).join();
    }

    /** What is about to breach among tickets with these attributes, soonest first. */
    List<DueView> due(SortedMap<String, String> where) {
        return Objects.requireNonNull(due.get(where)).join();
    }

    CountersView counters() {
        return counters.join();
    }

    LatencyView latency() {
        return reads.latency();
    }
}
