package io.tocsin.engine.core;

import static io.tocsin.engine.core.ClockDraft.clock;
import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.policy.BuiltInClocks;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.ClockDefinition.Reopen;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The grammar of a clock: what each of its lists and settings does. */
class ClockGrammarTest {
    /** A promise of an hour for each clock. */
    private static Scenario deskWith(ClockDraft... drafts) {
        Map<String, Target> targets = new HashMap<>();
        List<ClockDefinition> clocks = new ArrayList<>();
        for (ClockDraft draft : drafts) {
            clocks.add(draft.define());
            targets.put(draft.define().name(), target("1h"));
        }
        return new Scenario(policies(clocks, policy("all", targets)));
    }

    @Nested
    class Types {
        @Test
        void shouldMoveAClockByTypesOfItsOwn() {
            Scenario desk = deskWith(clock("visit").start("visit.booked").stop("visit.done"));

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "visit.booked").on("10:30", "T1", "visit.done");

            assertThat(desk.cycles("T1", "visit")).containsExactly("1 stopped 20m of 1h due 11:10");
        }

        @Test
        void shouldStartByAnyOfItsStarts() {
            Scenario desk = deskWith(clock("visit").start("booked", "promised"));

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "promised").on("10:20", "T1", "booked");

            assertThat(desk.cycles("T1", "visit")).containsExactly("1 running 10m of 1h due 11:10");
        }

        @Test
        void shouldNotBeMovedByAnotherOpeningOfAKnownTicket() {
            Scenario desk = deskWith(clock("visit").start("opened").restart("opened"));

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "opened");

            assertThat(desk.cycles("T1", "visit")).containsExactly("1 running 10m of 1h due 11:00");
        }

        @Test
        void shouldMoveABuiltInClockAsTheFileChangesIt() {
            Scenario desk = new Scenario(policies(
                    List.of(clock("first_response")
                            .start("opened")
                            .stop("assigned")
                            .define()),
                    policy("all", Map.of("first_response", target("1h")))));

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "responded").on("10:20", "T1", "assigned");

            assertThat(desk.cycles("T1", "first_response")).containsExactly("1 stopped 20m of 1h due 11:00");
        }
    }

    @Nested
    class WhenThereAreConditions {
        private final Condition byHuman = is("by", "human");

        @Test
        void shouldStopOnlyWhenTheConditionsHold() {
            Scenario desk = deskWith(clock("visit").start("opened").stopWhen("responded", byHuman));

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "responded", "by=bot");
            assertThat(desk.clock("T1", "visit")).isEqualTo("running 10m of 1h due 11:00");
            desk.on("10:20", "T1", "responded", "by=human");

            assertThat(desk.clock("T1", "visit")).isEqualTo("stopped 20m of 1h due 11:00");
        }

        @Test
        void shouldTestTheTicketsAttributesWhereTheEventHasNone() {
            Scenario desk = deskWith(clock("visit").start("opened").stopWhen("responded", byHuman));

            desk.on("10:00", "T1", "opened", "by=human").on("10:10", "T1", "responded");

            assertThat(desk.clock("T1", "visit")).isEqualTo("stopped 10m of 1h due 11:00");
        }

        @Test
        void shouldTestTheEventsAttributesOverTheTickets() {
            Scenario desk = deskWith(clock("visit").start("opened").stopWhen("responded", byHuman));

            desk.on("10:00", "T1", "opened", "by=human").on("10:10", "T1", "responded", "by=bot");

            assertThat(desk.clock("T1", "visit")).isEqualTo("running 10m of 1h due 11:00");
        }

        @Test
        void shouldNotSeeAnAttributeThatTheEventRemoves() {
            Scenario desk = deskWith(clock("visit").start("opened").stopWhen("responded", byHuman));

            desk.on("10:00", "T1", "opened", "by=human").on("10:10", "T1", "responded", "by=");

            assertThat(desk.clock("T1", "visit")).isEqualTo("running 10m of 1h due 11:00");
        }

        @Test
        void shouldAskForAllConditionsOfAnElement() {
            Scenario desk = deskWith(clock("visit").start("opened").stopWhen("responded", byHuman, is("tier", "gold")));

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "responded", "by=human");
            assertThat(desk.clock("T1", "visit")).isEqualTo("running 10m of 1h due 11:00");
            desk.on("10:20", "T1", "responded", "tier=gold");

            assertThat(desk.clock("T1", "visit")).isEqualTo("stopped 20m of 1h due 11:00");
        }

        @Test
        void shouldTakeAnyOfSeveralElementsOfOneType() {
            Scenario desk = deskWith(clock("visit")
                    .start("opened")
                    .stopWhen("responded", byHuman)
                    .stopWhen("responded", is("tier", "gold")));

            desk.on("10:00", "T1", "opened", "tier=gold").on("10:10", "T1", "responded", "by=bot");

            assertThat(desk.clock("T1", "visit")).isEqualTo("stopped 10m of 1h due 11:00");
        }

        @Test
        void shouldMatchAsPoliciesDo() {
            Scenario desk = deskWith(clock("visit")
                    .startWhen("opened", new Condition("stage", Condition.Test.PRESENT, List.of()))
                    .stopWhen("responded", new Condition("by", Condition.Test.NONE_OF, List.of("bot"))));

            desk.on("10:00", "T1", "opened").on("10:00", "T2", "opened", "stage=a");
            desk.on("10:10", "T2", "responded", "by=bot");
            assertThat(desk.cycles("T1", "visit")).isEmpty();
            assertThat(desk.clock("T2", "visit")).isEqualTo("running 10m of 1h due 11:00");
            desk.on("10:20", "T2", "responded", "by=");

            assertThat(desk.clock("T2", "visit")).isEqualTo("stopped 20m of 1h due 11:00");
        }
    }

    @Nested
    class Repeat {
        @Test
        void shouldNotBeginAnotherCycleWithoutIt() {
            Scenario desk = deskWith(clock("visit").start("booked").stop("done"));

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "booked").on("10:20", "T1", "done");
            desk.on("10:30", "T1", "booked");

            assertThat(desk.cycles("T1", "visit")).containsExactly("1 stopped 10m of 1h due 11:10");
        }

        @Test
        void shouldBeginAnotherCycleAfterAStopOrACancellation() {
            Scenario desk = deskWith(clock("visit")
                    .start("booked")
                    .stop("done")
                    .cancel("called_off")
                    .repeating());

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "booked").on("10:20", "T1", "done");
            desk.on("10:30", "T1", "booked").on("10:40", "T1", "called_off").on("10:50", "T1", "booked");

            assertThat(desk.cycles("T1", "visit"))
                    .containsExactly(
                            "1 stopped 10m of 1h due 11:10",
                            "2 cancelled 10m of 1h due 11:30",
                            "3 running 0s of 1h due 11:50");
        }

        @Test
        void shouldNotBeginAnotherCycleWhileOneIsPaused() {
            Scenario desk =
                    deskWith(clock("visit").start("booked").pause("held").repeating());

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "booked").on("10:20", "T1", "held");
            desk.on("10:30", "T1", "booked");

            assertThat(desk.cycles("T1", "visit")).containsExactly("1 paused 10m of 1h due never");
        }

        @Test
        void shouldRestartWithoutIt() {
            Scenario desk = deskWith(clock("visit").start("booked").restart("moved"));

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "booked").on("10:20", "T1", "moved");

            assertThat(desk.cycles("T1", "visit"))
                    .containsExactly("1 stopped 10m of 1h due 11:10", "2 running 0s of 1h due 11:20");
        }

        @Test
        void shouldNotRestartWhatIsNotOpen() {
            Scenario desk = deskWith(
                    clock("visit").start("booked").stop("done").restart("moved").repeating());

            desk.on("10:00", "T1", "opened").on("10:05", "T1", "moved");
            assertThat(desk.cycles("T1", "visit")).isEmpty();
            desk.on("10:10", "T1", "booked").on("10:20", "T1", "done").on("10:30", "T1", "moved");

            assertThat(desk.cycles("T1", "visit")).containsExactly("1 stopped 10m of 1h due 11:10");
        }
    }

    @Nested
    class WhenReopened {
        private Scenario reopened(Reopen reopen) {
            return deskWith(clock("visit")
                            .start("opened")
                            .stop("resolved")
                            .cancel("spam")
                            .reopen(reopen))
                    .on("10:00", "T1", "opened")
                    .on("10:10", "T1", "resolved")
                    .on("10:30", "T1", "reopened")
                    .now("10:40");
        }

        @Test
        void shouldRunOnWithoutTheTimeSinceTheStop() {
            assertThat(reopened(Reopen.CONTINUE).cycles("T1", "visit"))
                    .containsExactly("1 running 20m of 1h due 11:20");
        }

        @Test
        void shouldBeginANewCycle() {
            assertThat(reopened(Reopen.RESTART).cycles("T1", "visit"))
                    .containsExactly("1 stopped 10m of 1h due 11:00", "2 running 10m of 1h due 11:30");
        }

        @Test
        void shouldDoNothing() {
            assertThat(reopened(Reopen.IGNORE).cycles("T1", "visit")).containsExactly("1 stopped 10m of 1h due 11:00");
        }

        @ParameterizedTest
        @EnumSource(Reopen.class)
        void shouldDoNothingToAClockThatWasCancelledOrStillRuns(Reopen reopen) {
            Scenario desk = deskWith(clock("visit")
                    .start("opened")
                    .stop("resolved")
                    .cancel("spam")
                    .reopen(reopen));

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "reopened");
            assertThat(desk.cycles("T1", "visit")).containsExactly("1 running 10m of 1h due 11:00");
            desk.on("10:20", "T1", "spam").on("10:30", "T1", "reopened");

            assertThat(desk.cycles("T1", "visit")).containsExactly("1 cancelled 20m of 1h due 11:00");
        }

        @Test
        void shouldBeginANewCycleAtTheStopWhenTheReopeningLiesBeforeIt() {
            Scenario desk =
                    deskWith(clock("visit").start("opened").stop("resolved").reopen(Reopen.RESTART));

            desk.on("10:00", "T1", "opened").on("10:20", "T1", "resolved").late("10:30", "10:10", "T1", "reopened");

            assertThat(desk.cycles("T1", "visit"))
                    .containsExactly("1 stopped 20m of 1h due 11:00", "2 running 10m of 1h due 11:20");
        }
    }

    @Nested
    class UnlessRunning {
        private final Scenario desk = deskWith(
                clock("repair").start("opened").stop("repaired").pause("held").resume("released"),
                clock("visit").start("booked").unlessRunning("repair"));

        @Test
        void shouldNotStartWhileTheOtherRuns() {
            desk.on("10:00", "T1", "opened").on("10:10", "T1", "booked");

            assertThat(desk.cycles("T1", "visit")).isEmpty();
        }

        @Test
        void shouldStartWhenTheOtherHasStopped() {
            desk.on("10:00", "T1", "opened").on("10:10", "T1", "repaired").on("10:20", "T1", "booked");

            assertThat(desk.cycles("T1", "visit")).containsExactly("1 running 0s of 1h due 11:20");
        }

        @Test
        void shouldStartWhileTheOtherIsPausedAndStayWhenItRunsAgain() {
            desk.on("10:00", "T1", "opened").on("10:10", "T1", "held").on("10:20", "T1", "booked");

            desk.on("10:30", "T1", "released").now("10:40");

            assertThat(desk.cycles("T1", "visit")).containsExactly("1 running 20m of 1h due 11:20");
        }

        @Test
        void shouldNotStartWhileAnyOfSeveralRuns() {
            Scenario several = new Scenario(policies(
                    List.of(
                            BuiltInClocks.FIRST_RESPONSE,
                            BuiltInClocks.RESOLUTION,
                            clock("visit")
                                    .start("booked")
                                    .unlessRunning("first_response", "resolution")
                                    .define()),
                    policy(
                            "all",
                            Map.of(
                                    "first_response",
                                    target("1h"),
                                    "resolution",
                                    target("4h"),
                                    "visit",
                                    target("1h")))));

            several.on("10:00", "T1", "opened").on("10:10", "T1", "responded").on("10:20", "T1", "booked");
            assertThat(several.cycles("T1", "visit")).isEmpty();
            several.on("10:30", "T1", "resolved").on("10:40", "T1", "booked");

            assertThat(several.cycles("T1", "visit")).containsExactly("1 running 0s of 1h due 11:40");
        }
    }

    /** Cancel, then stop, then restart, then pause or resume, then start. */
    @Nested
    class WhenOneEventIsInSeveralLists {
        @Test
        void shouldCancelBeforeItStops() {
            Scenario desk = deskWith(clock("visit").start("opened").stop("left").cancel("left"));

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "left");

            assertThat(desk.cycles("T1", "visit")).containsExactly("1 cancelled 10m of 1h due 11:00");
        }

        @Test
        void shouldStopBeforeItRestarts() {
            Scenario desk =
                    deskWith(clock("visit").start("opened").stop("moved").restart("moved"));

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "moved");

            assertThat(desk.cycles("T1", "visit")).containsExactly("1 stopped 10m of 1h due 11:00");
        }

        @Test
        void shouldStopBeforeItStarts() {
            Scenario desk = deskWith(
                    clock("visit").start("opened", "moved").stop("moved").repeating());

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "moved");

            assertThat(desk.cycles("T1", "visit"))
                    .containsExactly("1 stopped 10m of 1h due 11:00", "2 running 0s of 1h due 11:10");
        }

        @Test
        void shouldRestartAndNotStartAsWell() {
            Scenario desk = deskWith(
                    clock("visit").start("opened", "moved").restart("moved").repeating());

            desk.on("10:00", "T1", "opened").on("10:10", "T1", "moved");

            assertThat(desk.cycles("T1", "visit"))
                    .containsExactly("1 stopped 10m of 1h due 11:00", "2 running 0s of 1h due 11:10");
        }

        @Test
        void shouldPauseBeforeItStarts() {
            Scenario desk = deskWith(clock("visit").start("opened").pause("opened"));

            desk.on("10:00", "T1", "opened").now("10:10");

            assertThat(desk.cycles("T1", "visit")).containsExactly("1 running 10m of 1h due 11:00");
        }

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
