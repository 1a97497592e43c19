package io.tocsin.engine.timeline;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a cycle's life in which it counted, or did not, for one reason.
 *
 * @param kind what it did
 * @param fromNs its beginning: the end of the segment before it
 * @param toNs its end, after its beginning
 * @param cause the event it began with, or null if opening hours began or ended, or it is not known any more
 */
public record Segment(
        Kind kind, long fromNs, long toNs, @Nullable Cause cause) {
    /** What a clock does. */
    public enum Kind {
        /** The calendar's time counts. */
        RUNNING("running"),
        /** The ticket waits for someone outside. */
        PAUSED("paused"),
        /** It would count, but the calendar is closed. */
        OUTSIDE_HOURS("outside_hours"),
        /** Between a stop and the reopening that let it run on. */
        STOPPED("stopped");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The name on the wire. */
        public String text() {
            return text;
        }
    }

    /** How long it is. */
    public long lengthNs() {
        return toNs - fromNs;
    }

    /** How much of it counts: all or nothing. */
    public long countedNs() {
        return kind == Kind.RUNNING ? lengthNs() : 0;
    }
}
