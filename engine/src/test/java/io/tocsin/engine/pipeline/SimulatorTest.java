package io.tocsin.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.pipeline.SimulationHistory.Seen;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The whole core with its journals, snapshots and egress, driven from a seed on one thread while processes die, the power
 * is cut, devices fail and clocks jump; see docs/simulator.md for what is simulated, what is checked, and how to run more
 * seeds or one again.
 */
class SimulatorTest {
    /** So many seeds see everything there is to see. */
    private static final int FIXED_SEEDS = 150;

    private static final int LINES_OF_A_FAILURE = 60;

    private static final long FIRST = Long.getLong("tocsin.simulator.first", 1);
    private static final long SEEDS = Long.getLong("tocsin.simulator.seeds", FIXED_SEEDS);
    private static final long MINUTES = Long.getLong("tocsin.simulator.minutes", 0);

    @Test
    void shouldKeepItsPromisesWhateverHappens() {
        Map<Seen, Long> seen = new EnumMap<>(Seen.class);
        long endNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        long seed = FIRST;
        SimulationHistory last = new SimulationHistory();
        while (MINUTES > 0 ? System.nanoTime() < endNs : seed < FIRST + SEEDS) {
            last = simulate(seed++);
            last.addTo(seen);
        }
        if (SEEDS == 1) {
            System.out.println(last.text());
        }
        if (SEEDS != FIXED_SEEDS || MINUTES > 0) {
            System.out.println("simulated seeds " + FIRST + " to " + (seed - 1) + ": " + seen);
        }
        if (seed - FIRST >= FIXED_SEEDS) {
            assertThat(seen).containsOnlyKeys(Seen.values());
        }
    }

    @Test
    void shouldDoTheSameForTheSameSeed() {
        assertThat(simulate(FIRST).text()).isEqualTo(simulate(FIRST).text());
    }

    /** What came of a seed that went well. */
    static SimulationHistory simulate(long seed) {
        SimulationHistory history = new SimulationHistory();
        try {
            new SimulatedWorld(seed, history).run();
            return history;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e.getMessage() + "\n" + history.text(LINES_OF_A_FAILURE)
                            + "again: mvn -B -q -o -pl engine test -Dtest=SimulatorTest -Dtocsin.simulator.seeds=1"
                            + " -Dtocsin.simulator.first=" + seed,
                    e);
        }
    }
}
