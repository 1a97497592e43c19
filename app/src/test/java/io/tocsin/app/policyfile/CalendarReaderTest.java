package io.tocsin.app.policyfile;

import static io.tocsin.app.policyfile.Checks.ANY_POLICY;
import static io.tocsin.app.policyfile.Checks.lines;
import static io.tocsin.app.policyfile.Checks.valid;
import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.calendar.Holiday;
import io.tocsin.engine.calendar.Shift;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarReaderTest {
    private static final int HOUR = 3_600;

    /** A file whose fourth line is a calendar's body in flow style, whose first key stands in column 7. */
    private static String file(String calendar) {
        return "version: 1\ntimezone: Asia/Shanghai\ncalendars:\n  c: {" + calendar + "}\n" + ANY_POLICY;
    }

    private static CalendarSpec calendar(String body) {
        return valid(file(body)).calendars().get(1);
    }

    @Test
    void shouldTakeTheFilesZoneUnlessTheCalendarHasItsOwn() {
        assertThat(calendar("hours: {mon: [\"09:00-10:00\"]}").zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        assertThat(calendar("timezone: Europe/Berlin, hours: {mon: [\"09:00-10:00\"]}")
                        .zone())
                .isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(valid(file("hours: {mon: [\"09:00-10:00\"]}")).calendars().get(0))
                .isEqualTo(CalendarSpec.always(ZoneId.of("Asia/Shanghai")));
    }

    @Test
    void shouldReadRangesOfDays() {
        assertThat(calendar("hours: {sat-mon: [\"09:00-10:00\"], wed: [\"09:00-10:00\"]}")
                        .hours())
                .containsOnlyKeys(SATURDAY, SUNDAY, MONDAY, WEDNESDAY);
        assertThat(calendar("hours: {sun-thu: [09:00-10:00]}").hours())
                .containsOnlyKeys(SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY);
        assertThat(calendar("hours: {mon-sun: [\"00:00-24:00\"]}").hours()).hasSize(7);
    }

    @Test
    void shouldReadSeveralIntervalsInTheOrderOfTheirOpening() {
        assertThat(calendar("hours: {fri: [\"22:00-06:00\", \"13:30-18:00\", \"09:00-12:00\"]}")
                        .hours()
                        .get(FRIDAY))
                .containsExactly(
                        new Shift(9 * HOUR, 12 * HOUR),
                        new Shift(13 * HOUR + HOUR / 2, 18 * HOUR),
                        new Shift(22 * HOUR, 30 * HOUR));
        assertThat(calendar("hours: {fri: [\"00:00-24:00\"]}").hours().get(FRIDAY))
                .containsExactly(new Shift(0, 24 * HOUR));
        assertThat(calendar("hours: {fri: [\"18:00-00:00\"]}").hours().get(FRIDAY))
                .containsExactly(new Shift(18 * HOUR, 24 * HOUR));
    }

    @Test
    void shouldTakeHoursThatTouch() {
        valid(file("hours: {mon-sun: [\"22:00-06:00\", \"06:00-14:00\", \"14:00-22:00\"]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "9:00-18:00|is \"9:00-18:00\", expected hours such as \"09:00-18:00\" with two digits each",
                "09:00|is \"09:00\", expected hours such as \"09:00-18:00\" with two digits each",
                "09:00-18:00:30|is \"09:00-18:00:30\", expected hours such as \"09:00-18:00\" with two digits each",
                "24:00-06:00|\"24:00-06:00\" is not possible: hours open from 00:00 to 23:59 and close by 24:00",
                "09:00-24:01|\"09:00-24:01\" is not possible: hours open from 00:00 to 23:59 and close by 24:00",
                "09:60-18:00|\"09:60-18:00\" is not possible: hours open from 00:00 to 23:59 and close by 24:00",
                "09:00-09:00|\"09:00-09:00\" is empty; a whole day is \"00:00-24:00\""
            })
    void shouldRefuseImpossibleHours(String interval, String message) {
        assertThat(lines(file("hours: {mon: [" + interval + "]}")))
                .containsExactly("4:21: calendars.c.hours.mon[0]: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "monday|unknown day \"monday\", did you mean \"mon\"? known: mon, tue, wed, thu, fri, sat, sun",
                "mo-fri|unknown day \"mo\", did you mean \"mon\"? known: mon, tue, wed, thu, fri, sat, sun",
                "1-5|unknown day \"1\"; known: mon, tue, wed, thu, fri, sat, sun",
                "mon-tue-wed|\"mon-tue-wed\" is no range of days, expected for example mon-fri",
                "mon-mon|\"mon-mon\" begins and ends on the same day; write mon"
            })
    void shouldRefuseUnknownDays(String day, String message) {
        assertThat(lines(file("hours: {" + day + ": [\"09:00-10:00\"]}")))
                .containsExactly("4:15: calendars.c.hours." + day + ": " + message);
    }

    @Test
    void shouldRefuseADayThatIsGivenTwice() {
        assertThat(lines(file("hours: {mon-fri: [\"09:00-10:00\"], wed: [\"12:00-13:00\"]}")))
                .containsExactly("4:41: calendars.c.hours.wed: wed already has hours under \"mon-fri\";"
                        + " give each day once");
    }

    @Test
    void shouldRefuseHoursThatOverlapOnOneDay() {
        assertThat(lines(file("hours: {mon: [\"09:00-12:00\", \"11:59-18:00\"]}")))
                .containsExactly("4:36: calendars.c.hours.mon[1]:"
                        + " \"11:59-18:00\" overlaps \"09:00-12:00\" of the same day");
        assertThat(lines(file("hours: {mon: [\"22:00-06:00\", \"23:00-01:00\"]}")))
                .hasSize(1);
    }

    @Test
    void shouldRefuseHoursThatOverlapOverMidnight() {
        assertThat(lines(file("hours: {sun: [\"22:00-06:00\"], mon: [\"05:59-10:00\"]}")))
                .containsExactly("4:43: calendars.c.hours.mon[0]: \"05:59-10:00\" overlaps \"22:00-06:00\""
                        + " of the day before (sun), which runs past midnight");
        assertThat(lines(file("hours: {mon-fri: [\"22:00-06:00\", \"05:00-07:00\"]}")))
                .containsExactly("4:40: calendars.c.hours.mon-fri[1]: \"05:00-07:00\" overlaps \"22:00-06:00\""
                        + " of the day before (mon), which runs past midnight");
        valid(file("hours: {sun: [\"22:00-06:00\"], tue: [\"05:59-10:00\"]}"));
    }

    @Test
    void shouldRefuseExceptionsThatOverlapOverMidnight() {
        // 2026-10-10 is a Saturday.
        String nights = "hours: {mon-sun: [\"22:00-06:00\"]}, ";
        assertThat(lines(file(nights + "exceptions: {2026-10-10: [\"00:00-06:30\"]}")))
                .containsExactly("4:68: calendars.c.exceptions.2026-10-10[0]: \"00:00-06:30\" overlaps \"22:00-06:00\""
                        + " of the day before (2026-10-09), which runs past midnight");
        assertThat(lines(file("hours: {sun: [\"05:00-09:00\"]}, exceptions: {2026-10-10: [\"22:00-06:00\"]}")))
                .containsExactly("4:64: calendars.c.exceptions.2026-10-10[0]: \"22:00-06:00\" runs past midnight"
                        + " into \"05:00-09:00\" of 2026-10-11");
        assertThat(lines(file("hours: {sun: [\"07:00-09:00\"]},"
                        + " exceptions: {2026-10-10: [\"22:00-06:00\"], 2026-10-11: [\"05:00-09:00\"]}")))
                .hasSize(1);
        valid(file(nights + "holidays: [2026-10-09], exceptions: {2026-10-10: [\"00:00-06:30\"]}"));
    }

    @Test
    void shouldRefuseEmptyHours() {
        assertThat(lines(file("hours: {}")))
                .containsExactly("4:14: calendars.c.hours: is empty: the calendar never opens;"
                        + " give it at least one day with hours");
        assertThat(lines(file("hours: {sat: [], mon: [\"09:00-10:00\"]}")))
                .containsExactly("4:20: calendars.c.hours.sat: is empty; leave a closed day out,"
                        + " or give it hours such as [\"09:00-18:00\"]");
        assertThat(lines(file("timezone: UTC")))
                .containsExactly("4:6: calendars.c.hours: is missing,"
                        + " expected opening hours such as {mon-fri: [\"09:00-18:00\"]}");
        assertThat(lines(file("hours: {sat: \"10:00-16:00\"}")))
                .containsExactly("4:20: calendars.c.hours.sat: is \"10:00-16:00\","
                        + " expected a list of hours such as [\"09:00-12:00\", \"13:30-18:00\"]");
    }

    @Test
    void shouldReadHolidays() {
        assertThat(calendar("hours: {mon: [\"09:00-10:00\"]},"
                                + " holidays: [2026-10-01..2026-10-07, \"2027-01-01\", 12-25, \"02-29\"]")
                        .holidays())
                .containsExactly(
                        new Holiday.Range(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 7)),
                        new Holiday.Range(LocalDate.of(2027, 1, 1), LocalDate.of(2027, 1, 1)),
                        new Holiday.Yearly(MonthDay.of(12, 25)),
                        new Holiday.Yearly(MonthDay.of(2, 29)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2026-02-29|\"2026-02-29\" is no date of the calendar",
                "02-30|\"02-30\" is no day of any year, expected month and day such as \"12-25\"",
                "2026-10-07..2026-10-01|\"2026-10-07..2026-10-01\" ends before it begins",
                "12-24..12-26|is \"12-24..12-26\", expected a date \"2027-01-01\","
                        + " a range \"2026-10-01..2026-10-07\", or a day of every year \"12-25\"",
                "1.1.2027|is \"1.1.2027\", expected a date \"2027-01-01\","
                        + " a range \"2026-10-01..2026-10-07\", or a day of every year \"12-25\"",
                "1969-12-31|\"1969-12-31\" is out of range, dates lie from 1970 to 2199"
            })
    void shouldRefuseWhatIsNoHoliday(String holiday, String message) {
        assertThat(lines(file("hours: {mon: [\"09:00-10:00\"]}, holidays: [" + holiday + "]")))
                .containsExactly("4:49: calendars.c.holidays[0]: " + message);
    }

    @Test
    void shouldReadExceptions() {
        assertThat(calendar(
                                "hours: {mon: [\"09:00-10:00\"]}, exceptions: {2026-10-10: [\"09:00-18:00\"], \"2026-10-12\": []}")
                        .exceptions())
                .containsOnlyKeys(LocalDate.of(2026, 10, 10), LocalDate.of(2026, 10, 12))
                .containsEntry(LocalDate.of(2026, 10, 10), List.of(new Shift(9 * HOUR, 18 * HOUR)))
                .containsEntry(LocalDate.of(2026, 10, 12), List.of());
        assertThat(lines(file("hours: {mon: [\"09:00-10:00\"]}, exceptions: {12-25: []}")))
                .containsExactly("4:51: calendars.c.exceptions.12-25: is \"12-25\","
                        + " expected a date such as \"2026-10-10\"");
    }

    @Test
    void shouldRefuseACalendarThatNeverOpens() {
        String never = "4:3: calendars.c: the calendar never opens: its holidays take out every day that has hours";
        String hours = "hours: {mon: [\"09:00-10:00\"]}, ";
        assertThat(lines(file(hours + "holidays: [1970-01-01..2199-12-31]"))).containsExactly(never);
        valid(file(hours + "holidays: [1970-01-01..2199-12-31], exceptions: {2026-10-10: [\"09:00-10:00\"]}"));
        StringBuilder everyDay = new StringBuilder();
        for (LocalDate day = LocalDate.of(2024, 1, 1); day.getYear() == 2024; day = day.plusDays(1)) {
            everyDay.append(day.toString().substring(5)).append(", ");
        }
        assertThat(lines(file(hours + "holidays: [" + everyDay + "]"))).containsExactly(never);
        // Without 29 February the calendar opens on the leap years' Mondays of that date.
        valid(file(hours + "holidays: [" + everyDay.toString().replace("02-29, ", "") + "]"));
    }

    @Test
    void shouldBoundTheNumberOfCalendars() {
        StringBuilder calendars = new StringBuilder("version: 1\n" + ANY_POLICY + "calendars:\n");
        for (int i = 0; i <= 1_000; i++) {
            calendars.append("  c").append(i).append(": {hours: {mon: [\"09:00-10:00\"]}}\n");
        }
        assertThat(lines(calendars.toString()))
                .containsExactly("4:3: calendars: has 1001 entries, at most 1000 are allowed");
    }

    @Test
    void shouldNotRedefineTheBuiltInCalendar() {
        assertThat(lines("version: 1\ncalendars:\n  24x7: {hours: {mon: [\"09:00-10:00\"]}}\n" + ANY_POLICY))
                .containsExactly("3:3: calendars.24x7: the calendar 24x7 is built in and cannot be changed;"
                        + " choose another name");
    }

    @Test
    void shouldReportUnknownKeysAndZones() {
        assertThat(lines(file("hours: {mon: [\"09:00-10:00\"]}, holiday: [], timezone: Asia/Shangai")))
                .containsExactly(
                        "4:38: calendars.c.holiday: unknown key \"holiday\", did you mean \"holidays\"?"
                                + " known: timezone, hours, holidays, exceptions",
                        "4:61: calendars.c.timezone: unknown time zone \"Asia/Shangai\", did you mean"
                                + " \"Asia/Shanghai\"? zones are names of the IANA database such as Asia/Shanghai, UTC,"
                                + " or offsets such as +08:00");
    }
}
