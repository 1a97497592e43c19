package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Fields;
import io.tocsin.app.yaml.Fields.Field;
import io.tocsin.app.yaml.Scalars;
import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.calendar.Holiday;
import io.tocsin.engine.calendar.Shift;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one calendar and checks its parts against each other. */
final class CalendarReader {
    private static final List<String> KEYS = List.of("timezone", "hours", "holidays", "exceptions");

    private final ZoneId fileZone;

    CalendarReader(ZoneId fileZone) {
        this.fileZone = fileZone;
    }

    /** The calendar, as far as it could be read. */
    CalendarSpec read(Field field) {
        Optional<Fields> fields = field.value().fields("a map with hours", KEYS);
        return fields.map(found -> readFields(field, found))
                .orElseGet(() -> new CalendarSpec(field.name(), fileZone, Map.of(), List.of(), Map.of()));
    }

    private CalendarSpec readFields(Field field, Fields fields) {
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
        return new CalendarSpec(field.name(), zone, shiftsOfWeek(week), holidays, shiftsOfDates(exceptions));
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
