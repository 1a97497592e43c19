package io.tocsin.engine.policy;

import io.tocsin.engine.calendar.CalendarSpec;
import java.time.ZoneId;
import java.util.List;

/**
 * A whole policy file.
 *
 * @param timezone the zone of "today", of reports and of the built-in calendar
 * @param forgetAfterNs how long after its last event a finished ticket leaves memory
 * @param calendars all calendars by unique name, the built-in {@code 24x7} among them
 * @param clocks all clocks, in the clocks' order: the built-in ones as in the table of the contract, then the file's
 * @param policies the first that matches wins
 * @param figures what the figures are computed with
 * @param objectives what figures must come to, in the file's order
 */
public record PolicySet(
        ZoneId timezone,
        long forgetAfterNs,
        List<CalendarSpec> calendars,
        List<ClockDefinition> clocks,
        List<Policy> policies,
        FigureSettings figures,
        List<Objective> objectives) {
    /** The default of {@code forget_after}: 30 days. */
    public static final long DEFAULT_FORGET_AFTER_NS = 30L * 24 * 3_600 * 1_000_000_000L;

    /** A file without {@code figures} and {@code objectives}. */
    public PolicySet(
            ZoneId timezone,
            long forgetAfterNs,
            List<CalendarSpec> calendars,
            List<ClockDefinition> clocks,
            List<Policy> policies) {
        this(timezone, forgetAfterNs, calendars, clocks, policies, FigureSettings.DEFAULT, List.of());
    }

    /** Copies the collections. */
    public PolicySet {
        calendars = List.copyOf(calendars);
        clocks = List.copyOf(clocks);
        policies = List.copyOf(policies);
        objectives = List.copyOf(objectives);
    }
}
