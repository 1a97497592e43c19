package io.tocsin.engine.stats;

import io.tocsin.engine.rules.Registry;
import io.tocsin.engine.ticket.Attributes;
import io.tocsin.engine.view.TrendView;
import io.tocsin.engine.view.TrendView.Decided;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trends of groups of tickets, told apart by some attributes; see {@link TrendGroup}. The core's thread. */
final class TrendGrouping extends GroupedCoverage<TrendGroup> {
    private final Attributes attributes;
    /** The newest period in which anything happened, or that somebody asked for. */
    private long newest;

    private long swept;

    /**
     * Trends of nothing yet.
     *
     * @param finishedEnd where the row of the next finished ticket will begin
     */
    TrendGrouping(List<String> by, Attributes attributes, long finishedEnd, long nowNs) {
        super(by, attributes, finishedEnd);
        this.attributes = attributes;
        newest = TrendGroup.periodOf(nowNs);
        swept = newest;
    }

    @Override
    TrendGroup newGroup(int[] values) {
        return new TrendGroup(newest);
    }

    @Override
    void addSome(int sign, TrendGroup group, Facts facts, int from, int to) {
        for (int i = from; i < to; i++) {
            long atNs = facts.atNs(i);
            if (atNs != Fact.NOW) {
                newest = Math.max(newest, TrendGroup.periodOf(atNs));
            }
            group.add(sign, facts.what(i), atNs);
        }
    }

    /** The newest period in which anything happened, or that somebody asked for. */
    long newest() {
        return newest;
    }

    /**
     * The trend of the tickets whose attributes have some values, those of {@link #by} in its order. Allocates.
     *
     * @param most how many periods, with the one that is going on
     */
    TrendView view(List<String> wanted, int most, long asOfNs, Registry registry) {
        long last = TrendGroup.periodOf(asOfNs);
        sweep(last);
        newest = Math.max(newest, last);
        List<TrendGroup> shown = new ArrayList<>();
        forEachGroup((values, group) -> {
            if (isOf(values, wanted)) {
                group.moveTo(last);
                shown.add(group);
            }
        });
        long first = firstOf(shown, last - most + 1, last, registry.clockCount());
        Map<String, Decided> clocks = new LinkedHashMap<>();
        for (int clock = 0; clock < registry.clockCount(); clock++) {
            if (registry.wasFollowed(clock)) {
                clocks.put(registry.clockText(clock), decided(shown, clock, first, last));
            }
        }
        return new TrendView(
                asOfNs, TrendGroup.PERIOD_NS, first * TrendGroup.PERIOD_NS, open(shown, first, last), clocks);
    }

    /** Once a period, lets go of groups of which nothing is left. */
    private void sweep(long last) {
        if (last > swept) {
            swept = last;
            removeIf(group -> {
                group.moveTo(last);
                return group.isEmpty();
            });
        }
    }

    private boolean isOf(int[] values, List<String> wanted) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == Attributes.ABSENT || !attributes.text(values[i]).equals(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The earliest period in which anything was, or the last one. */
    private static long firstOf(List<TrendGroup> shown, long earliest, long last, int clockCount) {
        long openBefore = 0;
        for (TrendGroup group : shown) {
            openBefore += group.open();
            for (long period = earliest; period <= last; period++) {
                openBefore -= group.openings(period);
            }
        }
        for (long period = earliest; openBefore == 0 && period < last; period++) {
            for (TrendGroup group : shown) {
                if (group.hasAny(period, clockCount)) {
                    return period;
                }
            }
        }
        return openBefore == 0 ? last : earliest;
    }

    private static List<Long> open(List<TrendGroup> shown, long first, long last) {
        long open = 0;
        for (TrendGroup group : shown) {
            open += group.open();
        }
        Long[] atEnds = new Long[(int) (last - first) + 1];
        for (long period = last; period >= first; period--) {
            atEnds[(int) (period - first)] = open;
            for (TrendGroup group : shown) {
                open -= group.openings(period);
            }
        }
        return List.of(atEnds);
    }

    private static Decided decided(List<TrendGroup> shown, int clock, long first, long last) {
        List<Long> met = new ArrayList<>();
        List<Long> breached = new ArrayList<>();
        for (long period = first; period <= last; period++) {
            long metThen = 0;
            long breachedThen = 0;
            for (TrendGroup group : shown) {
                metThen += group.met(clock, period);
                breachedThen += group.breached(clock, period);
            }
            met.add(metThen);
            breached.add(breachedThen);
        }
        return new Decided(met, breached);
    }
}
