package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Fields.Field;
import io.tocsin.app.yaml.Names;
import io.tocsin.app.yaml.Value;
import io.tocsin.engine.calendar.Holiday;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what differs from the weekly hours: holidays and exceptions. */
final class HolidayReader {
    /** Dates lie in these years, all of them countable in nanoseconds of a long. */
    static final int FIRST_YEAR = 1970;

    static final int LAST_YEAR = 2199;

    private static final String EXPECTED =
            "a date \"2027-01-01\", a range \"2026-10-01..2026-10-07\"," + " or a day of every year \"12-25\"";
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern YEARLY = Pattern.compile("\\d\\d-\\d\\d");
    private static final String RANGE_SIGN = "..";

    private HolidayReader() {}

    static List<Holiday> readAll(Value value) {
        List<Holiday> holidays = new ArrayList<>();
        for (Value item : value.items("a list of dates such as [\"2027-01-01\", \"12-25\"]")) {
            item.text(EXPECTED).flatMap(text -> holiday(item, text)).ifPresent(holidays::add);
        }
        return holidays;
    }

    private static Optional<Holiday> holiday(Value item, String text) {
        if (YEARLY.matcher(text).matches()) {
            return yearly(item, text).map(Holiday.Yearly::new);
        }
        int sign = text.indexOf(RANGE_SIGN);
        if (sign < 0) {
            return date(item, text, EXPECTED).map(day -> new Holiday.Range(day, day));
        }
        String lastText = text.substring(sign + RANGE_SIGN.length());
        return date(item, text.substring(0, sign), EXPECTED)
                .flatMap(first -> date(item, lastText, EXPECTED).flatMap(last -> range(item, first, last)));
    }

    private static Optional<Holiday> range(Value item, LocalDate first, LocalDate last) {
        if (last.isBefore(first)) {
            item.error(item.described() + " ends before it begins");
            return Optional.empty();
        }
        return Optional.of(new Holiday.Range(first, last));
    }

    private static Optional<MonthDay> yearly(Value item, String text) {
        try {
            return Optional.of(MonthDay.parse("--" + text));
        } catch (DateTimeException e) {
            item.error(item.described() + " is no day of any year, expected month and day such as \"12-25\"");
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> date(Value item, String text, String expected) {
        if (!DATE.matcher(text).matches()) {
            item.error("is " + item.described() + ", expected " + expected);
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
                item.error(Names.quote(text) + " is out of range, dates lie from " + FIRST_YEAR + " to " + LAST_YEAR);
                return Optional.empty();
            }
            return Optional.of(date);
        } catch (DateTimeException e) {
            item.error(Names.quote(text) + " is no date of the calendar");
            return Optional.empty();
        }
    }

    /** Hours of single dates; none closes the date. */
    static Map<LocalDate, List<Opening>> exceptions(Value value) {
        Map<LocalDate, List<Opening>> exceptions = new LinkedHashMap<>();
        value.fields("a map of dates to hours such as {\"2026-10-10\": [\"09:00-18:00\"]}")
                .ifPresent(fields -> {
                    for (Field field : fields.all()) {
                        List<Opening> openings = HoursReader.intervals(field.value(), true);
                        date(field.key(), field.name(), "a date such as \"2026-10-10\"")
                                .ifPresent(date -> exceptions.put(date, openings));
                    }
                });
        return exceptions;
    }
}
