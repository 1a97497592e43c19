package io.tocsin.app.timeline;

import io.tocsin.engine.timeline.ClockTimeline;
import io.tocsin.engine.timeline.Segment;
import io.tocsin.engine.view.ClockView;
import java.util.List;

/** A clock's segments as a line of characters, one for each sixtieth of its life. Pure functions for any thread. */
final class TimelineBar {
    /** What the characters mean. */
    static final String LEGEND =
            "= counts   ! counts, and is late   . paused   - outside hours   x stopped until reopened";

    private static final int WIDTH = 60;

    private TimelineBar() {}

    /** The bar in brackets; empty for a clock without a life. */
    static String of(ClockTimeline clock) {
        List<Segment> segments = clock.segments();
        if (segments.isEmpty()) {
            return "[]";
        }
        long startNs = segments.get(0).fromNs();
        long lengthNs = segments.get(segments.size() - 1).toNs() - startNs;
        StringBuilder bar = new StringBuilder("[");
        int i = 0;
        for (int column = 0; column < WIDTH; column++) {
            long atNs = startNs + (long) (lengthNs * ((column + 0.5) / WIDTH));
            while (i < segments.size() - 1 && segments.get(i).toNs() <= atNs) {
                i++;
            }
            bar.append(character(segments.get(i), atNs, clock.clock()));
        }
        return bar.append(']').toString();
    }

    private static char character(Segment segment, long atNs, ClockView clock) {
        boolean late = clock.dueNs() != ClockView.NONE && atNs >= clock.dueNs();
        return switch (segment.kind()) {
            case RUNNING -> late ? '!' : '=';
            case PAUSED -> '.';
            case OUTSIDE_HOURS -> '-';
            case STOPPED -> 'x';
        };
    }
}
