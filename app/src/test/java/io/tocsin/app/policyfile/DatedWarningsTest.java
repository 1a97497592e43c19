package io.tocsin.app.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.yaml.Problem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatedWarningsTest {
    /** A Sunday; in Shanghai it is Monday already. */
    private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");

    private static List<String> warnings(Today today, String calendar, String targets) {
        String text = "version: 1\ncalendars:\n  c: {" + calendar + "}\npolicies:\n"
                + "- {name: a, calendar: c, targets: {" + targets + "}}\n";
        PolicyResult result = PolicyFile.check(text, today);
        assertThat(result).as(() -> "result of\n" + text).isInstanceOf(PolicyResult.Valid.class);
        return ((PolicyResult.Valid) result)
                .warnings().stream().map(Problem::toString).toList();
    }

    private static List<String> today(String calendar, String targets) {
        return warnings(new Today(NOW), calendar, targets);
    }

    private static final String WEEK = "hours: {mon-fri: [\"09:00-18:00\"]}, ";
    private static final String ANY = "resolution: 1h";

    @Test
    void shouldWarnOfHolidaysThatLieInThePastOnly() {
        assertThat(today(WEEK + "holidays: [\"2026-01-01\", \"2025-12-24..2025-12-31\"]", ANY))
                .containsExactly("3:52: calendars.c.holidays: lie in the past only, the last on 2026-01-01;"
                        + " add those to come");
    }

    @Test
    void shouldWarnOfExceptionsThatLieInThePastOnly() {
        assertThat(today(WEEK + "exceptions: {\"2026-10-10\": [\"09:00-18:00\"], \"2026-11-21\": []}", ANY))
                .containsExactly("3:54: calendars.c.exceptions: lie in the past only, the last on 2026-11-21;"
                        + " add those to come");
    }

    @Test
    void shouldNotWarnOfDatesWhenOneIsTodayOrToComeOrOfEveryYear() {
        assertThat(today(WEEK + "holidays: [\"2026-01-01\", \"2026-11-22\"]", ANY))
                .isEmpty();
        assertThat(today(WEEK + "holidays: [\"2026-01-01..2026-11-23\"]", ANY)).isEmpty();
        assertThat(today(WEEK + "holidays: [\"2026-01-01\", \"12-25\"]", ANY)).isEmpty();
        assertThat(today(WEEK + "exceptions: {\"2025-01-01\": [], \"2026-11-22\": []}", ANY))
                .isEmpty();
        assertThat(today(WEEK + "holidays: [], exceptions: {}", ANY)).isEmpty();
    }

    @Test
    void shouldTakeTodayInTheCalendarsZone() {
        String holidays = "holidays: [\"2026-11-22\"]";
        assertThat(today(WEEK + "timezone: UTC, " + holidays, ANY)).isEmpty();
        assertThat(today(WEEK + "timezone: Asia/Shanghai, " + holidays, ANY)).hasSize(1);
    }

    @Test
    void shouldSayNothingOfThePastWithoutADate() {
        String past = WEEK + "holidays: [\"1999-01-01\"], exceptions: {\"1999-01-02\": []}";
        assertThat(warnings(Today.NONE, past, ANY)).isEmpty();
        assertThat(today(past, ANY)).hasSize(2);
    }

    /** Closed for good but for two days, of which today has nine hours and the other one six. */
    private static final String ALMOST_CLOSED = WEEK + "holidays: [\"2000-01-01..2199-12-31\"], exceptions:"
            + " {\"2026-11-22\": [\"10:00-19:00\"], \"2027-01-02\": [\"10:00-16:00\"]}";

    @Test
    void shouldWarnOfADurationThatIsLongerThanAllOpeningsAhead() {
        assertThat(today(ALMOST_CLOSED, "resolution: 15h")).isEmpty();
        assertThat(today(ALMOST_CLOSED, "first_response: 1h, resolution: {target: 15h1m}"))
                .containsExactly(
                        "5:77: policies[0].targets.resolution.target: is never due: the calendar \"c\" opens for 15h in"
                                + " all from 2026-11-22, to the end of 2199");
    }

    @Test
    void shouldWarnOfMoreBusinessDaysThanThereAreAhead() {
        assertThat(today(ALMOST_CLOSED, "resolution: 1bd")).isEmpty();
        assertThat(today(ALMOST_CLOSED, "resolution: 2bd"))
                .containsExactly("5:48: policies[0].targets.resolution: is never due: the calendar \"c\" opens on 1 day"
                        + " after 2026-11-22, to the end of 2199");
    }

    @Test
    void shouldWarnWhenEveryOpeningLiesInThePast() {
        String past = WEEK + "holidays: [\"2000-01-01..2199-12-31\"], exceptions: {\"2026-11-20\": [\"09:00-18:00\"]}";
        assertThat(today(past, "resolution: 1s"))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("opens for 0s in all from 2026-11-22"));
        assertThat(today(past, "resolution: 1bd"))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("opens on 0 days after 2026-11-22"));
    }

    @Test
    void shouldCountAShiftThatRunsFromYesterdayIntoToday() {
        String night = WEEK + "holidays: [\"2000-01-01..2199-12-31\"], exceptions: {\"2026-11-21\": [\"22:00-06:00\"],"
                + " \"2026-11-30\": []}";
        assertThat(today(night, "resolution: 8h")).isEmpty();
        assertThat(today(night, "resolution: 9h")).hasSize(1);
    }

    @Test
    void shouldCountFromTheFirstDayThereIsWithoutADate() {
        String closedSince1970 = "hours: {sat: [\"09:00-10:00\"]}, holidays: [\"1970-01-04..2199-12-31\"]";
        assertThat(warnings(Today.NONE, closedSince1970, "resolution: 1h")).isEmpty();
        assertThat(warnings(Today.NONE, closedSince1970, "resolution: 2h"))
                .singleElement()
                .asString()
                .endsWith("opens for 1h in all from 1970-01-01, to the end of 2199");
    }

    @Test
    void shouldNotWarnOfOrdinaryTargetsNorOfTheCalendarThatNeverCloses() {
        assertThat(today(WEEK + "holidays: [\"12-25\"]", "first_response: 40h, resolution: 250bd"))
                .isEmpty();
        assertThat(today(
                        WEEK + "holidays: [\"12-25\"]",
                        "resolution: 1h, first_response: {target: 3650d, calendar: 24x7}"))
                .isEmpty();
        assertThat(today(
                        WEEK + "holidays: [\"12-25\"]",
                        "resolution: 1h, first_response: {target: 3650bd, calendar: 24x7}"))
                .isEmpty();
    }
}
