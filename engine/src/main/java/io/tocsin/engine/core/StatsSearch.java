package io.tocsin.engine.core;

import io.tocsin.engine.stats.FigureScan;
import io.tocsin.engine.stats.Figures;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works towards the figures of a window, a slice at a time: from groupings that are kept current, or, when too much has
 * happened in the last hour to keep it, from all tickets. On the engine's thread; allocates what it finds.
 */
public final class StatsSearch {
    private final EngineViews views;
    private final Figures figures;
    private final List<String> by;
    private final Window window;

    @Nullable
    private FigureScan scan;

    /** A search for figures by attributes; no names: one group of everything. */
    public StatsSearch(EngineViews views, List<String> by, Window window) {
        this.views = views;
        this.figures = views.state().figures;
        this.by = by;
        this.window = window;
    }

    /** Looks at some more; the figures, or null when there is more to look at. */
    @Nullable
    public StatsView slice() {
        if (scan == null && window.isRolling() && !figures.canRoll()) {
            scan = figures.scan(by, window, views.nowNs());
        }
        return scan == null
                ? figures.slice(by, window, EngineViews.SLICE, views.nowNs())
                : scan.slice(EngineViews.SLICE, views.nowNs());
    }
}
