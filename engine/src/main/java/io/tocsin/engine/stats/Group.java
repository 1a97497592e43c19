package io.tocsin.engine.stats;

import io.tocsin.engine.policy.Objective.Metric;
import io.tocsin.engine.rules.Registry;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.StatsView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of one group of tickets in one window. The core's thread; what can be asked allocates nothing. */
public final class Group {
    private final int[] values;
    private final Cell cell = new Cell();
    private final Tally tally;
    private final Waiting waiting;
    private long factCount;
    /** What whoever watches the group knows of it. */
    @Nullable
    private Object note;

    /**
     * A group of nothing yet.
     *
     * @param values the numbers of its key's values, in the order of the grouping's names
     */
    Group(int[] values, Reading reading, StillWaits stillWaits) {
        this.values = values;
        tally = new Tally(reading);
        waiting = new Waiting((ticket, sinceNs) -> stillWaits.test(this, ticket, sinceNs));
    }

    /** The numbers of its key's values, in the order of the grouping's names; not to be changed. */
    public int[] values() {
        return values;
    }

    /** What was noted last, or null. */
    @Nullable
    public Object note() {
        return note;
    }

    /** Notes what whoever watches the group knows of it. */
    public void note(Object newNote) {
        note = newNote;
    }

    boolean isEmpty() {
        return factCount == 0;
    }

    void add(int sign, int what, long value, int openedHour, int ticket) {
        factCount += sign;
        if (Fact.kind(what) != Fact.WAITING) {
            cell.add(sign, what, value);
            tally.add(sign, what, value, openedHour);
        } else if (sign > 0) {
            waiting.begin(ticket, value);
        } else {
            waiting.end();
        }
    }

    /** Of how many cases a figure is made. */
    public long count(Metric metric, int clock) {
        return tally.whole(metric, clock, cell);
    }

    /** What a figure comes to, if it is made of any case. */
    public double value(Metric metric, int clock) {
        return tally.value(metric, clock, cell);
    }

    /** The group as readers see it. Allocates. */
    StatsView.Group view(Map<String, @Nullable Object> key, long asOfNs, Registry registry) {
        Map<String, ClockFigures> clocks = new LinkedHashMap<>();
        for (int clock = 0; clock < registry.clockCount(); clock++) {
            if (registry.wasFollowed(clock)) {
                clocks.put(registry.clockText(clock), cell.clockFigures(clock));
            }
        }
        long sinceNs = waiting.longestSinceNs();
        long waitedNs = sinceNs == ClockView.NONE ? ClockView.NONE : asOfNs - sinceNs;
        return new StatsView.Group(
                key,
                cell.ticketFigures(tally.transferred(), tally.complained(), waitedNs),
                clocks,
                tally.figures(cell));
    }

    /** Whether a ticket of a group waits since an instant. */
    @FunctionalInterface
    interface StillWaits {
        boolean test(Group group, int ticket, long sinceNs);
    }
}
