package io.tocsin.engine.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes calendars in tests the way a policy file does, and converts local times. */
final class SpecBuilder {
    private final ZoneId zone;
    private final Map<DayOfWeek, List<Shift>> hours = new EnumMap<>(DayOfWeek.class);
    private final List<Holiday> holidays = new ArrayList<>();
    private final Map<LocalDate, List<Shift>> exceptions = new HashMap<>();

    private SpecBuilder(ZoneId zone) {
        this.zone = zone;
    }

    static SpecBuilder in(String zone) {
        return new SpecBuilder(ZoneId.of(zone));
    }

    /** Hours of the days from the first to the last, such as {@code ("mon", "fri", "09:00-18:00")}. */
    SpecBuilder hours(String firstDay, String lastDay, String... shifts) {
        for (int day = dayNumber(firstDay); day <= dayNumber(lastDay); day++) {
            hours.put(DayOfWeek.of(day), shifts(shifts));
        }
        return this;
    }

    /** A date, {@code first..last}, or {@code MM-dd}. */
    SpecBuilder holiday(String text) {
        String[] ends = text.split("\\.\\.");
        if (text.length() == 5) {
            holidays.add(new Holiday.Yearly(MonthDay.parse("--" + text)));
        } else {
            holidays.add(new Holiday.Range(LocalDate.parse(ends[0]), LocalDate.parse(ends[ends.length - 1])));
        }
        return this;
    }

    SpecBuilder exception(String date, String... shifts) {
        exceptions.put(LocalDate.parse(date), shifts(shifts));
        return this;
    }

    CalendarSpec spec() {
        return new CalendarSpec("office", zone, hours, holidays, exceptions);
    }

    BusinessCalendar calendar() {
        return new BusinessCalendar(spec());
    }

    /** The instant of a local time such as {@code 2026-10-01T09:00}, or of one with an offset. */
    long at(String text) {
        boolean hasOffset = text.endsWith("Z") || text.substring(11).matches(".*[+-].*");
        return hasOffset
                ? ns(ZonedDateTime.parse(text).toInstant())
                : ns(ZonedDateTime.of(LocalDateTime.parse(text), zone).toInstant());
    }

    /** The local time of an instant, for messages a person can read. */
    String local(long instantNs) {
        return instantNs == BusinessCalendar.NEVER
                ? "never"
                : instant(instantNs).atZone(zone).toString();
    }

    static long ns(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    static Instant instant(long ns) {
        return Instant.ofEpochSecond(Math.floorDiv(ns, 1_000_000_000L), Math.floorMod(ns, 1_000_000_000L));
    }

    private static List<Shift> shifts(String... texts) {
        List<Shift> shifts = new ArrayList<>();
        for (String text : texts) {
            int open = second(text.substring(0, 5));
            int close = second(text.substring(6));
            shifts.add(new Shift(open, close <= open ? close + Shift.DAY_SECONDS : close));
        }
        return shifts;
    }

    private static int second(String text) {
        return Integer.parseInt(text.substring(0, 2)) * 3600 + Integer.parseInt(text.substring(3)) * 60;
    }

    private static int dayNumber(String day) {
        return List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun").indexOf(day) + 1;
    }
}
