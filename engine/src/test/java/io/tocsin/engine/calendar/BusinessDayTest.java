package io.tocsin.engine.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BusinessDayTest {
    /** 2026-10-01 is a Thursday, the make-up day a Saturday. */
    private static final SpecBuilder OFFICE = SpecBuilder.in("Asia/Shanghai")
            .hours("mon", "fri", "09:00-12:00", "13:30-18:00")
            .hours("sat", "sat", "10:00-16:00")
            .holiday("2026-10-01..2026-10-07")
            .exception("2026-10-10", "09:00-18:00");

    /** 2026-05-12 is a Tuesday. */
    private static final SpecBuilder NIGHT = SpecBuilder.in("Europe/London").hours("mon", "fri", "22:00-06:00");

    @ParameterizedTest
    @CsvSource({
        "2026-09-30T10:00, 1, 2026-10-08T10:00, 2026-10-08T18:00",
        "2026-09-30T20:00, 1, 2026-10-08T20:00, 2026-10-08T18:00",
        "2026-09-30T06:00, 2, 2026-10-09T06:00, 2026-10-09T18:00",
        "2026-09-30T00:00, 1, 2026-10-08T00:00, 2026-10-08T18:00",
        "2026-09-30T18:00, 1, 2026-10-08T18:00, 2026-10-08T18:00",
        "2026-10-03T11:00, 1, 2026-10-08T11:00, 2026-10-08T18:00",
        "2026-10-08T10:00, 2, 2026-10-10T10:00, 2026-10-10T18:00",
        "2026-10-08T10:00, 3, 2026-10-12T10:00, 2026-10-12T18:00",
        "2026-10-16T10:00:00.123456789, 1, 2026-10-17T10:00:00.123456789, 2026-10-17T16:00",
        "2026-10-18T10:00, 1, 2026-10-19T10:00, 2026-10-19T18:00",
        "2026-10-19T23:59:59.999999999, 1, 2026-10-20T23:59:59.999999999, 2026-10-20T18:00",
    })
    void shouldCountOfficeDaysAfterTheLocalDateOfTheStart(String start, int days, String sameTime, String close) {
        shouldCount(OFFICE, start, days, sameTime, close);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-12T02:00, 1, 2026-05-13T02:00, 2026-05-14T06:00",
        "2026-05-12T12:00, 1, 2026-05-13T12:00, 2026-05-14T06:00",
        "2026-05-12T23:00, 1, 2026-05-13T23:00, 2026-05-14T06:00",
        "2026-05-15T23:00, 1, 2026-05-18T23:00, 2026-05-19T06:00",
        "2026-05-16T03:00, 1, 2026-05-18T03:00, 2026-05-19T06:00",
        "2026-05-15T23:00, 3, 2026-05-20T23:00, 2026-05-21T06:00",
    })
    void shouldCountNightsByTheDateOnWhichTheyOpen(String start, int days, String sameTime, String close) {
        shouldCount(NIGHT, start, days, sameTime, close);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-30T03:00, 2026-09-30T18:00",
        "2026-09-30T09:00, 2026-09-30T18:00",
        "2026-09-30T12:30, 2026-09-30T18:00",
        "2026-09-30T18:00, 2026-09-30T18:00",
        "2026-09-30T18:00:00.000000001, 2026-10-08T18:00",
        "2026-10-03T11:00, 2026-10-08T18:00",
        "2026-10-09T19:00, 2026-10-10T18:00",
        "2026-10-17T16:00, 2026-10-17T16:00",
        "2026-10-17T16:01, 2026-10-19T18:00",
    })
    void shouldRoundUpToTheCloseOfTheOffice(String at, String expected) {
        assertThat(OFFICE.local(OFFICE.calendar().closeOf(OFFICE.at(at)))).isEqualTo(OFFICE.local(OFFICE.at(expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-12T02:00, 2026-05-12T06:00",
        "2026-05-12T06:00, 2026-05-12T06:00",
        "2026-05-12T06:00:00.000000001, 2026-05-13T06:00",
        "2026-05-12T22:00, 2026-05-13T06:00",
        "2026-05-16T03:00, 2026-05-16T06:00",
        "2026-05-16T07:00, 2026-05-19T06:00",
    })
    void shouldRoundUpToTheCloseOfTheNight(String at, String expected) {
        assertThat(NIGHT.local(NIGHT.calendar().closeOf(NIGHT.at(at)))).isEqualTo(NIGHT.local(NIGHT.at(expected)));
    }

    @Test
    void shouldLetAnInstantOfTwoDaysBelongToTheOneThatOpenedFirst() {
        SpecBuilder both =
                SpecBuilder.in("UTC").hours("mon", "mon", "22:00-06:00").exception("2026-05-12", "04:00-08:00");
        BusinessCalendar calendar = both.calendar();
        assertThat(calendar.closeOf(both.at("2026-05-12T05:00"))).isEqualTo(both.at("2026-05-12T06:00"));
        assertThat(calendar.closeOf(both.at("2026-05-12T06:01"))).isEqualTo(both.at("2026-05-12T08:00"));
    }

    @Test
    void shouldTakeEveryDayOfTheAlwaysOpenCalendarForABusinessDay() {
        SpecBuilder shanghai = SpecBuilder.in("Asia/Shanghai");
        BusinessCalendar always = new BusinessCalendar(CalendarSpec.always(ZoneId.of("Asia/Shanghai")));
        long start = shanghai.at("2026-10-02T15:00");
        assertThat(always.sameTimeAfter(start, 3)).isEqualTo(shanghai.at("2026-10-05T15:00"));
        assertThat(always.closeOfBusinessDayAfter(start, 3)).isEqualTo(shanghai.at("2026-10-06T00:00"));
        assertThat(always.closeOf(start)).isEqualTo(shanghai.at("2026-10-03T00:00"));
        assertThat(always.closeOf(shanghai.at("2026-10-03T00:00"))).isEqualTo(shanghai.at("2026-10-03T00:00"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void shouldRefuseLessThanOneDay(int days) {
        BusinessCalendar calendar = OFFICE.calendar();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> calendar.sameTimeAfter(0, days))
                .withMessageContaining("business days are " + days);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> calendar.closeOfBusinessDayAfter(0, days))
                .withMessageContaining("business days are " + days);
    }

    private static void shouldCount(SpecBuilder builder, String start, int days, String sameTime, String close) {
        BusinessCalendar calendar = builder.calendar();
        long startNs = builder.at(start);
        assertThat(builder.local(calendar.sameTimeAfter(startNs, days))).isEqualTo(builder.local(builder.at(sameTime)));
        assertThat(builder.local(calendar.closeOfBusinessDayAfter(startNs, days)))
                .isEqualTo(builder.local(builder.at(close)));
    }
}
