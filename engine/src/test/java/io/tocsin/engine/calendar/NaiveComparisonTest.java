package io.tocsin.engine.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Thousands of seeded calendars, asked the same questions as the plain model. A failure names its seed. */
class NaiveComparisonTest {
    private static final int SEEDS = 2_000;
    private static final int QUESTIONS = 8;
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long DAY_NS = 24 * HOUR_NS;

    private int plusCompared;

    @Test
    void shouldAnswerAsThePlainModelDoes() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            compare(seed);
        }
        assertThat(plusCompared).as("sums within the horizon").isGreaterThan(SEEDS * QUESTIONS / 2);
    }

    private void compare(long seed) {
        RandomSpecs specs = new RandomSpecs(seed);
        BusinessCalendar calendar = new BusinessCalendar(specs.spec);
        NaiveCalendar naive = new NaiveCalendar(specs.spec);
        for (int i = 0; i < QUESTIONS; i++) {
            long fromNs = instant(specs, naive);
            long toNs = instant(specs, naive);
            String question = "seed " + seed + ", " + specs.spec + ", from " + SpecBuilder.instant(fromNs);
            compareHours(question, calendar, naive, fromNs, toNs, specs.random());
            compareDays(question, calendar, naive, fromNs, specs.random());
        }
    }

    private void compareHours(
            String question, BusinessCalendar calendar, NaiveCalendar naive, long fromNs, long toNs, Random random) {
        long elapsedNs = naive.elapsedNs(fromNs, toNs);
        assertThat(calendar.elapsedNs(fromNs, toNs))
                .as("%s elapsed to %s", question, SpecBuilder.instant(toNs))
                .isEqualTo(elapsedNs);
        assertThat(calendar.isOpen(fromNs)).as("%s open", question).isEqualTo(naive.isOpen(fromNs));
        long durationNs = random.nextBoolean() ? elapsedNs : (long) (random.nextDouble() * 3 * DAY_NS);
        long horizonNs = fromNs + 9 * DAY_NS;
        OptionalLong sum = naive.plusNs(fromNs, durationNs, horizonNs);
        long actualNs = calendar.plusNs(fromNs, durationNs);
        if (sum.isPresent()) {
            plusCompared++;
            assertThat(actualNs).as("%s plus %d", question, durationNs).isEqualTo(sum.getAsLong());
        } else {
            assertThat(actualNs).as("%s plus %d", question, durationNs).isGreaterThan(horizonNs);
        }
    }

    private static void compareDays(
            String question, BusinessCalendar calendar, NaiveCalendar naive, long fromNs, Random random) {
        int days = 1 + random.nextInt(10);
        assertThat(calendar.closeOf(fromNs)).as("%s close", question).isEqualTo(naive.closeOf(fromNs));
        assertThat(calendar.sameTimeAfter(fromNs, days))
                .as("%s same time after %d", question, days)
                .isEqualTo(naive.sameTimeAfter(fromNs, days));
        assertThat(calendar.closeOfBusinessDayAfter(fromNs, days))
                .as("%s close after %d", question, days)
                .isEqualTo(naive.closeOfBusinessDayAfter(fromNs, days));
    }

    /** Any nanosecond of the days around the anchor, often one at or beside an opening or a close. */
    private static long instant(RandomSpecs specs, NaiveCalendar naive) {
        LocalDate date = specs.dateNearby(3);
        Random random = specs.random();
        List<NaiveCalendar.Opening> openings = naive.openings(date);
        if (openings.isEmpty() || random.nextBoolean()) {
            return date.toEpochDay() * DAY_NS + (long) (random.nextDouble() * DAY_NS);
        }
        NaiveCalendar.Opening opening = openings.get(random.nextInt(openings.size()));
        long edgeNs = random.nextBoolean() ? opening.openNs() : opening.closeNs();
        return edgeNs + random.nextInt(3) - 1;
    }
}
