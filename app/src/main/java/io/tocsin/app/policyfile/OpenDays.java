package io.tocsin.app.policyfile;

import io.tocsin.engine.calendar.Holiday;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a calendar's hours, holidays and exceptions come to on each day. */
final class OpenDays {
    private static final int FIRST_DAY =
            (int) LocalDate.of(HolidayReader.FIRST_YEAR, 1, 1).toEpochDay();
    private static final int LAST_DAY =
            (int) LocalDate.of(HolidayReader.LAST_YEAR, 12, 31).toEpochDay();

    private final Map<DayOfWeek, List<Opening>> week;
    private final Map<LocalDate, List<Opening>> exceptions;
    /** Days since the epoch; a set of bits, because a file may hold many ranges and ask for many days. */
    private final BitSet singleHolidays = new BitSet();

    private final Set<MonthDay> yearlyHolidays = new HashSet<>();

    OpenDays(Map<DayOfWeek, List<Opening>> week, List<Holiday> holidays, Map<LocalDate, List<Opening>> exceptions) {
        this.week = week;
        this.exceptions = exceptions;
        for (Holiday holiday : holidays) {
            if (holiday instanceof Holiday.Range range) {
                singleHolidays.set(
                        (int) range.first().toEpochDay(), (int) range.last().toEpochDay() + 1);
            } else {
                yearlyHolidays.add(((Holiday.Yearly) holiday).day());
            }
        }
    }

    /** Whether there is a day with hours at all. */
    boolean everOpens() {
        for (int day = FIRST_DAY; day <= LAST_DAY; day++) {
            if (!openings(LocalDate.ofEpochDay(day)).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** What opens on a date. */
    List<Opening> openings(LocalDate date) {
        List<Opening> exception = exceptions.get(date);
        if (exception != null) {
            return exception;
        }
        return isHoliday(date) ? List.of() : week.getOrDefault(date.getDayOfWeek(), List.of());
    }

    private boolean isHoliday(LocalDate date) {
        int day = (int) date.toEpochDay();
        return (day >= 0 && singleHolidays.get(day)) || yearlyHolidays.contains(MonthDay.from(date));
    }

    /** Reports hours that run past midnight into hours of the next day. */
    void reportOverlapsOverMidnight() {
        Set<Opening> reported = new HashSet<>();
        for (DayOfWeek day : week.keySet()) {
            List<Opening> next = week.getOrDefault(day.plus(1), List.of());
            for (Opening tail : week.get(day)) {
                next.stream()
                        .filter(opening -> tail.runsInto(opening) && reported.add(opening))
                        .forEach(opening -> report(opening, tail, HoursReader.nameOf(day)));
            }
        }
        exceptions.forEach(this::reportAround);
    }

    /** The exception is at fault in both directions, for the weekly hours are right on other days. */
    private void reportAround(LocalDate date, List<Opening> openings) {
        LocalDate dayBefore = date.minusDays(1);
        for (Opening own : openings) {
            openings(dayBefore).stream()
                    .filter(tail -> tail.runsInto(own))
                    .forEach(tail -> report(own, tail, dayBefore.toString()));
        }
        LocalDate dayAfter = date.plusDays(1);
        if (exceptions.containsKey(dayAfter)) {
            return;
        }
        for (Opening own : openings) {
            openings(dayAfter).stream()
                    .filter(own::runsInto)
                    .forEach(next -> own.source()
                            .error(own.described() + " runs past midnight into " + next.described() + " of "
                                    + dayAfter));
        }
    }

    private static void report(Opening opening, Opening tail, String dayBefore) {
        opening.source()
                .error(opening.described() + " overlaps " + tail.described() + " of the day before (" + dayBefore
                        + "), which runs past midnight");
    }
}
