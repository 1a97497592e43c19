package io.tocsin.engine.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningHoursTest {
    /** 2026-10-01 is a Thursday, the make-up day a Saturday. */
    private static final SpecBuilder OFFICE = SpecBuilder.in("Asia/Shanghai")
            .hours("mon", "fri", "09:00-12:00", "13:30-18:00")
            .hours("sat", "sat", "10:00-16:00")
            .holiday("2026-10-01..2026-10-07")
            .holiday("2027-01-01")
            .holiday("12-25")
            .exception("2026-10-10", "09:00-18:00")
            .exception("2030-12-25", "10:00-11:00");

    /** 2026-05-01 is a Friday; on Thursday the 7th the exception opens while Wednesday's shift still runs. */
    private static final SpecBuilder NIGHT = SpecBuilder.in("UTC")
            .hours("mon", "fri", "22:00-06:00")
            .holiday("2026-05-01")
            .exception("2026-05-05")
            .exception("2026-05-07", "04:00-08:00");

    private static final SpecBuilder LEAP =
            SpecBuilder.in("Asia/Kolkata").hours("mon", "sun", "09:30-18:30").holiday("02-29");

    @ParameterizedTest
    @CsvSource({
        "2026-09-30T09:00, 2026-09-30T18:00, PT7H30M",
        "2026-09-30T00:00, 2026-10-01T00:00, PT7H30M",
        "2026-09-30T12:00, 2026-09-30T13:30, PT0S",
        "2026-09-30T11:59:59.999999999, 2026-09-30T13:30:00.000000001, PT0.000000002S",
        "2026-09-30T12:00, 2026-09-30T09:00, PT0S",
        "2026-09-30T10:00, 2026-09-30T10:00, PT0S",
        "2026-09-30T17:00, 2026-10-08T10:00, PT2H",
        "2026-10-10T08:00, 2026-10-10T20:00, PT9H",
        "2026-10-17T08:00, 2026-10-17T20:00, PT6H",
        "2026-10-18T00:00, 2026-10-19T00:00, PT0S",
        "2026-12-24T17:00, 2026-12-26T11:00, PT2H",
        "2034-12-24T17:00, 2034-12-26T10:00, PT1H",
        "2026-12-31T17:30, 2027-01-02T10:30, PT1H",
        "2030-12-25T00:00, 2030-12-26T00:00, PT1H",
    })
    void shouldCountOfficeHours(String from, String to, Duration expected) {
        assertThat(elapsed(OFFICE, from, to)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-30T09:00, PT3H, 2026-09-30T12:00",
        "2026-09-30T09:00, PT3H0.000000001S, 2026-09-30T13:30:00.000000001",
        "2026-09-30T17:00, PT1H, 2026-09-30T18:00",
        "2026-09-30T17:00, PT1H1M, 2026-10-08T09:01",
        "2026-09-30T08:00, PT15M, 2026-09-30T09:15",
        "2026-09-30T12:30, PT15M, 2026-09-30T13:45",
        "2026-09-30T12:30, PT0S, 2026-09-30T12:30",
        "2026-10-03T11:00, PT0S, 2026-10-03T11:00",
        "2026-10-03T11:00, PT15M, 2026-10-08T09:15",
        "2026-10-10T17:00, PT2H, 2026-10-12T10:00",
        "2026-09-30T09:00, PT37H30M, 2026-10-12T16:30",
    })
    void shouldAddOfficeHours(String from, Duration duration, String expected) {
        BusinessCalendar calendar = OFFICE.calendar();
        long endNs = calendar.plusNs(OFFICE.at(from), duration.toNanos());
        assertThat(OFFICE.local(endNs)).isEqualTo(OFFICE.local(OFFICE.at(expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-30T08:59:59.999999999, false",
        "2026-09-30T09:00, true",
        "2026-09-30T11:59:59.999999999, true",
        "2026-09-30T12:00, false",
        "2026-09-30T13:30, true",
        "2026-09-30T18:00, false",
        "2026-10-05T10:00, false",
        "2026-10-10T12:30, true",
        "2026-10-11T12:30, false",
    })
    void shouldOpenAtOpeningAndBeClosedAtClosing(String at, boolean expected) {
        assertThat(OFFICE.calendar().isOpen(OFFICE.at(at))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // Thursday's shift runs into the holiday; nothing opens on the holiday, so nothing runs out of it.
        "2026-04-30T22:00, 2026-05-01T22:00, PT8H",
        "2026-05-01T06:00, 2026-05-04T22:00, PT0S",
        // Monday's shift runs into the closed Tuesday; Tuesday's own does not open.
        "2026-05-05T00:00, 2026-05-06T00:00, PT6H",
        "2026-05-06T00:00, 2026-05-06T22:00, PT0S",
        // Friday's shift belongs to Friday, Saturday has none.
        "2026-05-08T22:00, 2026-05-11T22:00, PT8H",
        // The exception overlaps the night before it and replaces the night after it.
        "2026-05-06T22:00, 2026-05-08T22:00, PT10H",
    })
    void shouldLetAShiftPastMidnightBelongToTheDayOnWhichItOpens(String from, String to, Duration expected) {
        assertThat(elapsed(NIGHT, from, to)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2028-02-28T00:00, 2028-02-29T00:00, PT9H",
        "2028-02-29T00:00, 2028-03-01T00:00, PT0S",
        "2028-03-01T00:00, 2028-03-02T00:00, PT9H",
        "2027-02-28T00:00, 2027-03-02T00:00, PT18H",
        "2028-02-28T04:00:00Z, 2028-02-28T13:00:00Z, PT9H",
    })
    void shouldKeepAHolidayOnTheLeapDayToLeapYears(String from, String to, Duration expected) {
        assertThat(elapsed(LEAP, from, to)).isEqualTo(expected);
    }

    private static Duration elapsed(SpecBuilder builder, String from, String to) {
        return Duration.ofNanos(builder.calendar().elapsedNs(builder.at(from), builder.at(to)));
    }
}
