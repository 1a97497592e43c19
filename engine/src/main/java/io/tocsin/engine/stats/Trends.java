package io.tocsin.engine.stats;

import io.tocsin.engine.view.TrendView;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The trends that are kept current because somebody asks for them. The first question by some attributes goes over all
 * tickets; from then on an answer costs as much as it has groups. What nobody asks for is let go of. The core's thread.
 */
final class Trends {
    /** So many are kept; the one not asked for the longest makes way. */
    private static final int MOST = 12;
    /** What nobody has asked for in so many periods is not kept. */
    private static final int REST_PERIODS = 2;

    private final Figures figures;
    /** The last asked for stands last. */
    private final List<Kept> kept = new ArrayList<>();

    private static final class Kept {
        private final TrendGrouping grouping;
        private long askedPeriod;

        Kept(TrendGrouping grouping) {
            this.grouping = grouping;
        }
    }

    Trends(Figures figures) {
        this.figures = figures;
    }

    /**
     * Works towards the trend of tickets whose attributes have some values.
     *
     * @param periods how many periods, with the one that is going on
     * @param most how many tickets may be looked at in this call
     * @return the trend, or null when there is more to look at
     */
    @Nullable
    TrendView slice(SortedMap<String, String> where, int periods, int most, long asOfNs) {
        TrendGrouping grouping = grouping(List.copyOf(where.keySet()), asOfNs);
        return figures.cover(grouping, most)
                ? grouping.view(List.copyOf(where.values()), periods, asOfNs, figures.registry())
                : null;
    }

    private TrendGrouping grouping(List<String> by, long asOfNs) {
        Kept found = null;
        for (Kept each : kept) {
            found = each.grouping.by().equals(by) ? each : found;
        }
        if (found == null) {
            if (kept.size() == MOST) {
                figures.drop(kept.remove(0).grouping);
            }
            found = new Kept(figures.beginTrend(by, asOfNs));
        } else {
            kept.remove(found);
        }
        kept.add(found);
        found.askedPeriod = TrendGroup.periodOf(asOfNs);
        return found.grouping;
    }

    /** Lets go of what nobody asks for; called with every change, it hardly costs anything. */
    void rest() {
        for (int i = kept.size() - 1; i >= 0; i--) {
            Kept each = kept.get(i);
            if (each.grouping.newest() - each.askedPeriod > REST_PERIODS) {
                kept.remove(i);
                figures.drop(each.grouping);
            }
        }
    }

    /** Everything is to be made anew. */
    void clear() {
        kept.clear();
    }
}
