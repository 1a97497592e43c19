package io.tocsin.app.policyfile;

import io.tocsin.engine.calendar.Shift;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;

/**
 * How much a calendar opens from a day on, until the year {@link HolidayReader#LAST_YEAR} ends. In doubt it is too much: the
 * first day and the shifts that reach into it count in full, and clock changes are left aside. Looks at each day once at
 * most, whatever is asked. One thread.
 */
final class OpeningsAhead {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long LAST_DAY =
            LocalDate.of(HolidayReader.LAST_YEAR, 12, 31).toEpochDay();

    private final Function<LocalDate, List<Shift>> shiftsOn;
    private final long firstDay;
    private long nextDay;
    private long openNs;
    private int openDays;

    /**
     * The openings of a calendar.
     *
     * @param shiftsOn what opens on a date
     * @param first the day on which clocks may start
     */
    OpeningsAhead(Function<LocalDate, List<Shift>> shiftsOn, LocalDate first) {
        this.shiftsOn = shiftsOn;
        firstDay = first.toEpochDay();
        // A shift of the day before may run past midnight.
        nextDay = firstDay - 1;
    }

    /** Whether it is open for so long in all. */
    boolean lasts(long durationNs) {
        while (openNs < durationNs && nextDay <= LAST_DAY) {
            lookAtNextDay();
        }
        return openNs >= durationNs;
    }

    /** Whether there are so many business days after the first day. */
    boolean hasDays(int days) {
        while (openDays < days && nextDay <= LAST_DAY) {
            lookAtNextDay();
        }
        return openDays >= days;
    }

    LocalDate firstDay() {
        return LocalDate.ofEpochDay(firstDay);
    }

    /** What it is open for in all; asked when something lasts longer. */
    long openNs() {
        return openNs;
    }

    /** How many business days there are in all; asked when something needs more. */
    int openDays() {
        return openDays;
    }

    private void lookAtNextDay() {
        List<Shift> shifts = shiftsOn.apply(LocalDate.ofEpochDay(nextDay));
        boolean before = nextDay < firstDay;
        for (Shift shift : shifts) {
            if (!before || shift.closeSecond() > Shift.DAY_SECONDS) {
                openNs += (shift.closeSecond() - shift.openSecond()) * SECOND_NS;
            }
        }
        if (nextDay > firstDay && !shifts.isEmpty()) {
            openDays++;
        }
        nextDay++;
    }
}
