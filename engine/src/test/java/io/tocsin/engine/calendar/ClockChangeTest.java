package io.tocsin.engine.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockChangeTest {
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-28T00:00, 2026-03-29T00:00, PT24H",
        "Europe/Berlin, 2026-03-29T00:00, 2026-03-30T00:00, PT23H",
        "Europe/Berlin, 2026-10-25T00:00, 2026-10-26T00:00, PT25H",
        "America/Sao_Paulo, 2017-10-14T00:00, 2017-10-16T00:00, PT47H",
        "America/Sao_Paulo, 2018-02-17T00:00, 2018-02-18T00:00, PT25H",
        "Asia/Tehran, 2021-03-21T00:00, 2021-03-23T00:00, PT47H",
        "Asia/Tehran, 2021-09-21T00:00, 2021-09-22T00:00, PT25H",
        "Australia/Lord_Howe, 2026-10-04T00:00, 2026-10-05T00:00, PT23H30M",
        "Australia/Lord_Howe, 2026-04-05T00:00, 2026-04-06T00:00, PT24H30M",
        "Pacific/Apia, 2011-12-29T00:00, 2012-01-01T00:00, PT48H",
    })
    void shouldJoinWholeDaysWithoutHoleOrOverlap(String zone, String from, String to, Duration expected) {
        // The holiday keeps the calendar from being always open.
        SpecBuilder wholeDays =
                SpecBuilder.in(zone).hours("mon", "sun", "00:00-24:00").holiday("06-15");
        assertThat(elapsed(wholeDays, from, to)).isEqualTo(expected);
        assertThat(SpecBuilder.instant(wholeDays.calendar().plusNs(wholeDays.at(from), expected.toNanos())))
                .isEqualTo(SpecBuilder.instant(wholeDays.at(to)));
    }

    @ParameterizedTest
    @CsvSource({
        "22:00-06:00, 2026-03-28T12:00, 2026-03-29T12:00, PT7H",
        "22:00-06:00, 2026-10-24T12:00, 2026-10-25T12:00, PT9H",
        // Skipped times move on by the gap of an hour; what ends up empty or negative vanishes.
        "02:15-02:45, 2026-03-29T03:15, 2026-03-29T03:45, PT30M",
        "02:15-02:45, 2026-03-29T00:00, 2026-03-30T00:00, PT30M",
        "02:30-03:00, 2026-03-29T00:00, 2026-03-30T00:00, PT0S",
        "02:30-03:30, 2026-03-29T00:00, 2026-03-30T00:00, PT0S",
        "01:30-02:30, 2026-03-29T00:00, 2026-03-30T00:00, PT1H",
        // Repeated times mean their earlier instant.
        "02:15-02:45, 2026-10-25T02:15:00+02:00, 2026-10-25T02:45:00+02:00, PT30M",
        "02:15-02:45, 2026-10-25T00:00, 2026-10-26T00:00, PT30M",
        "02:30-03:00, 2026-10-25T00:00, 2026-10-26T00:00, PT1H30M",
    })
    void shouldMeasureAShiftAcrossAClockChangeAsLongAsItReallyWas(
            String shift, String from, String to, Duration expected) {
        SpecBuilder berlin = SpecBuilder.in("Europe/Berlin").hours("mon", "sun", shift);
        long openNs = berlin.calendar().elapsedNs(berlin.at(from), berlin.at(to));
        assertThat(Duration.ofNanos(openNs)).isEqualTo(expected);
    }

    @Test
    void shouldMergeShiftsThatAGapMovesOntoEachOther() {
        // 01:00-02:50 closes at 03:50 of the new time, over 03:00-03:20 and 02:55-03:10, which is negative.
        SpecBuilder berlin =
                SpecBuilder.in("Europe/Berlin").hours("sun", "sun", "01:00-02:50", "02:55-03:10", "03:15-03:20");
        assertThat(elapsed(berlin, "2026-03-29T00:00", "2026-03-30T00:00")).isEqualTo(Duration.ofMinutes(110));
        assertThat(berlin.local(berlin.calendar().closeOf(berlin.at("2026-03-29T03:30"))))
                .isEqualTo("2026-03-29T03:50+02:00[Europe/Berlin]");
    }

    @ParameterizedTest
    @CsvSource({
        // A day that opens at a skipped midnight opens at 01:00; the day before closes at that same instant.
        "2017-10-14, 2017-10-15T12:00, 2017-10-15T03:00:00Z, false, true",
        "2017-10-15, 2017-10-14T12:00, 2017-10-15T03:00:00Z, true, false",
    })
    void shouldTurnTheDayWhenASkippedMidnightEnds(
            String holiday, String openAt, String turn, boolean openBefore, boolean openFrom) {
        SpecBuilder saoPaulo = SpecBuilder.in("America/Sao_Paulo")
                .hours("mon", "sun", "00:00-24:00")
                .holiday(holiday);
        BusinessCalendar calendar = saoPaulo.calendar();
        assertThat(calendar.isOpen(saoPaulo.at(openAt))).isTrue();
        assertThat(calendar.isOpen(saoPaulo.at(turn) - 1)).isEqualTo(openBefore);
        assertThat(calendar.isOpen(saoPaulo.at(turn))).isEqualTo(openFrom);
    }

    @Test
    void shouldOpenWhatIsWrittenForASkippedDateOnTheNext() {
        // Samoa had no 2011-12-30, a Friday. As ZonedDateTime does, its times move on by the 24 hours skipped.
        SpecBuilder apia = SpecBuilder.in("Pacific/Apia").hours("mon", "fri", "09:00-17:00");
        assertThat(elapsed(apia, "2011-12-29T17:00", "2012-01-02T09:00")).isEqualTo(Duration.ofHours(8));
        assertThat(apia.calendar().isOpen(apia.at("2011-12-31T09:00"))).isTrue();
        assertThat(apia.calendar().sameTimeAfter(apia.at("2011-12-29T10:00"), 1))
                .isEqualTo(apia.at("2011-12-31T10:00"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-28T02:30, 2026-03-29T03:30:00+02:00",
        "2026-03-27T02:30, 2026-03-28T02:30:00+01:00",
        "2026-10-24T02:30, 2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00, 2026-10-26T02:30:00+01:00",
    })
    void shouldResolveTheSameTimeOfDayAsZonedDateTimeDoes(String start, String expected) {
        SpecBuilder berlin = SpecBuilder.in("Europe/Berlin").hours("mon", "sun", "09:00-17:00");
        assertThat(berlin.calendar().sameTimeAfter(berlin.at(start), 1)).isEqualTo(berlin.at(expected));
    }

    @Test
    void shouldNotTakeADateForABusinessDayWhoseOnlyShiftVanishes() {
        SpecBuilder berlin = SpecBuilder.in("Europe/Berlin").hours("mon", "sun", "02:30-03:00");
        assertThat(berlin.calendar().sameTimeAfter(berlin.at("2026-03-28T12:00"), 1))
                .isEqualTo(berlin.at("2026-03-30T12:00"));
    }

    private static Duration elapsed(SpecBuilder builder, String from, String to) {
        return Duration.ofNanos(builder.calendar().elapsedNs(builder.at(from), builder.at(to)));
    }
}
