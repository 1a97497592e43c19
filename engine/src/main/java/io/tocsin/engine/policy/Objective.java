package io.tocsin.engine.policy;

import io.tocsin.engine.view.Window;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A figure that must not fall below a bound, or not rise above one, in each group of tickets.
 *
 * @param name unique in its file
 * @param metric the figure
 * @param clock the clock it is of, or null for a figure of no clock
 * @param by the attributes that tell groups apart; none: all tickets are one group
 * @param window a rolling window
 * @param below whether it must not fall below the bound; else it must not rise above it
 * @param bound the bound: a share from 0 to 1, a score, or seconds
 * @param boundText the bound as the file writes it
 * @param clear the value at which all is well again: at it or beyond, on the good side
 * @param clearText the same as the file writes it
 * @param minCount a figure made of fewer cases says nothing
 * @param to who is told
 */
public record Objective(
        String name,
        Metric metric,
        @Nullable String clock,
        List<String> by,
        Window window,
        boolean below,
        double bound,
        String boundText,
        double clear,
        String clearText,
        int minCount,
        List<String> to) {
    /** Copies the lists. */
    public Objective {
        by = List.copyOf(by);
        to = List.copyOf(to);
    }

    /** Whether a value is beyond the bound. */
    public boolean isCrossedBy(double value) {
        return below ? value < bound : value > bound;
    }

    /** Whether a value is good enough to end what a crossing began. */
    public boolean isClearedBy(double value) {
        return below ? value >= clear : value <= clear;
    }

    /** How a bound is written. */
    public enum Unit {
        /** As {@code 90%}. */
        SHARE,
        /** As a number from -100 to 100. */
        SCORE,
        /** As a duration. */
        TIME
    }

    /** The figures that objectives may be about; each name is as in the figures themselves. */
    public enum Metric {
        ATTAINMENT("attainment", Unit.SHARE, true),
        AVERAGE("average", Unit.TIME, true),
        ON_TIME_RESPONSE_RATE("on_time_response_rate", Unit.SHARE, false),
        FIRST_CONTACT_RESOLUTION("first_contact_resolution", Unit.SHARE, false),
        REPEAT_CONTACT_RATE("repeat_contact_rate", Unit.SHARE, false),
        COMPLAINT_RATE("complaint_rate", Unit.SHARE, false),
        CSAT("csat", Unit.SHARE, false),
        NPS("nps", Unit.SCORE, false),
        SERVICE_LEVEL("service_level", Unit.SHARE, false);

        private static final String SHORT_FCR = "fcr";

        private final String text;
        private final Unit unit;
        private final boolean ofClock;

        Metric(String text, Unit unit, boolean ofClock) {
            this.text = text;
            this.unit = unit;
            this.ofClock = ofClock;
        }

        /** The name in the policy file and on the wire. */
        public String text() {
            return text;
        }

        /** How its bounds are written. */
        public Unit unit() {
            return unit;
        }

        /** Whether it is of one clock. */
        public boolean isOfClock() {
            return ofClock;
        }

        /** The figure of a name, if there is one; {@code fcr} is short for first-contact resolution. */
        public static Optional<Metric> of(String text) {
            String full = text.equals(SHORT_FCR) ? FIRST_CONTACT_RESOLUTION.text : text;
            return Stream.of(values()).filter(each -> each.text.equals(full)).findFirst();
        }

        /** All names. */
        public static List<String> texts() {
            return Stream.of(values()).map(Metric::text).toList();
        }
    }
}
