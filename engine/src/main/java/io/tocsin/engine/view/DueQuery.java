package io.tocsin.engine.view;

import org.jspecify.annotations.Nullable;

/**
 * Asks for open clocks by due instant, soonest first.
 *
 * @param state only clocks in this state, or null for running and paused ones
 * @param breached only clocks that have or have not breached, or null for both
 * @param clock only clocks of this name, or null
 * @param withinNs only clocks due at most this long after now, or {@link ClockView#NONE}
 * @param limit at most so many, 1 to 10,000
 */
public record DueQuery(
        @Nullable String state,
        @Nullable Boolean breached,
        @Nullable String clock,
        long withinNs,
        int limit) {}
