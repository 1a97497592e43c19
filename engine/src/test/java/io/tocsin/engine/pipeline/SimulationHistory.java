package io.tocsin.engine.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What happened in a simulation: the last steps in words, and how often it came to what it is for. */
final class SimulationHistory {
    private static final int MOST_LINES = 2_000;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Map<Seen, Long> counts = new EnumMap<>(Seen.class);
    private int step;

    /** What a simulation is for; what was never seen was not simulated. */
    enum Seen {
        EVENTS,
        ALERTS,
        RING_FULL,
        CORE_WAITED,
        TIMERS_OVERTAKEN,
        STARTS,
        SNAPSHOTS_FOLLOWED,
        SNAPSHOTS_AT_A_STOP,
        SNAPSHOTS_DAMAGED,
        SNAPSHOTS_USED,
        SNAPSHOTS_PASSED_OVER,
        PROCESS_CRASHES,
        CRASHES_INSIDE_A_STEP,
        CRASHES_WHILE_RECOVERING,
        CRASHES_OF_THE_FOLLOWER,
        CRASHES_WHILE_STOPPING,
        STOPS_GIVEN_UP,
        POWER_CUTS,
        EVENTS_TORN,
        ALERTS_TORN,
        ALERTS_LOST_AND_GIVEN_AGAIN,
        ALERTS_REFUSED,
        DEVICE_FAILURES,
        POISONED_RECORDS,
        CLOCK_SET_BACK,
        COMPARED_WITH_THE_TWIN
    }

    void step(String text) {
        step++;
        add(step + " " + text);
    }

    void add(String text) {
        lines.add(text);
        if (lines.size() > MOST_LINES) {
            lines.removeFirst();
        }
    }

    void saw(Seen what) {
        saw(what, 1);
    }

    void saw(Seen what, long times) {
        counts.merge(what, times, Long::sum);
    }

    long count(Seen what) {
        return counts.getOrDefault(what, 0L);
    }

    void addTo(Map<Seen, Long> sums) {
        counts.forEach((what, count) -> sums.merge(what, count, Long::sum));
    }

    /** All lines, as far as there are not too many. */
    String text() {
        return text(MOST_LINES);
    }

    /** The last lines. */
    String text(int most) {
        return lines.stream().skip(Math.max(0, lines.size() - most)).collect(Collectors.joining("\n  ", "  ", "\n"));
    }
}
