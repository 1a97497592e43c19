package io.tocsin.http.wallboard;

import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.engine.view.StatsView;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The trends of all tickets and of those that some board shows or showed within the last hour. That of all tickets is kept
 * from the start of the server on, every other one from the first look at it. The wallboard's thread.
 */
final class Trends {
    /** The one that was not looked at for the longest makes way. */
    private static final int MOST = 64;

    private static final SortedMap<String, String> EVERYTHING = Collections.unmodifiableSortedMap(new TreeMap<>());

    /** The one that was looked at last comes last. */
    private final Map<SortedMap<String, String>, Trend> trends = new LinkedHashMap<>(16, 0.75f, true);

    Trends() {
        trends.put(EVERYTHING, new Trend());
    }

    /** The trend of tickets with these attributes; kept from now on. */
    Trend watch(SortedMap<String, String> where) {
        if (!trends.containsKey(where) && trends.size() == MOST) {
            makeRoom();
        }
        Trend trend = trends.computeIfAbsent(where, added -> new Trend());
        trend.watch();
        return trend;
    }

    private void makeRoom() {
        Iterator<SortedMap<String, String>> longestFirst = trends.keySet().iterator();
        SortedMap<String, String> candidate = longestFirst.next();
        if (candidate.isEmpty()) {
            longestFirst.next();
        }
        longestFirst.remove();
    }

    /**
     * Takes a sample of each.
     *
     * @param thread the wallboard's thread, on which the samples are added
     * @return completes when all are there, on that thread
     */
    CompletableFuture<Void> sample(EngineReads reads, Executor thread) {
        trends.entrySet()
                .removeIf(each -> !each.getKey().isEmpty() && each.getValue().isForgotten());
        Map<List<String>, CompletableFuture<StatsView>> asked = new HashMap<>();
        try {
            for (SortedMap<String, String> where : trends.keySet()) {
                asked.computeIfAbsent(
                        List.copyOf(where.keySet()), by -> new StatsQuestion(by, StatsQuestion.ALL).ask(reads));
            }
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new))
                .thenRunAsync(() -> trends.forEach((where, trend) -> add(where, trend, asked)), thread);
    }

    private static void add(
            SortedMap<String, String> where, Trend trend, Map<List<String>, CompletableFuture<StatsView>> asked) {
        CompletableFuture<StatsView> answer = asked.get(List.copyOf(where.keySet()));
        if (answer != null) { // Else it was looked at for the first time meanwhile.
            StatsView stats = answer.join();
            BoardView.groupsOf(where, stats).stream().limit(1).forEach(group -> trend.add(stats.asOfNs(), group));
        }
    }
}
