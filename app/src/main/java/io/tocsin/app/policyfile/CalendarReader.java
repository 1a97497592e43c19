package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Fields;
import io.tocsin.app.yaml.Fields.Field;
import io.tocsin.app.yaml.Scalars;
import io.tocsin.app.yaml.Value;
import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.calendar.Holiday;
import io.tocsin.engine.calendar.Shift;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one calendar and checks its parts against each other. */
final class CalendarReader {
    private static final List<String> KEYS = List.of("timezone", "hours", "holidays", "exceptions");

    private final ZoneId fileZone;
    private final Today today;

    CalendarReader(ZoneId fileZone, Today today) {
        this.fileZone = fileZone;
        this.today = today;
    }

    /** The calendar that never closes. */
    static FileCalendar always(ZoneId fileZone, Today today) {
        CalendarSpec spec = CalendarSpec.always(fileZone);
        return new FileCalendar(
                spec, new OpeningsAhead(date -> spec.hours().get(date.getDayOfWeek()), today.firstDay(fileZone)));
    }

    /** The calendar, as far as it could be read. */
    FileCalendar read(Field field) {
        Optional<Fields> fields = field.value().fields("a map with hours", KEYS);
        return fields.map(found -> readFields(field, found)).orElseGet(() -> unreadable(field.name()));
    }

    private FileCalendar unreadable(String name) {
        CalendarSpec spec = new CalendarSpec(name, fileZone, Map.of(), List.of(), Map.of());
        return new FileCalendar(spec, new OpeningsAhead(date -> List.of(), today.firstDay(fileZone)));
    }

    private FileCalendar readFields(Field field, Fields fields) {
        int errorsBefore = field.key().errorCount();
        ZoneId zone = fields.get("timezone").flatMap(Scalars::zone).orElse(fileZone);
        Map<DayOfWeek, List<Opening>> week = fields.require(
                        "hours", "opening hours such as {mon-fri: [\"09:00-18:00\"]}")
                .map(HoursReader::week)
                .orElse(Map.of());
        List<Holiday> holidays =
                fields.get("holidays").map(HolidayReader::readAll).orElse(List.of());
        Map<LocalDate, List<Opening>> exceptions =
                fields.get("exceptions").map(HolidayReader::exceptions).orElse(Map.of());
        OpenDays openDays = new OpenDays(week, holidays, exceptions);
        openDays.reportOverlapsOverMidnight();
        if (field.key().errorCount() == errorsBefore && !openDays.everOpens()) {
            field.key().error("the calendar never opens: its holidays take out every day that has hours");
        }
        today.in(zone).ifPresent(date -> {
            fields.get("holidays").ifPresent(value -> warnOfPastHolidays(value, holidays, date));
            fields.get("exceptions").ifPresent(value -> warnOfPast(value, exceptions.keySet(), date));
        });
        return new FileCalendar(
                new CalendarSpec(field.name(), zone, shiftsOfWeek(week), holidays, shiftsOfDates(exceptions)),
                new OpeningsAhead(date -> Opening.shifts(openDays.openings(date)), today.firstDay(zone)));
    }

    /** A day of every year never lies in the past only. */
    private static void warnOfPastHolidays(Value value, List<Holiday> holidays, LocalDate date) {
        List<LocalDate> lasts = new ArrayList<>();
        for (Holiday holiday : holidays) {
            if (!(holiday instanceof Holiday.Range range)) {
                return;
            }
            lasts.add(range.last());
        }
        warnOfPast(value, lasts, date);
    }

    private static void warnOfPast(Value value, Collection<LocalDate> dates, LocalDate today) {
        if (!dates.isEmpty() && Collections.max(dates).isBefore(today)) {
            value.warning("lie in the past only, the last on " + Collections.max(dates) + "; add those to come");
        }
    }

    private static Map<DayOfWeek, List<Shift>> shiftsOfWeek(Map<DayOfWeek, List<Opening>> week) {
        Map<DayOfWeek, List<Shift>> shifts = new EnumMap<>(DayOfWeek.class);
        week.forEach((day, openings) -> shifts.put(day, Opening.shifts(openings)));
        return shifts;
    }

    private static Map<LocalDate, List<Shift>> shiftsOfDates(Map<LocalDate, List<Opening>> exceptions) {
        Map<LocalDate, List<Shift>> shifts = new LinkedHashMap<>();
        exceptions.forEach((date, openings) -> shifts.put(date, Opening.shifts(openings)));
        return shifts;
    }
}
