package io.tocsin.engine.stats;

import io.tocsin.engine.view.StatsView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures of a window of two instants: goes once over all tickets, those that left memory too, a slice at a time, while
 * tickets it has passed are kept current, so that the answer is exact for the moment in which it is given. Every fact
 * counts by its own instant; what is open, running, paused or waiting is so when the answer is given. The core's thread.
 */
public final class FigureScan {
    private final String window;

    private final Figures figures;
    private final List<String> by;
    private final long fromNs;
    private final long untilNs;
    private Grouping grouping;

    FigureScan(Figures figures, List<String> by, String window, long fromNs, long untilNs) {
        this.window = window;
        this.figures = figures;
        this.by = by;
        this.fromNs = fromNs;
        this.untilNs = untilNs;
        grouping = figures.begin(by, fromNs, untilNs);
    }

    /**
     * Looks at some more tickets.
     *
     * @param most how many
     * @return the figures, or null when there is more to look at; after figures nothing may be asked any more
     */
    @Nullable
    public StatsView slice(int most, long asOfNs) {
        if (!figures.keeps(grouping)) {
            grouping = figures.begin(by, fromNs, untilNs);
        }
        if (!figures.cover(grouping, most)) {
            return null;
        }
        long toNs = Math.min(untilNs - 1, asOfNs);
        StatsView view = figures.view(grouping, window, grouping.shownFromNs(), toNs, asOfNs);
        figures.drop(grouping);
        return view;
    }
}
