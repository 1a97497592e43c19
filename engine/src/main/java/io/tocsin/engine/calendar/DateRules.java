package io.tocsin.engine.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

/**
 * Which shifts open on a date, and when they open and close on the instant line. Immutable; any thread; used while
 * compiling only, so it may allocate.
 */
final class DateRules {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final List<Shift> WHOLE_DAY = List.of(new Shift(0, Shift.DAY_SECONDS));

    private final CalendarSpec spec;
    private final ZoneTable zone;

    DateRules(CalendarSpec spec, ZoneTable zone) {
        this.spec = spec;
        this.zone = zone;
    }

    /** The shifts written for a date: an exception beats a holiday, a holiday beats the weekly hours. */
    List<Shift> shiftsOn(LocalDate date) {
        List<Shift> exception = spec.exceptions().get(date);
        if (exception != null) {
            return exception;
        }
        List<Shift> weekly = spec.hours().getOrDefault(date.getDayOfWeek(), List.of());
        return weekly.isEmpty() || isHoliday(date) ? List.of() : weekly;
    }

    /** When a shift of a date opens. */
    long openNs(LocalDate date, Shift shift) {
        return zone.instantNs(localNs(date, shift.openSecond()));
    }

    /**
     * When a shift of a date closes; not after its opening if a clock change leaves nothing of it. The end of a day is the
     * next date's start, so whole days join even where midnight is skipped.
     */
    long closeNs(LocalDate date, Shift shift) {
        return zone.instantNs(localNs(date, shift.closeSecond()));
    }

    /** Whether any shift opens on a date from the first to before the end. */
    boolean everOpens(LocalDate first, LocalDate end) {
        for (LocalDate date = first; date.isBefore(end); date = date.plusDays(1)) {
            for (Shift shift : shiftsOn(date)) {
                if (closeNs(date, shift) > openNs(date, shift)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether there is no closed moment at all, in the plain way in which that is written. */
    boolean alwaysOpen() {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (!WHOLE_DAY.equals(spec.hours().get(day))) {
                return false;
            }
        }
        return spec.holidays().isEmpty() && spec.exceptions().values().stream().allMatch(WHOLE_DAY::equals);
    }

    private boolean isHoliday(LocalDate date) {
        for (Holiday holiday : spec.holidays()) {
            if (holiday.covers(date)) {
                return true;
            }
        }
        return false;
    }

    private static long localNs(LocalDate date, int second) {
        return date.toEpochDay() * ShiftTable.DAY_NS + second * SECOND_NS;
    }
}
