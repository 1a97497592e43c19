package io.tocsin.app.report;

import io.tocsin.app.Failure;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a report is about: one of a day, a month, a quarter, and from one day to another. */
final class PeriodOptions {
    private static final Pattern QUARTER = Pattern.compile("(\\d{4})-?[Qq]([1-4])");

    @Option(names = "--day", paramLabel = "DATE", description = "A day, like 2026-11-21; or today, or yesterday.")
    @Nullable
    private String day;

    @Option(names = "--month", paramLabel = "MONTH", description = "A month, like 2026-11; or last for the one before.")
    @Nullable
    private String month;

    @Option(
            names = "--quarter",
            paramLabel = "QUARTER",
            description = "A quarter, like 2026-Q4; or last for the one before.")
    @Nullable
    private String quarter;

    @Option(names = "--from", paramLabel = "DATE", description = "With --to: the first day of several.")
    @Nullable
    private String from;

    @Option(names = "--to", paramLabel = "DATE", description = "With --from: the last day of several.")
    @Nullable
    private String to;

    /**
     * The period that was asked for.
     *
     * @param today the day it is now in the zone
     * @throws Failure of input if it is not exactly one, or not to be read
     */
    Period period(LocalDate today, ZoneId zone) {
        long given = Stream.of(day, month, quarter, from == null ? to : from)
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            throw Failure.ofInput("report: " + (given == 0 ? "no time is given" : "more than one time is given")
                    + "; give one of --day 2026-11-21, --month 2026-11, --quarter 2026-Q4 and --from with --to");
        }
        if (day != null) {
            return Period.day(day(day, today), zone);
        }
        if (month != null) {
            return Period.month(month(month, today), zone);
        }
        if (quarter != null) {
            return Period.quarter(quarter(quarter, today), zone);
        }
        return span(today, zone);
    }

    private Period span(LocalDate today, ZoneId zone) {
        if (from == null || to == null) {
            throw Failure.ofInput("report: " + (from == null ? "--to" : "--from") + " is given without "
                    + (from == null ? "--from" : "--to") + "; give both, or --day");
        }
        LocalDate first = date("--from", from, today);
        LocalDate last = date("--to", to, today);
        if (last.isBefore(first)) {
            throw Failure.ofInput("report: --to " + last + " lies before --from " + first + "; give the earlier first");
        }
        return Period.span(first, last, zone);
    }

    private static LocalDate day(String text, LocalDate today) {
        return date("--day", text, today);
    }

    private static LocalDate date(String option, String text, LocalDate today) {
        return switch (text) {
            case "today" -> today;
            case "yesterday" -> today.minusDays(1);
            default -> {
                try {
                    yield inRange(LocalDate.parse(text));
                } catch (DateTimeException e) {
                    throw wrong(option, text, "a date, like 2026-11-21, today or yesterday");
                }
            }
        };
    }

    private static YearMonth month(String text, LocalDate today) {
        if (text.equals("last")) {
            return YearMonth.from(today).minusMonths(1);
        }
        try {
            YearMonth parsed = YearMonth.parse(text);
            inRange(parsed.atDay(1));
            return parsed;
        } catch (DateTimeException e) {
            throw wrong("--month", text, "a month, like 2026-11, or last");
        }
    }

    private static YearMonth quarter(String text, LocalDate today) {
        if (text.equals("last")) {
            return YearMonth.from(today).minusMonths((today.getMonthValue() - 1) % 3 + 3L);
        }
        Matcher matcher = QUARTER.matcher(text);
        if (!matcher.matches()) {
            throw wrong("--quarter", text, "a quarter, like 2026-Q4, or last");
        }
        YearMonth first = YearMonth.of(Integer.parseInt(matcher.group(1)), 3 * Integer.parseInt(matcher.group(2)) - 2);
        try {
            inRange(first.atDay(1));
        } catch (DateTimeException e) {
            throw wrong("--quarter", text, "a quarter, like 2026-Q4, or last");
        }
        return first;
    }

    /** Events lie there. */
    private static LocalDate inRange(LocalDate date) {
        if (date.getYear() < 1970 || date.getYear() > 2199) {
            throw new DateTimeException("out of range");
        }
        return date;
    }

    private static Failure wrong(String option, String text, String right) {
        return Failure.ofInput("report: " + option + " '" + text + "' is not " + right);
    }
}
