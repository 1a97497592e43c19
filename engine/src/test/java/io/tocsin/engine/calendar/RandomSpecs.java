package io.tocsin.engine.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Calendars and instants from a seed: every kind of rule, in zones that change their clocks in every way. */
final class RandomSpecs {
    private static final List<String> ZONES = List.of(
            "UTC",
            "Asia/Shanghai",
            "Asia/Kolkata",
            "Asia/Kathmandu",
            "+05:45",
            "Europe/Berlin",
            "Europe/Lisbon",
            "America/New_York",
            "America/St_Johns",
            "America/Sao_Paulo",
            "America/Asuncion",
            "America/Havana",
            "America/Godthab",
            "America/Caracas",
            "Asia/Tehran",
            "Asia/Gaza",
            "Asia/Beirut",
            "Asia/Amman",
            "Asia/Pyongyang",
            "Africa/Cairo",
            "Africa/Casablanca",
            "Australia/Lord_Howe",
            "Antarctica/Troll",
            "Pacific/Apia",
            "Pacific/Kwajalein",
            "Pacific/Enderbury",
            "Pacific/Chatham");
    private static final LocalDate FIRST = LocalDate.of(1975, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2240, 1, 1);
    private static final LocalDate LAST_OF_MOST_CHANGES = LocalDate.of(2030, 1, 1);

    final CalendarSpec spec;
    /** The rules are dense around this date. */
    final LocalDate anchor;

    private final Random random;

    RandomSpecs(long seed) {
        random = new Random(seed);
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        anchor = anchor(zone);
        spec = new CalendarSpec("seed " + seed, zone, hours(), holidays(), exceptions());
    }

    /** A date between the anchor and some days to either side. */
    LocalDate dateNearby(int days) {
        return anchor.plusDays(random.nextInt(2 * days + 1) - days);
    }

    private LocalDate anchor(ZoneId zone) {
        boolean nearChange = random.nextInt(3) > 0;
        LocalDate last = nearChange ? LAST_OF_MOST_CHANGES : LAST;
        long day = FIRST.toEpochDay() + random.nextInt((int) (last.toEpochDay() - FIRST.toEpochDay()));
        Instant noon = Instant.ofEpochSecond(day * 86_400 + 43_200);
        ZoneOffsetTransition change = zone.getRules().nextTransition(noon);
        Instant chosen = nearChange && change != null ? change.getInstant() : noon;
        return chosen.atZone(zone).toLocalDate();
    }

    private Map<DayOfWeek, List<Shift>> hours() {
        Map<DayOfWeek, List<Shift>> hours = new EnumMap<>(DayOfWeek.class);
        boolean mostlyWhole = random.nextInt(5) == 0;
        for (DayOfWeek day : DayOfWeek.values()) {
            if (mostlyWhole && random.nextInt(8) > 0) {
                hours.put(day, List.of(new Shift(0, Shift.DAY_SECONDS)));
            } else if (random.nextInt(4) > 0) {
                hours.put(day, shifts());
            }
        }
        hours.putIfAbsent(anchor.getDayOfWeek(), shifts());
        return hours;
    }

    /** One to three shifts apart from each other; the last may run past midnight. */
    private List<Shift> shifts() {
        List<Shift> shifts = new ArrayList<>();
        int minute = random.nextInt(3) == 0 ? random.nextInt(2) * 60 : random.nextInt(1300);
        for (int left = 1 + random.nextInt(3); left > 0 && minute < 1440; left--) {
            int longest = random.nextBoolean() ? 90 : 1440;
            int close = minute + 1 + random.nextInt(longest);
            shifts.add(new Shift(minute * 60, close * 60));
            minute = close + random.nextInt(3) * random.nextInt(120);
        }
        return shifts;
    }

    private List<Holiday> holidays() {
        List<Holiday> holidays = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            LocalDate first = dateNearby(12);
            LocalDate day = random.nextInt(6) == 0 ? LocalDate.of(2024, 2, 29) : first;
            holidays.add(
                    random.nextInt(3) == 0
                            ? new Holiday.Yearly(MonthDay.from(day))
                            : new Holiday.Range(first, first.plusDays(random.nextInt(4))));
        }
        return holidays;
    }

    private Map<LocalDate, List<Shift>> exceptions() {
        Map<LocalDate, List<Shift>> exceptions = new HashMap<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            exceptions.put(dateNearby(10), random.nextInt(3) == 0 ? List.of() : shifts());
        }
        return exceptions;
    }

    Random random() {
        return random;
    }
}
