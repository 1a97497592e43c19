package io.tocsin.http.wallboard;

import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.engine.view.ForecastView;
import io.tocsin.engine.view.TrendView;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What some views need to know now and then: how it was in the last hours, and what comes due. Each question once. */
final class Outlook implements Asked {
    /** How far ahead what comes due is counted, in seconds. */
    static final List<Long> WITHIN_S = List.of(300L, 900L, 3_600L);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final List<Long> WITHIN_NS =
            WITHIN_S.stream().map(seconds -> seconds * NANOS_PER_SECOND).toList();

    private final Map<TrendQuestion, CompletableFuture<TrendView>> trends = new HashMap<>();
    private final Map<List<String>, CompletableFuture<ForecastView>> forecasts = new HashMap<>();

    private record TrendQuestion(SortedMap<String, String> where, int hours) {
        static TrendQuestion of(BoardView view) {
            return new TrendQuestion(view.where(), view.trendHours());
        }
    }

    /** Asks; throws {@link IllegalStateException} when the engine has stopped. */
    Outlook(EngineReads reads, Collection<BoardView> views) {
        for (BoardView view : views) {
            trends.computeIfAbsent(TrendQuestion.of(view), asked -> reads.trend(asked.where, asked.hours));
            forecasts.computeIfAbsent(names(view), by -> reads.forecast(by, WITHIN_NS));
        }
    }

    @Override
    public Stream<CompletableFuture<?>> answers() {
        return Stream.concat(trends.values().stream(), forecasts.values().stream());
    }

    @Override
    public void sendTo(BoardFeed feed, long nowNs) {
        BoardView view = feed.view();
        feed.sendTrend(
                Objects.requireNonNull(trends.get(TrendQuestion.of(view))).join());
        ForecastView forecast =
                Objects.requireNonNull(forecasts.get(names(view))).join();
        feed.sendForecast(forecast.groups().stream()
                .filter(group -> view.holds(group.key()))
                .findFirst()
                .map(ForecastView.Group::clocks)
                .orElse(Map.of()));
    }

    private static List<String> names(BoardView view) {
        return List.copyOf(view.where().keySet());
    }
}
