package io.tocsin.engine.calendar;

import java.time.LocalDate;

/**
 * A calendar compiled for some years: its open times on the instant line and its business days. Immutable; any thread.
 * What it says about an instant it covers does not depend on which other years it covers.
 */
final class ShiftTable {
    /** A day of the wall clock, and of UTC. */
    static final long DAY_NS = 86_400_000_000_000L;

    /**
     * Dates compiled before and after the covered years, so that whatever touches a covered instant is known: a shift
     * closes at most 48 hours after the start of its date, an offset is at most 18 hours, and a skipped date (Samoa, 2011)
     * moves a shift by 24 hours; together less than four days. One more, as such a date changes places with the next.
     */
    static final int MARGIN_DAYS = 5;

    private final int firstYear;
    private final int endYear;
    private final long firstNs;
    private final long lastNs;
    private final OpenTimes openTimes;
    private final BusinessDays businessDays;

    /** Compiles the years from the first to before the end. */
    static ShiftTable compile(DateRules rules, int firstYear, int endYear) {
        LocalDate first = LocalDate.of(firstYear, 1, 1);
        LocalDate end = LocalDate.of(endYear, 1, 1);
        LocalDate beyond = end.plusDays(MARGIN_DAYS);
        OpenTimes.Builder openTimes = new OpenTimes.Builder();
        BusinessDays.Builder businessDays = new BusinessDays.Builder(first.minusDays(MARGIN_DAYS));
        for (LocalDate date = first.minusDays(MARGIN_DAYS); date.isBefore(beyond); date = date.plusDays(1)) {
            compileDate(rules, date, openTimes, businessDays);
        }
        return new ShiftTable(
                firstYear, endYear, openTimes.build(first.toEpochDay(), end.toEpochDay()), businessDays.build());
    }

    private ShiftTable(int firstYear, int endYear, OpenTimes openTimes, BusinessDays businessDays) {
        this.firstYear = firstYear;
        this.endYear = endYear;
        this.firstNs = LocalDate.of(firstYear, 1, 1).toEpochDay() * DAY_NS;
        this.lastNs = LocalDate.of(endYear, 1, 1).toEpochDay() * DAY_NS;
        this.openTimes = openTimes;
        this.businessDays = businessDays;
    }

    /** Whether all instants from the first to the last, both included, can be asked about. */
    boolean covers(long fromNs, long toNs) {
        return fromNs >= firstNs && toNs <= lastNs;
    }

    OpenTimes openTimes() {
        return openTimes;
    }

    BusinessDays businessDays() {
        return businessDays;
    }

    int firstYear() {
        return firstYear;
    }

    int endYear() {
        return endYear;
    }

    private static void compileDate(
            DateRules rules, LocalDate date, OpenTimes.Builder openTimes, BusinessDays.Builder businessDays) {
        long firstOpenNs = Long.MAX_VALUE;
        long lastCloseNs = Long.MIN_VALUE;
        for (Shift shift : rules.shiftsOn(date)) {
            long openNs = rules.openNs(date, shift);
            long closeNs = rules.closeNs(date, shift);
            if (closeNs > openNs) {
                openTimes.add(openNs, closeNs);
                firstOpenNs = Math.min(firstOpenNs, openNs);
                lastCloseNs = Math.max(lastCloseNs, closeNs);
            }
        }
        if (lastCloseNs > firstOpenNs) {
            businessDays.addOpen(firstOpenNs, lastCloseNs);
        } else {
            businessDays.addClosed();
        }
    }
}
