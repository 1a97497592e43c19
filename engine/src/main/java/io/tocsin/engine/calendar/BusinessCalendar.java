package io.tocsin.engine.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Answers questions about a calendar's opening hours: how much of them lies between two instants, which instant lies so
 * much of them ahead, and when business days end.
 *
 * <p>All instants are nanoseconds since the epoch, all durations nanoseconds. The supported range is 1970-01-01T00:00Z to
 * 2262-01-01T00:00Z; outside of it nothing is open, a start before it counts as its beginning, and an answer after it is
 * {@link #NEVER}. Every answer is a pure function of the specification and the arguments.
 *
 * <p>May be used from any thread; made for the core's. Lookups take constant or logarithmic time and allocate nothing,
 * except that the first question about years not yet compiled compiles them (some 0.1 ms a year), so whoever minds that
 * asks once in advance. Two threads that do so at once each compile their own table, and either serves.
 *
 * <p>A <em>business day</em> is a date for which the calendar has at least one shift that opens, after holidays and
 * exceptions. A shift belongs to the date it is written for, also when a clock change moves its opening past midnight.
 */
public final class BusinessCalendar {
    /** Stands for an instant after the supported range. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int FIRST_YEAR = 1970;
    private static final int END_YEAR = 2262;
    private static final long FIRST_NS = 0;
    private static final long LAST_NS = startOfYearNs(END_YEAR);
    private static final int YEARS_BACK = 1;
    private static final int YEARS_AHEAD = 4;

    private final CalendarSpec spec;
    private final ZoneTable zone;
    private final DateRules rules;
    private final boolean alwaysOpen;

    /** Immutable; replaced by a wider one when a question goes beyond it. Of no years until the first question. */
    private ShiftTable table;

    /**
     * Reads the specification and the zone's clock changes; shifts are compiled when they are asked for.
     *
     * @throws IllegalArgumentException if nothing ever opens in the supported range
     */
    public BusinessCalendar(CalendarSpec spec) {
        this.spec = spec;
        this.zone = ZoneTable.of(spec.zone(), FIRST_NS, LAST_NS);
        this.rules = new DateRules(spec, zone);
        this.alwaysOpen = rules.alwaysOpen();
        this.table = ShiftTable.compile(rules, FIRST_YEAR, FIRST_YEAR);
        if (!rules.everOpens(LocalDate.of(FIRST_YEAR, 1, 1), LocalDate.of(END_YEAR, 1, 1))) {
            throw new IllegalArgumentException(
                    "calendar '" + spec.name() + "' never opens between " + FIRST_YEAR + " and " + (END_YEAR - 1)
                            + ": its holidays and exceptions leave no hours, give it at least one shift");
        }
    }

    /** Opening time within {@code [fromNs, toNs)}; 0 if {@code toNs} is not after {@code fromNs}. */
    public long elapsedNs(long fromNs, long toNs) {
        long first = Math.max(fromNs, FIRST_NS);
        long last = Math.min(toNs, LAST_NS);
        if (last <= first) {
            return 0;
        }
        if (alwaysOpen) {
            return last - first;
        }
        OpenTimes open = tableOver(first, last).openTimes();
        return open.beforeNs(last) - open.beforeNs(first);
    }

    /**
     * The first instant, not before {@code fromNs}, at which {@code durationNs} of opening time have passed. What is used
     * up exactly at closing time ends at closing time, not at the next opening; a duration of 0 gives {@code fromNs}.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public long plusNs(long fromNs, long durationNs) {
        if (durationNs <= 0) {
            return plusNothing(fromNs, durationNs);
        }
        long first = Math.max(fromNs, FIRST_NS);
        if (durationNs > LAST_NS - first) {
            return NEVER;
        }
        if (alwaysOpen) {
            return first + durationNs;
        }
        ShiftTable reached = tableOver(first, first + durationNs);
        long answerNs = reached.openTimes().plusNs(first, durationNs);
        while (answerNs == NEVER && reached.endYear() < END_YEAR) {
            reached = longerThan(reached);
            answerNs = reached.openTimes().plusNs(first, durationNs);
        }
        return answerNs;
    }

    /** Whether the calendar is open at an instant; at its opening it is, at its close it is not. */
    public boolean isOpen(long instantNs) {
        if (instantNs < FIRST_NS || instantNs >= LAST_NS) {
            return false;
        }
        return alwaysOpen || tableOver(instantNs, instantNs).openTimes().isOpen(instantNs);
    }

    /**
     * The start's local time of day on the n-th business day strictly after the start's local date. A time that a clock
     * change skips or repeats on that day is resolved as {@link java.time.ZonedDateTime#of} does.
     *
     * @param businessDays 1 or more
     * @throws IllegalArgumentException if {@code businessDays} is less than 1
     */
    public long sameTimeAfter(long startNs, int businessDays) {
        long localNs = zone.localNs(clamped(startNs));
        long startDate = Math.floorDiv(localNs, ShiftTable.DAY_NS);
        BusinessDays days = daysAfter(startNs, startDate, businessDays);
        int index = days.indexAfter(startDate, businessDays);
        if (index == BusinessDays.NONE) {
            return NEVER;
        }
        long timeOfDayNs = localNs - startDate * ShiftTable.DAY_NS;
        return inRange(zone.instantNs(days.date(index) * ShiftTable.DAY_NS + timeOfDayNs));
    }

    /**
     * The close of the n-th business day strictly after the start's local date, whether or not the start lies in the
     * hours.
     *
     * @param businessDays 1 or more
     * @throws IllegalArgumentException if {@code businessDays} is less than 1
     */
    public long closeOfBusinessDayAfter(long startNs, int businessDays) {
        long startDate = Math.floorDiv(zone.localNs(clamped(startNs)), ShiftTable.DAY_NS);
        BusinessDays days = daysAfter(startNs, startDate, businessDays);
        int index = days.indexAfter(startDate, businessDays);
        return index == BusinessDays.NONE ? NEVER : inRange(days.closeNs(index));
    }

    /**
     * Rounds an instant up to the close of its business day: the latest close of the shifts that open on it. A day reaches
     * from after its first opening to its last close, breaks and the hours past midnight included; an instant of no day
     * belongs to the next one, an instant of two days to the one that opened first.
     */
    public long closeOf(long instantNs) {
        if (instantNs > LAST_NS) {
            return NEVER;
        }
        long first = Math.max(instantNs, FIRST_NS);
        ShiftTable reached = tableOver(first, first);
        long closeNs = reached.businessDays().closeFromNs(first);
        while (closeNs == NEVER && reached.endYear() < END_YEAR) {
            reached = longerThan(reached);
            closeNs = reached.businessDays().closeFromNs(first);
        }
        return inRange(closeNs);
    }

    /** The first instant after {@code fromNs} at which it opens or closes, or {@code untilNs} if none lies before that. */
    public long nextChangeNs(long fromNs, long untilNs) {
        long first = clamped(fromNs);
        long last = clamped(untilNs);
        if (alwaysOpen || last <= first) {
            return untilNs;
        }
        return Math.min(untilNs, tableOver(first, last).openTimes().nextChangeNs(first));
    }

    /** What it was made of. */
    public CalendarSpec spec() {
        return spec;
    }

    /** The calendar's name, unique in its policy file. */
    public String name() {
        return spec.name();
    }

    @Override
    public String toString() {
        return "BusinessCalendar[" + spec.name() + ", " + spec.zone() + "]";
    }

    private static long plusNothing(long fromNs, long durationNs) {
        if (durationNs < 0) {
            throw new IllegalArgumentException("duration is " + durationNs + " ns, it must be 0 or more");
        }
        return fromNs;
    }

    /** The business days, compiled as far as the n-th after a date, or as far as the range goes. */
    private BusinessDays daysAfter(long startNs, long startDate, int businessDays) {
        if (businessDays < 1) {
            throw new IllegalArgumentException("business days are " + businessDays + ", they must be 1 or more");
        }
        ShiftTable reached = tableOver(clamped(startNs), clamped(startNs));
        while (reached.endYear() < END_YEAR
                && reached.businessDays().indexAfter(startDate, businessDays) == BusinessDays.NONE) {
            reached = longerThan(reached);
        }
        return reached.businessDays();
    }

    private static long clamped(long instantNs) {
        return Math.min(Math.max(instantNs, FIRST_NS), LAST_NS);
    }

    private static long inRange(long instantNs) {
        return instantNs > LAST_NS ? NEVER : instantNs;
    }

    private ShiftTable tableOver(long firstNs, long lastNs) {
        ShiftTable current = table;
        return current.covers(firstNs, lastNs) ? current : widened(current, firstNs, lastNs);
    }

    private ShiftTable widened(ShiftTable current, long firstNs, long lastNs) {
        int firstYear = yearOf(firstNs) - YEARS_BACK;
        int endYear = yearOf(lastNs) + YEARS_AHEAD;
        if (current.firstYear() < current.endYear()) {
            firstYear = Math.min(firstYear, current.firstYear());
            endYear = Math.max(endYear, current.endYear());
        }
        return compiled(firstYear, endYear);
    }

    /** Grows by half, so that going on year by year costs little more than going there at once. */
    private ShiftTable longerThan(ShiftTable current) {
        int years = current.endYear() - current.firstYear();
        return compiled(current.firstYear(), current.endYear() + Math.max(YEARS_AHEAD, years / 2));
    }

    private ShiftTable compiled(int firstYear, int endYear) {
        ShiftTable wider = ShiftTable.compile(rules, Math.max(firstYear, FIRST_YEAR), Math.min(endYear, END_YEAR));
        table = wider;
        return wider;
    }

    private static int yearOf(long instantNs) {
        return Instant.ofEpochSecond(Math.floorDiv(instantNs, 1_000_000_000L))
                .atOffset(ZoneOffset.UTC)
                .getYear();
    }

    private static long startOfYearNs(int year) {
        return LocalDate.of(year, 1, 1).toEpochDay() * ShiftTable.DAY_NS;
    }
}
