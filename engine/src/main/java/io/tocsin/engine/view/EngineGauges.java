package io.tocsin.engine.view;

import java.util.List;

/**
 * What the core knows for those who watch it run; cheaper to make than figures, as nothing is a quantile.
 *
 * @param counters what came in and what went out
 * @param openTickets tickets open or pending now
 * @param clocks of each clock that was followed, in the clocks' order
 * @param alerts alerts given since the engine went live, in the order of clocks and kinds; none that was never given
 */
public record EngineGauges(CountersView counters, long openTickets, List<ClockCounts> clocks, List<AlertCount> alerts) {
    /**
     * How the cycles of a clock stand, since the journal began; corrected when what was known of them proves wrong. The
     * numbers mean what they mean in {@link ClockFigures}.
     */
    public record ClockCounts(String clock, long running, long paused, long met, long breached, long cancelled) {}

    /**
     * Alerts of one kind and one clock.
     *
     * @param clock its name, empty for objectives about figures of no clock
     * @param kind its name on the wire
     */
    public record AlertCount(String clock, String kind, long count) {}
}
