package io.tocsin.engine.core;

import static io.tocsin.engine.core.ClockDraft.clock;
import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.policy.ClockDefinition.Reopen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The grammar of a clock: what each of its lists and settings does. */
class ClockGrammarTest {
    private static Scenario deskWith(ClockDraft draft) {
        return new Scenario(policies(List.of(draft.define()), policy("all", Map.of("visit", target("1h")))));
    }

    @Nested
    class WhenOneEventIsInSeveralLists {
        @Test
        void shouldPauseTheCycleThatTheSameEventBegan() {
            Scenario desk =
                    deskWith(clock("visit").start("opened").restart("moved").pause("moved"));

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "moved").now("10:30");

            assertThat(desk.cycles("T1", "visit"))
                    .containsExactly("1 stopped 10m of 1h due 11:00", "2 paused 0s of 1h due never");
        }

        @Test
        void shouldLetTheCycleThatTheSameEventBeganRunOnlyOnce() {
            Scenario desk =
                    deskWith(clock("visit").start("opened").restart("reopened").reopen(Reopen.CONTINUE));

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "reopened").now("10:30");

            assertThat(desk.cycles("T1", "visit"))
                    .containsExactly("1 stopped 10m of 1h due 11:00", "2 running 20m of 1h due 11:10");
        }
    }
}
