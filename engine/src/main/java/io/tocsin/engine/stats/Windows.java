package io.tocsin.engine.stats;

import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The groupings that are kept current because somebody asks for them: by attributes and window. One is made when it is
 * first asked for; from then on an answer costs as much as it has groups, and for a rolling window as much as has left it
 * since the last answer. What nobody asks for makes way. The core's thread.
 */
final class Windows {
    /** So many are kept; the one not asked for the longest makes way. */
    private static final int MOST = 24;
    /** Rolling windows that nobody has asked for so long are not kept. */
    private static final long REST_SECONDS = 300;

    private final Figures figures;
    /** The last asked for stands last. */
    private final List<Kept> kept = new ArrayList<>();

    @Nullable
    private RecentFacts recent;

    /** Whether objectives need the recent facts, so that they are always kept. */
    private boolean pinned;
    /** When a rolling window was last asked for. */
    private long askedSecond;

    private record Kept(List<String> by, Window window, Grouping grouping) {}

    Windows(Figures figures) {
        this.figures = figures;
    }

    /** Whether rolling windows can be kept: there are not too many recent facts. */
    boolean canRoll() {
        return recent == null || pinned || !recent.isFull();
    }

    /** A rolling window that is always kept, until the settings change; it covers everything when this returns. */
    PinnedWindow pin(List<String> by, Window window, long asOfNs) {
        pinned = true;
        coverRecent(Integer.MAX_VALUE, asOfNs);
        Grouping added = figures.begin(by, figures.fromNs(window, asOfNs), Long.MAX_VALUE);
        figures.cover(added, Integer.MAX_VALUE);
        return new PinnedWindow(added, Objects.requireNonNull(recent), window);
    }

    /**
     * Works towards the figures of a window.
     *
     * @param most how many tickets and facts may be looked at in this call
     * @return the figures, or null when there is more to look at
     */
    @Nullable
    StatsView slice(List<String> by, Window window, int most, long asOfNs) {
        if (window.isRolling() && !coverRecent(most, asOfNs)) {
            return null;
        }
        long fromNs = figures.fromNs(window, asOfNs);
        Grouping grouping = grouping(by, window, fromNs);
        if (!figures.cover(grouping, most) || !moveOn(grouping, window, fromNs, most)) {
            return null;
        }
        return figures.view(grouping, window.text(), grouping.shownFromNs(), asOfNs, asOfNs);
    }

    /** Lets go of rolling windows that nobody asks for; called with every change, it hardly costs anything. */
    void rest() {
        if (recent != null && (recent.newestSecond() - askedSecond > REST_SECONDS || !canRoll())) {
            dropRolling();
            askedSecond = Long.MAX_VALUE;
        }
    }

    /** Everything is to be made anew. */
    void clear() {
        kept.clear();
        recent = null;
        pinned = false;
    }

    private boolean coverRecent(int most, long asOfNs) {
        askedSecond = Math.floorDiv(asOfNs, RecentFacts.SECOND_NS);
        if (recent == null) {
            recent = figures.beginRecent(asOfNs);
        }
        return figures.cover(recent, most);
    }

    private boolean moveOn(Grouping grouping, Window window, long fromNs, int most) {
        return !window.isRolling() || recent != null && grouping.expire(recent, fromNs, most);
    }

    private Grouping grouping(List<String> by, Window window, long fromNs) {
        for (int i = 0; i < kept.size(); i++) {
            Kept each = kept.get(i);
            if (each.window == window && each.by.equals(by)) {
                kept.remove(i);
                if (hasItsPast(each, fromNs)) {
                    kept.add(each);
                    return each.grouping;
                }
                figures.drop(each.grouping);
                break;
            }
        }
        if (kept.size() == MOST) {
            figures.drop(kept.remove(0).grouping);
        }
        Grouping added = figures.begin(by, fromNs, Long.MAX_VALUE);
        kept.add(new Kept(List.copyOf(by), window, added));
        return added;
    }

    /** A rolling window can move on while what it leaves behind is kept; another has to begin where it does. */
    private boolean hasItsPast(Kept each, long fromNs) {
        if (!each.window.isRolling()) {
            return each.grouping.fromNs() == fromNs;
        }
        long beginsNs = each.grouping.fromNs();
        return recent != null
                && beginsNs <= fromNs
                && beginsNs / RecentFacts.SECOND_NS > recent.newestSecond() - RecentFacts.SECONDS;
    }

    private void dropRolling() {
        for (Kept each : List.copyOf(kept)) {
            if (each.window.isRolling()) {
                kept.remove(each);
                figures.drop(each.grouping);
            }
        }
        if (recent != null && !pinned) {
            figures.drop(recent);
            recent = null;
        }
    }
}
