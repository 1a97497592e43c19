package io.tocsin.engine.core;

import static org.assertj.core.api.Assertions.fail;

import io.tocsin.engine.core.NaiveRun.Failure;
import io.tocsin.engine.core.NaiveSla.Event;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.PolicySet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine and its naive twin, told the same, say the same. {@code -Dtocsin.twin.events=1000000} tells them more,
 * {@code -Dtocsin.twin.seed=1000} begins elsewhere.
 */
class NaiveSlaTest {
    private static final int EVENTS = Integer.getInteger("tocsin.twin.events", 30_000);
    private static final int FIRST_SEED = Integer.getInteger("tocsin.twin.seed", 1);
    private static final int STEPS = 200;
    /** An ordinary Monday, two weekends on which clocks change, and the turn of the year. */
    private static final List<String> STARTS =
            List.of("2026-11-23T08:00:00Z", "2026-10-23T08:00:00Z", "2027-03-26T08:00:00Z", "2026-12-30T08:00:00Z");

    @Test
    void shouldSayWhatTheTwinSays() {
        for (int seed = FIRST_SEED; seed <= FIRST_SEED + EVENTS / STEPS; seed++) {
            new Story(seed).check();
        }
    }

    /**
     * 10,235: a late stop in the pause of a clock that was cancelled later in it. 20,757: a stop out of a pause, then a
     * reopening.
     */
    @ParameterizedTest
    @ValueSource(longs = {10_235, 20_757})
    void shouldSayWhatTheTwinSaysInStreamsThatOnceFailed(long seed) {
        new Story(seed).check();
    }

    /** What one seed makes of it. */
    private static final class Story {
        private final long seed;
        private final long startNs;
        private final int rememberedIds;
        private final PolicySet policies;
        private final List<NaiveStep> steps = new ArrayList<>();

        Story(long seed) {
            this.seed = seed;
            Random random = new Random(seed);
            startNs = Instant.parse(STARTS.get(random.nextInt(STARTS.size()))).getEpochSecond() * 1_000_000_000L;
            rememberedIds = random.nextInt(3) == 0 ? 5 : 1_000_000;
            RandomStream stream = new RandomStream(seed, startNs);
            policies = stream.policies;
            boolean replaced = random.nextBoolean();
            boolean overtakes = random.nextInt(4) == 0;
            for (int i = 0; i < STEPS; i++) {
                if (replaced && stream.oneIn(60)) {
                    steps.add(new NaiveStep.Use(stream.nextPolicies(), stream.idle()));
                } else if (stream.oneIn(20)) {
                    steps.add(new NaiveStep.Advance(stream.idle()));
                } else if (overtakes && stream.oneIn(3)) {
                    steps.add(new NaiveStep.Overtake(
                            stream.next(), stream.random().nextInt(3)));
                } else {
                    steps.add(new NaiveStep.Happen(stream.next()));
                }
            }
        }

        void check() {
            Failure failure = find(steps);
            if (failure != null) {
                List<NaiveStep> fewest = fewest(steps.subList(0, failure.steps()));
                Failure last = find(fewest);
                fail(
                        text(fewest) + "\n"
                                + (last == null ? failure : last).what().getMessage(),
                        (last == null ? failure : last).what());
            }
        }

        /** The shortest beginning that fails, without the steps that do not matter. */
        private List<NaiveStep> fewest(List<NaiveStep> failing) {
            List<NaiveStep> fewest = new ArrayList<>(failing);
            for (int size = fewest.size() / 2; size > 0; size /= 2) {
                for (int from = fewest.size() - size; from >= 0; from -= size) {
                    List<NaiveStep> fewer = new ArrayList<>(fewest);
                    fewer.subList(from, Math.min(from + size, fewer.size())).clear();
                    if (find(fewer) != null) {
                        fewest = fewer;
                        from = Math.min(from, fewest.size());
                    }
                }
            }
            return fewest;
        }

        @Nullable
        private Failure find(List<NaiveStep> some) {
            return NaiveRun.find(policies, rememberedIds, startNs, some);
        }

        private String text(List<NaiveStep> some) {
            StringBuilder text = new StringBuilder("seed " + seed + "\n" + text(policies));
            for (NaiveStep step : some) {
                if (step instanceof NaiveStep.Happen happen) {
                    Event event = happen.event();
                    text.append("\n  arrived ").append(Scenario.time(event.arrivalNs()));
                    text.append(" at ")
                            .append(Scenario.time(event.atNs()))
                            .append(' ')
                            .append(event.ticket());
                    text.append(' ').append(event.type()).append(' ').append(event.attributes());
                    text.append(' ').append(event.id());
                } else if (step instanceof NaiveStep.Overtake overtake) {
                    text.append("\n  behind ").append(overtake);
                } else if (step instanceof NaiveStep.Use use) {
                    text.append("\n  use at ").append(Scenario.time(use.atNs())).append(text(use.policies()));
                } else if (step instanceof NaiveStep.Advance advance) {
                    text.append("\n  advance to ").append(Scenario.time(advance.toNs()));
                }
            }
            return text.toString();
        }

        private static String text(PolicySet policies) {
            StringBuilder text = new StringBuilder();
            for (ClockDefinition clock : policies.clocks()) {
                text.append("\n  ").append(clock);
            }
            policies.policies().forEach(policy -> text.append("\n  ").append(policy));
            policies.calendars().forEach(calendar -> text.append("\n  ").append(calendar));
            return text.toString();
        }
    }
}
