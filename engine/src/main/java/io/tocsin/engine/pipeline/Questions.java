package io.tocsin.engine.pipeline;

import com.lmax.disruptor.Sequence;
import io.tocsin.engine.core.DueSearch;
import io.tocsin.engine.core.EngineViews;
import io.tocsin.engine.core.ForecastSearch;
import io.tocsin.engine.core.StatsSearch;
import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.DueQuery;
import io.tocsin.engine.view.DueView;
import io.tocsin.engine.view.EngineGauges;
import io.tocsin.engine.view.ForecastView;
import io.tocsin.engine.view.LatencyBuckets;
import io.tocsin.engine.view.LatencyView;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketOrigin;
import io.tocsin.engine.view.TicketView;
import io.tocsin.engine.view.TrendView;
import io.tocsin.engine.view.Window;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Puts questions where the core finds them; and what the core measures, which needs no question. Any thread. */
final class Questions {
    private final Queue<Question<?>> queue = new ManyToOneConcurrentLinkedQueue<>();
    private final LatencyRecorder ingestToApply = new LatencyRecorder();
    private final LatencyRecorder detectionLag = new LatencyRecorder();
    private final EngineHealth health;
    private final Sequence journalPosition;

    /**
     * No questions yet.
     *
     * @param journalPosition how many records the journal has; written by the core
     */
    Questions(EngineHealth health, Sequence journalPosition) {
        this.health = health;
        this.journalPosition = journalPosition;
    }

    CompletableFuture<Optional<TicketView>> ticket(String ticket) {
        return ask(views -> views.ticket(ticket));
    }

    /** The core answers between two batches, so that what is journaled then is applied. */
    CompletableFuture<TicketOrigin> origin(String ticket) {
        return ask(views ->
                new TicketOrigin(views.facts(ticket), views.policyTexts(), journalPosition.get(), views.nowNs()));
    }

    CompletableFuture<List<DueView>> due(DueQuery query) {
        return ask(new Question.Slice<>() {
            @Nullable
            private DueSearch search;

            @Override
            @Nullable
            public List<DueView> work(EngineViews views) {
                if (search == null) {
                    search = new DueSearch(views, query);
                }
                return search.slice();
            }
        });
    }

    CompletableFuture<StatsView> stats(List<String> by, Window window) {
        return ask(new Question.Slice<>() {
            @Nullable
            private StatsSearch search;

            @Override
            @Nullable
            public StatsView work(EngineViews views) {
                if (search == null) {
                    search = new StatsSearch(views, by, window);
                }
                return search.slice();
            }
        });
    }

    CompletableFuture<ForecastView> forecast(List<String> by, List<Long> withinNs) {
        return ask(new Question.Slice<>() {
            @Nullable
            private ForecastSearch search;

            @Override
            @Nullable
            public ForecastView work(EngineViews views) {
                if (search == null) {
                    search = new ForecastSearch(views, by, withinNs);
                }
                return search.slice();
            }
        });
    }

    CompletableFuture<TrendView> trend(SortedMap<String, String> where, int hours) {
        return ask(views -> views.trendSlice(where, hours));
    }

    CompletableFuture<CountersView> counters() {
        return ask(views -> views.counters());
    }

    CompletableFuture<EngineGauges> gauges() {
        return ask(views -> views.gauges());
    }

    CompletableFuture<Long> stateHash() {
        return ask(views -> views.stateHash());
    }

    LatencyBuckets latencyBuckets() {
        return new LatencyBuckets(ingestToApply.buckets(), detectionLag.buckets());
    }

    LatencyView latency() {
        return new LatencyView(ingestToApply.quantiles(), detectionLag.quantiles());
    }

    /** Asks the core; the future fails at once if it is not there to answer. */
    <T> CompletableFuture<T> ask(Question.Slice<T> slice) {
        Question<T> question = new Question<>(slice);
        if (!health.isAccepting()) {
            question.fail(health.stopped());
            return question.answer();
        }
        queue.add(question);
        if (!health.isAccepting()) {
            // The core may have looked at its questions for the last time before this one came.
            question.fail(health.stopped());
        }
        return question.answer();
    }

    /** What was not answered yet, for the core. */
    Queue<Question<?>> queue() {
        return queue;
    }

    /** Written by the core. */
    LatencyRecorder ingestToApply() {
        return ingestToApply;
    }

    /** Written by the core. */
    LatencyRecorder detectionLag() {
        return detectionLag;
    }
}
