package io.tocsin.engine.stats;

import io.tocsin.engine.view.Window;
import java.util.function.Consumer;

/** A rolling window that is always kept current, by groups, for objectives. The core's thread. */
public final class PinnedWindow {
    private final Grouping grouping;
    private final RecentFacts recent;
    private final Window window;

    PinnedWindow(Grouping grouping, RecentFacts recent, Window window) {
        this.grouping = grouping;
        this.recent = recent;
        this.window = window;
    }

    /** Moves the window to where it is at an instant, or a part of the way; true when it is there. */
    public boolean moveTo(long asOfNs, int most) {
        return grouping.expire(recent, window.fromNs(asOfNs), most);
    }

    /** Whether nothing has happened in it. */
    public boolean isEmpty() {
        return grouping.isEmpty();
    }

    /** Shows all groups, in no order. */
    public void forEach(Consumer<Group> visitor) {
        grouping.forEach(visitor);
    }
}
