package io.tocsin.engine.view;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for open clocks by due instant, soonest first.
 *
 * @param state only clocks in this state, or null for running and paused ones
 * @param breached only clocks that have or have not breached, or null for both
 * @param clock only clocks of this name, or null
 * @param withinNs only clocks due at most this long after now, or {@link ClockView#NONE}
 * @param limit at most so many, 1 to 10,000
 * @param where only clocks of tickets whose attributes have these values, by name; a value is the text of a string,
 *     number or boolean
 */
public record DueQuery(
        @Nullable String state,
        @Nullable Boolean breached,
        @Nullable String clock,
        long withinNs,
        int limit,
        Map<String, String> where) {
    /** Copies the map. */
    public DueQuery {
        where = Map.copyOf(where);
    }

    /** As above, over all tickets. */
    public DueQuery(
            @Nullable String state, @Nullable Boolean breached, @Nullable String clock, long withinNs, int limit) {
        this(state, breached, clock, withinNs, limit, Map.of());
    }
}
