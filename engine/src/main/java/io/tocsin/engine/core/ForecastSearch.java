package io.tocsin.engine.core;

import io.tocsin.engine.clock.ClockState;
import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.view.ForecastView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the clocks that come due soon, over all tickets, a slice at a time. It guesses nothing: a clock counts if it would
 * breach were nothing to happen to its ticket. A ticket that changes between slices counts as it was when it was looked at.
 * On the engine's thread; allocates what it finds.
 */
public final class ForecastSearch {
    private final EngineViews views;
    private final EngineState state;
    private final List<String> by;
    private final List<Long> withinNs;
    private final long furthestNs;
    private final int[] names;
    /** By the values of the key, by the number of the clock: how many come due within each time. */
    private final Map<List<@Nullable Object>, Map<Integer, long[]>> groups = new HashMap<>();

    private int nextSlot;

    /**
     * A search over an engine's tickets.
     *
     * @param by attribute names; none: one group of everything
     * @param withinNs how far ahead to look, at least one
     */
    public ForecastSearch(EngineViews views, List<String> by, List<Long> withinNs) {
        this.views = views;
        this.state = views.state();
        this.by = List.copyOf(by);
        this.withinNs = List.copyOf(withinNs);
        furthestNs = Collections.max(withinNs);
        names = by.stream()
                .mapToInt(name -> state.attributes.nameForGood(new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8))))
                .toArray();
    }

    /** Looks at some more tickets; the forecast, or null when there is more to look at. */
    @Nullable
    public ForecastView slice() {
        int end = Math.min(state.tickets.slotCount(), nextSlot + EngineViews.SLICE);
        for (; nextSlot < end; nextSlot++) {
            if (state.tickets.isLive(nextSlot)) {
                look(nextSlot);
            }
        }
        return nextSlot < state.tickets.slotCount() ? null : found();
    }

    private void look(int ticket) {
        CycleStore cycles = state.cycles;
        for (int cycle = state.tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            long dueNs = cycles.dueNs(cycle);
            boolean comes = cycles.target(cycle) != CycleStore.NO_TARGET
                    && cycles.state(cycle) == ClockState.RUNNING
                    && !cycles.isBreached(cycle)
                    && dueNs != CycleStore.NO_INSTANT
                    && dueNs != CycleStore.NEVER
                    && dueNs - views.nowNs() <= furthestNs;
            if (comes) {
                count(ticket, cycles.clock(cycle), dueNs - views.nowNs());
            }
        }
    }

    private void count(int ticket, int clock, long aheadNs) {
        List<@Nullable Object> key = new ArrayList<>(names.length);
        for (int name : names) {
            key.add(state.attributes.view(state.attributes.value(state.tickets.attributes(ticket), name)));
        }
        long[] counts = groups.computeIfAbsent(key, added -> new TreeMap<>())
                .computeIfAbsent(clock, added -> new long[withinNs.size()]);
        for (int i = 0; i < counts.length; i++) {
            counts[i] += aheadNs <= withinNs.get(i) ? 1 : 0;
        }
    }

    private ForecastView found() {
        List<ForecastView.Group> found = new ArrayList<>();
        groups.entrySet().stream()
                .sorted(Comparator.comparing(entry -> sortKey(entry.getKey()), Arrays::compare))
                .forEach(entry -> found.add(group(entry.getKey(), entry.getValue())));
        return new ForecastView(views.nowNs(), withinNs, found);
    }

    private ForecastView.Group group(List<@Nullable Object> values, Map<Integer, long[]> counts) {
        Map<String, @Nullable Object> key = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            key.put(by.get(i), values.get(i));
        }
        Map<String, List<Long>> clocks = new LinkedHashMap<>();
        counts.forEach((clock, each) -> clocks.put(
                state.registry.clockText(clock), Arrays.stream(each).boxed().toList()));
        return new ForecastView.Group(key, clocks);
    }

    private static String[] sortKey(List<@Nullable Object> values) {
        return values.stream()
                .map(value -> value == null ? "" : value.toString())
                .toArray(String[]::new);
    }
}
