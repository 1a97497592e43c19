package io.tocsin.engine.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A calendar as a policy file writes it.
 *
 * @param name unique in its policy file
 * @param zone all local times and dates are in this zone
 * @param hours the weekly hours; a day without an entry is closed
 * @param holidays take out what opens on them
 * @param exceptions replace a date's hours and beat holidays; an empty list closes the date
 */
public record CalendarSpec(
        String name,
        ZoneId zone,
        Map<DayOfWeek, List<Shift>> hours,
        List<Holiday> holidays,
        Map<LocalDate, List<Shift>> exceptions) {
    /** The name of the calendar that is always open. */
    public static final String ALWAYS = "24x7";

    /** Copies the collections. */
    public CalendarSpec {
        hours = Map.copyOf(hours);
        holidays = List.copyOf(holidays);
        exceptions = Map.copyOf(exceptions);
    }

    /** The built-in calendar that never closes; its business days are the zone's days. */
    public static CalendarSpec always(ZoneId zone) {
        List<Shift> day = List.of(new Shift(0, Shift.DAY_SECONDS));
        Map<DayOfWeek, List<Shift>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek weekday : DayOfWeek.values()) {
            week.put(weekday, day);
        }
        return new CalendarSpec(ALWAYS, zone, week, List.of(), Map.of());
    }
}
