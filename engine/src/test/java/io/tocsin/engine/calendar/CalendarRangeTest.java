package io.tocsin.engine.calendar;

import static io.tocsin.engine.calendar.BusinessCalendar.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalendarRangeTest {
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long DAY_NS = 24 * HOUR_NS;
    private static final long LAST_NS = SpecBuilder.ns(Instant.parse("2262-01-01T00:00:00Z"));
    private static final SpecBuilder WEEKDAYS = SpecBuilder.in("America/New_York")
            .hours("mon", "fri", "09:00-17:00")
            .holiday("12-25");

    @Test
    void shouldAnswerTheSameWhateverWasAskedBefore() {
        Random random = new Random(20_261_122);
        BusinessCalendar grown = WEEKDAYS.calendar();
        for (int i = 0; i < 250; i++) {
            BusinessCalendar fresh = WEEKDAYS.calendar();
            long atNs = (long) (random.nextDouble() * LAST_NS);
            long durationNs = (long) (Math.pow(random.nextDouble(), 4) * 50_000 * HOUR_NS);
            int days = 1 + random.nextInt(2_000);
            assertThat(grown.plusNs(atNs, durationNs)).isEqualTo(fresh.plusNs(atNs, durationNs));
            assertThat(grown.elapsedNs(atNs - durationNs, atNs)).isEqualTo(fresh.elapsedNs(atNs - durationNs, atNs));
            assertThat(grown.sameTimeAfter(atNs, days)).isEqualTo(fresh.sameTimeAfter(atNs, days));
            assertThat(grown.closeOfBusinessDayAfter(atNs, days)).isEqualTo(fresh.closeOfBusinessDayAfter(atNs, days));
            assertThat(grown.closeOf(atNs)).isEqualTo(fresh.closeOf(atNs));
            assertThat(grown.isOpen(atNs)).isEqualTo(fresh.isOpen(atNs));
        }
    }

    @Test
    void shouldFindTheEndOfALongDurationAndMeasureItBack() {
        BusinessCalendar calendar = WEEKDAYS.calendar();
        long startNs = WEEKDAYS.at("1970-01-01T09:00");
        for (long hours = 1; hours < 500_000; hours = hours * 3 + 1) {
            long endNs = calendar.plusNs(startNs, hours * HOUR_NS);
            assertThat(calendar.elapsedNs(startNs, endNs)).isEqualTo(hours * HOUR_NS);
            assertThat(calendar.elapsedNs(startNs, endNs - 1)).isEqualTo(hours * HOUR_NS - 1);
        }
    }

    @Test
    void shouldAnswerAtOnceWhenNothingIsEverClosed() {
        BusinessCalendar always = new BusinessCalendar(CalendarSpec.always(ZoneOffset.UTC));
        assertThat(always.name()).isEqualTo("24x7");
        assertThat(always.elapsedNs(5, 12)).isEqualTo(7);
        assertThat(always.elapsedNs(12, 5)).isZero();
        assertThat(always.plusNs(5, 7)).isEqualTo(12);
        assertThat(always.isOpen(5)).isTrue();
    }

    @Test
    void shouldNotBeFooledByAWholeWeekWithAHoliday() {
        SpecBuilder almost =
                SpecBuilder.in("UTC").hours("mon", "sun", "00:00-24:00").holiday("2026-05-01");
        assertThat(almost.calendar().elapsedNs(almost.at("2026-04-30T12:00"), almost.at("2026-05-02T12:00")))
                .isEqualTo(DAY_NS);
        SpecBuilder shortened =
                SpecBuilder.in("UTC").hours("mon", "sun", "00:00-24:00").exception("2026-05-01");
        assertThat(shortened.calendar().isOpen(shortened.at("2026-05-01T12:00")))
                .isFalse();
    }

    @Test
    void shouldSaturateBeyondTheRange() {
        for (BusinessCalendar calendar : both()) {
            assertThat(calendar.plusNs(LAST_NS - DAY_NS, 2 * DAY_NS)).isEqualTo(NEVER);
            assertThat(calendar.plusNs(0, Long.MAX_VALUE)).isEqualTo(NEVER);
            assertThat(calendar.plusNs(Long.MAX_VALUE, 1)).isEqualTo(NEVER);
            assertThat(calendar.plusNs(0, LAST_NS + 1)).isEqualTo(NEVER);
            assertThat(calendar.sameTimeAfter(0, Integer.MAX_VALUE)).isEqualTo(NEVER);
            assertThat(calendar.sameTimeAfter(Long.MAX_VALUE, 1)).isEqualTo(NEVER);
            assertThat(calendar.closeOfBusinessDayAfter(LAST_NS - HOUR_NS, 3)).isEqualTo(NEVER);
            assertThat(calendar.closeOf(Long.MAX_VALUE)).isEqualTo(NEVER);
            assertThat(calendar.closeOf(LAST_NS + 1)).isEqualTo(NEVER);
            assertThat(calendar.isOpen(Long.MAX_VALUE)).isFalse();
            assertThat(calendar.elapsedNs(LAST_NS, Long.MAX_VALUE)).isZero();
            assertThat(calendar.elapsedNs(0, Long.MAX_VALUE)).isEqualTo(calendar.elapsedNs(0, LAST_NS));
        }
    }

    @Test
    void shouldSaturateWhenClosedDaysPushTheEndOutOfTheRange() {
        SpecBuilder builder =
                SpecBuilder.in("UTC").hours("mon", "sun", "00:00-24:00").holiday("12-31");
        BusinessCalendar calendar = builder.calendar();
        assertThat(calendar.plusNs(LAST_NS - 2 * DAY_NS, DAY_NS)).isEqualTo(LAST_NS - DAY_NS);
        assertThat(calendar.plusNs(LAST_NS - 2 * DAY_NS, DAY_NS + 1)).isEqualTo(NEVER);
    }

    @Test
    void shouldBeClosedBeforeTheRange() {
        for (BusinessCalendar calendar : both()) {
            assertThat(calendar.isOpen(-1)).isFalse();
            assertThat(calendar.elapsedNs(Long.MIN_VALUE, 0)).isZero();
            assertThat(calendar.elapsedNs(Long.MIN_VALUE, 9 * DAY_NS)).isEqualTo(calendar.elapsedNs(0, 9 * DAY_NS));
            assertThat(calendar.plusNs(-DAY_NS, 0)).isEqualTo(-DAY_NS);
            assertThat(calendar.plusNs(Long.MIN_VALUE, HOUR_NS)).isEqualTo(calendar.plusNs(0, HOUR_NS));
            assertThat(calendar.closeOf(Long.MIN_VALUE)).isEqualTo(calendar.closeOf(0));
            assertThat(calendar.sameTimeAfter(Long.MIN_VALUE, 2)).isEqualTo(calendar.sameTimeAfter(0, 2));
        }
    }

    @Test
    void shouldNeverEndWhatACalendarOfOneDateCannotHold() {
        SpecBuilder once = SpecBuilder.in("UTC").exception("2026-10-10", "09:00-18:00");
        BusinessCalendar calendar = once.calendar();
        long startNs = once.at("2020-01-01T00:00");
        assertThat(calendar.plusNs(startNs, 9 * HOUR_NS)).isEqualTo(once.at("2026-10-10T18:00"));
        assertThat(calendar.plusNs(startNs, 9 * HOUR_NS + 1)).isEqualTo(NEVER);
        assertThat(calendar.closeOf(startNs)).isEqualTo(once.at("2026-10-10T18:00"));
        assertThat(calendar.closeOf(once.at("2026-10-10T18:01"))).isEqualTo(NEVER);
        assertThat(calendar.sameTimeAfter(startNs, 1)).isEqualTo(once.at("2026-10-10T00:00"));
        assertThat(calendar.sameTimeAfter(startNs, 2)).isEqualTo(NEVER);
        assertThat(calendar.closeOfBusinessDayAfter(startNs, 2)).isEqualTo(NEVER);
    }

    @Test
    void shouldRefuseACalendarThatNeverOpens() {
        shouldRefuse(SpecBuilder.in("UTC"));
        shouldRefuse(SpecBuilder.in("UTC").exception("2026-10-10"));
        shouldRefuse(SpecBuilder.in("UTC").hours("mon", "sun", "09:00-17:00").holiday("1900-01-01..2300-01-01"));
        shouldRefuse(SpecBuilder.in("Europe/Berlin").exception("2026-03-29", "02:00-03:00"));
    }

    @Test
    void shouldRefuseANegativeDuration() {
        BusinessCalendar calendar = WEEKDAYS.calendar();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> calendar.plusNs(0, -1))
                .withMessageContaining("-1 ns");
    }

    private static void shouldRefuse(SpecBuilder builder) {
        assertThatIllegalArgumentException()
                .isThrownBy(builder::calendar)
                .withMessageContaining("calendar 'office' never opens");
    }

    private static BusinessCalendar[] both() {
        return new BusinessCalendar[] {WEEKDAYS.calendar(), new BusinessCalendar(CalendarSpec.always(ZoneOffset.UTC))};
    }
}
