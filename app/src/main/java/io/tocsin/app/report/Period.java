package io.tocsin.app.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stretch of whole days in a policy's zone.
 *
 * @param kind what it is one of
 * @param from its first day
 * @param until the day after its last
 * @param zone the policy's
 */
record Period(Kind kind, LocalDate from, LocalDate until, ZoneId zone) {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int MONTHS_OF_QUARTER = 3;

    /** What a report can be about. */
    enum Kind {
        DAY,
        MONTH,
        QUARTER,
        SPAN
    }

    static Period day(LocalDate day, ZoneId zone) {
        return new Period(Kind.DAY, day, day.plusDays(1), zone);
    }

    static Period month(YearMonth month, ZoneId zone) {
        return new Period(Kind.MONTH, month.atDay(1), month.plusMonths(1).atDay(1), zone);
    }

    /** The three months from the first of the quarter on. */
    static Period quarter(YearMonth first, ZoneId zone) {
        return new Period(
                Kind.QUARTER,
                first.atDay(1),
                first.plusMonths(MONTHS_OF_QUARTER).atDay(1),
                zone);
    }

    /** From one day to another, both of them part of it. */
    static Period span(LocalDate from, LocalDate to, ZoneId zone) {
        return new Period(Kind.SPAN, from, to.plusDays(1), zone);
    }

    /** Its first instant. */
    long fromNs() {
        return startOf(from);
    }

    /** The instant after its last. */
    long untilNs() {
        return startOf(until);
    }

    /** {@code 2026-11-21}, {@code 2026-11}, {@code 2026-Q4}, {@code 2026-11-01 to 2026-11-07}. */
    String name() {
        return switch (kind) {
            case DAY -> from.toString();
            case MONTH -> YearMonth.from(from).toString();
            case QUARTER -> from.getYear() + "-Q" + (1 + (from.getMonthValue() - 1) / MONTHS_OF_QUARTER);
            case SPAN -> from + " to " + until.minusDays(1);
        };
    }

    /** What its rows are: the months of a quarter, else its days. */
    List<Period> parts() {
        return kind == Kind.QUARTER
                ? Stream.iterate(YearMonth.from(from), month -> month.plusMonths(1))
                        .limit(MONTHS_OF_QUARTER)
                        .map(month -> month(month, zone))
                        .toList()
                : days();
    }

    /** Each of its days. */
    List<Period> days() {
        return from.datesUntil(until).map(day -> day(day, zone)).toList();
    }

    /** The one before it, as long. */
    Period previous() {
        return switch (kind) {
            case DAY -> day(from.minusDays(1), zone);
            case MONTH -> month(YearMonth.from(from).minusMonths(1), zone);
            case QUARTER -> quarter(YearMonth.from(from).minusMonths(MONTHS_OF_QUARTER), zone);
            case SPAN -> new Period(Kind.SPAN, from.minusDays(ChronoUnit.DAYS.between(from, until)), from, zone);
        };
    }

    /** The day an instant lies in. */
    LocalDate dayOf(long epochNs) {
        return LocalDate.ofInstant(
                Instant.ofEpochSecond(Math.floorDiv(epochNs, SECOND_NS), Math.floorMod(epochNs, SECOND_NS)), zone);
    }

    boolean contains(long epochNs) {
        return epochNs >= fromNs() && epochNs < untilNs();
    }

    private long startOf(LocalDate day) {
        return Math.multiplyExact(day.atStartOfDay(zone).toEpochSecond(), SECOND_NS);
    }
}
