package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract's table of built-in clocks, cell by cell; {@link FirstResponseClockTest} and {@link ResolutionClockTest}
 * are about those two.
 */
class ClockTableTest {
    private static final String OF = " of 1h due ";

    @Nested
    class NextResponse {
        private final Scenario desk = new Scenario(
                policies(policy("all", Map.of("first_response", target("4h"), "next_response", target("1h")))));

        @Test
        void shouldStartWhenTheCustomerReplies() {
            answered().on("11:00", "T1", "customer_replied").now("11:10");

            assertThat(desk.cycles("T1", "next_response")).containsExactly("1 running 10m" + OF + "12:00");
        }

        @Test
        void shouldNotStartWhileTheFirstResponseIsRunning() {
            desk.on("10:00", "T1", "opened").on("10:10", "T1", "customer_replied");

            assertThat(desk.cycles("T1", "next_response")).isEmpty();
        }

        @Test
        void shouldStartWhenTheFirstResponseWasTooLate() {
            desk.on("10:00", "T1", "opened").on("15:00", "T1", "responded").on("15:10", "T1", "customer_replied");

            assertThat(desk.cycles("T1", "next_response")).containsExactly("1 running 0s" + OF + "16:10");
        }

        @Test
        void shouldCountFromTheOldestUnansweredReply() {
            answered()
                    .on("11:00", "T1", "customer_replied")
                    .on("11:20", "T1", "customer_replied")
                    .now("11:30");

            assertThat(desk.cycles("T1", "next_response")).containsExactly("1 running 30m" + OF + "12:00");
        }

        @ParameterizedTest
        @ValueSource(strings = {"responded", "resolved", "closed"})
        void shouldStopAtTheAnswerOrTheEnd(String type) {
            answered()
                    .on("11:00", "T1", "customer_replied")
                    .on("11:20", "T1", type)
                    .now("13:00");

            assertThat(desk.cycles("T1", "next_response")).containsExactly("1 stopped 20m" + OF + "12:00");
        }

        @Test
        void shouldNotPause() {
            answered()
                    .on("11:00", "T1", "customer_replied")
                    .on("11:10", "T1", "pending")
                    .now("11:20");

            assertThat(desk.cycles("T1", "next_response")).containsExactly("1 running 20m" + OF + "12:00");
        }

        @ParameterizedTest
        @ValueSource(strings = {"cancelled", "abandoned"})
        void shouldEndWithoutAResultWhenThereIsNobodyToAnswer(String type) {
            answered().on("11:00", "T1", "customer_replied").on("11:20", "T1", type);

            assertThat(desk.cycles("T1", "next_response")).containsExactly("1 cancelled 20m" + OF + "12:00");
        }

        @Test
        void shouldRepeatWithEveryReplyThatFollowsAnAnswer() {
            answered().on("11:00", "T1", "customer_replied").on("11:20", "T1", "responded");
            desk.on("11:30", "T1", "customer_replied").on("12:40", "T1", "responded");
            desk.on("12:50", "T1", "customer_replied");

            assertThat(desk.cycles("T1", "next_response"))
                    .containsExactly(
                            "1 stopped 20m" + OF + "12:00",
                            "2 stopped breached 1h10m" + OF + "12:30",
                            "3 running 0s" + OF + "13:50");
            assertThat(desk.alerts()).containsExactly("12:30 breach T1/next_response/2/breach");
        }

        private Scenario answered() {
            return desk.on("10:00", "T1", "opened").on("10:30", "T1", "responded");
        }
    }

    @Nested
    class PeriodicUpdate {
        private final Scenario desk = new Scenario(promise("periodic_update", target("1h")));

        @Test
        void shouldStartWhenTheTicketIsOpened() {
            desk.on("10:00", "T1", "opened").now("10:10");

            assertThat(desk.cycles("T1", "periodic_update")).containsExactly("1 running 10m" + OF + "11:00");
        }

        @Test
        void shouldBeginAnewWithEveryAnswer() {
            desk.on("10:00", "T1", "opened").on("10:20", "T1", "responded").on("11:30", "T1", "responded");

            assertThat(desk.cycles("T1", "periodic_update"))
                    .containsExactly(
                            "1 stopped 20m" + OF + "11:00",
                            "2 stopped breached 1h10m" + OF + "11:20",
                            "3 running 0s" + OF + "12:30");
        }

        @ParameterizedTest
        @ValueSource(strings = {"resolved", "closed"})
        void shouldStopAtTheSolution(String type) {
            desk.on("10:00", "T1", "opened").on("10:20", "T1", type).now("13:00");

            assertThat(desk.cycles("T1", "periodic_update")).containsExactly("1 stopped 20m" + OF + "11:00");
        }

        @Test
        void shouldNotBeginAnewWithAnAnswerAfterTheSolution() {
            desk.on("10:00", "T1", "opened").on("10:20", "T1", "resolved").on("10:30", "T1", "responded");

            assertThat(desk.cycles("T1", "periodic_update")).containsExactly("1 stopped 20m" + OF + "11:00");
        }

        @Test
        void shouldNotPause() {
            desk.on("10:00", "T1", "opened").on("10:10", "T1", "pending").now("11:01");

            assertThat(desk.alerts()).containsExactly("11:00 breach T1/periodic_update/1/breach");
        }

        @ParameterizedTest
        @ValueSource(strings = {"cancelled", "abandoned"})
        void shouldEndWithoutAResultWhenThereIsNobodyToTell(String type) {
            desk.on("10:00", "T1", "opened").on("10:20", "T1", "responded").on("10:30", "T1", type);

            assertThat(desk.cycles("T1", "periodic_update"))
                    .containsExactly("1 stopped 20m" + OF + "11:00", "2 cancelled 10m" + OF + "11:20");
        }

        @Test
        void shouldStayStoppedWhenTheTicketIsReopened() {
            desk.on("10:00", "T1", "opened").on("10:20", "T1", "resolved").on("10:30", "T1", "reopened");

            assertThat(desk.cycles("T1", "periodic_update")).containsExactly("1 stopped 20m" + OF + "11:00");
        }
    }

    @Nested
    class Acceptance {
        private final Scenario desk = new Scenario(promise("acceptance", target("1h")));

        @Test
        void shouldStartWhenTheTicketIsTransferred() {
            desk.on("10:00", "T1", "opened");
            assertThat(desk.cycles("T1", "acceptance")).isEmpty();

            desk.on("10:10", "T1", "transferred");

            assertThat(desk.cycles("T1", "acceptance")).containsExactly("1 running 0s" + OF + "11:10");
        }

        @ParameterizedTest
        @ValueSource(strings = {"accepted", "assigned", "responded", "resolved", "closed"})
        void shouldStopWhenTheTeamTakesItOn(String type) {
            desk.on("10:00", "T1", "opened")
                    .on("10:10", "T1", "transferred")
                    .on("10:30", "T1", type)
                    .now("13:00");

            assertThat(desk.cycles("T1", "acceptance")).containsExactly("1 stopped 20m" + OF + "11:10");
        }

        @Test
        void shouldNotPause() {
            desk.on("10:00", "T1", "opened").on("10:10", "T1", "transferred").on("10:20", "T1", "pending");

            assertThat(desk.now("10:30").cycles("T1", "acceptance")).containsExactly("1 running 20m" + OF + "11:10");
        }

        @Test
        void shouldBeginAnewWhenTheTicketIsTransferredAgainBeforeItIsTakenOn() {
            desk.on("10:00", "T1", "opened").on("10:10", "T1", "transferred").on("10:30", "T1", "transferred");

            assertThat(desk.cycles("T1", "acceptance"))
                    .containsExactly("1 stopped 20m" + OF + "11:10", "2 running 0s" + OF + "11:30");
        }

        @Test
        void shouldRepeatWhenTheTicketIsTransferredAfterItWasTakenOn() {
            desk.on("10:00", "T1", "opened").on("10:10", "T1", "transferred").on("10:20", "T1", "accepted");

            desk.on("10:30", "T1", "transferred");

            assertThat(desk.cycles("T1", "acceptance"))
                    .containsExactly("1 stopped 10m" + OF + "11:10", "2 running 0s" + OF + "11:30");
        }

        @ParameterizedTest
        @ValueSource(strings = {"cancelled", "abandoned"})
        void shouldEndWithoutAResultWhenThereIsNothingToTakeOn(String type) {
            desk.on("10:00", "T1", "opened").on("10:10", "T1", "transferred").on("10:20", "T1", type);

            assertThat(desk.cycles("T1", "acceptance")).containsExactly("1 cancelled 10m" + OF + "11:10");
        }
    }

    @Nested
    class HandoverResolution {
        private final Scenario desk = new Scenario(promise("handover_resolution", target("1h")));

        @Test
        void shouldStartWhenTheTicketIsTransferred() {
            desk.on("10:00", "T1", "opened");
            assertThat(desk.cycles("T1", "handover_resolution")).isEmpty();

            desk.on("10:10", "T1", "transferred");

            assertThat(desk.cycles("T1", "handover_resolution")).containsExactly("1 running 0s" + OF + "11:10");
        }

        @ParameterizedTest
        @ValueSource(strings = {"resolved", "closed"})
        void shouldStopAtTheSolution(String type) {
            handedOver().on("10:20", "T1", "accepted").on("10:30", "T1", type);

            assertThat(desk.cycles("T1", "handover_resolution")).containsExactly("1 stopped 20m" + OF + "11:10");
        }

        @ParameterizedTest
        @ValueSource(strings = {"resumed", "customer_replied"})
        void shouldLeaveOutThePause(String type) {
            handedOver().on("10:20", "T1", "pending");
            assertThat(desk.now("10:40").cycles("T1", "handover_resolution"))
                    .containsExactly("1 paused 10m" + OF + "never");

            desk.on("10:40", "T1", type).now("10:50");

            assertThat(desk.cycles("T1", "handover_resolution")).containsExactly("1 running 20m" + OF + "11:30");
        }

        @Test
        void shouldBeginAnewWhenTheTicketIsTransferredAgain() {
            handedOver().on("10:30", "T1", "transferred");

            assertThat(desk.cycles("T1", "handover_resolution"))
                    .containsExactly("1 stopped 20m" + OF + "11:10", "2 running 0s" + OF + "11:30");
        }

        @Test
        void shouldRunAgainWhenTheTicketIsTransferredWhilePending() {
            handedOver().on("10:20", "T1", "pending").on("10:30", "T1", "transferred");

            assertThat(desk.cycles("T1", "handover_resolution"))
                    .containsExactly("1 stopped 10m" + OF + "never", "2 running 0s" + OF + "11:30");
        }

        @Test
        void shouldRepeatWhenTheTicketIsTransferredAfterTheSolution() {
            handedOver().on("10:20", "T1", "resolved").on("10:30", "T1", "transferred");

            assertThat(desk.cycles("T1", "handover_resolution"))
                    .containsExactly("1 stopped 10m" + OF + "11:10", "2 running 0s" + OF + "11:30");
        }

        @ParameterizedTest
        @ValueSource(strings = {"cancelled", "abandoned"})
        void shouldEndWithoutAResultWhenThereIsNothingToSolve(String type) {
            handedOver().on("10:20", "T1", type);

            assertThat(desk.cycles("T1", "handover_resolution")).containsExactly("1 cancelled 10m" + OF + "11:10");
        }

        @Test
        void shouldStayStoppedWhenTheTicketIsReopened() {
            handedOver().on("10:20", "T1", "resolved").on("10:30", "T1", "reopened");

            assertThat(desk.cycles("T1", "handover_resolution")).containsExactly("1 stopped 10m" + OF + "11:10");
        }

        private Scenario handedOver() {
            return desk.on("10:00", "T1", "opened").on("10:10", "T1", "transferred");
        }
    }

    @Nested
    class WrapUp {
        private final Scenario desk = new Scenario(promise("wrap_up", target("1h")));

        @ParameterizedTest
        @ValueSource(strings = {"resolved", "abandoned"})
        void shouldStartWhenTheWorkIsDone(String type) {
            desk.on("10:00", "T1", "opened");
            assertThat(desk.cycles("T1", "wrap_up")).isEmpty();

            desk.on("10:10", "T1", type).now("10:20");

            assertThat(desk.cycles("T1", "wrap_up")).containsExactly("1 running 10m" + OF + "11:10");
        }

        @Test
        void shouldNotStartWhenTheTicketIsClosed() {
            desk.on("10:00", "T1", "opened").on("10:10", "T1", "closed");

            assertThat(desk.cycles("T1", "wrap_up")).isEmpty();
        }

        @Test
        void shouldStopWhenTheRecordIsEntered() {
            solved().on("10:30", "T1", "recorded").now("13:00");

            assertThat(desk.cycles("T1", "wrap_up")).containsExactly("1 stopped 20m" + OF + "11:10");
        }

        @Test
        void shouldBreachWhenTheRecordIsNotEntered() {
            solved().on("10:20", "T1", "closed").now("11:11");

            assertThat(desk.alerts()).containsExactly("11:10 breach T1/wrap_up/1/breach");
        }

        @Test
        void shouldNotPause() {
            solved().on("10:20", "T1", "pending").now("10:30");

            assertThat(desk.cycles("T1", "wrap_up")).containsExactly("1 running 20m" + OF + "11:10");
        }

        @ParameterizedTest
        @ValueSource(strings = {"reopened", "cancelled"})
        void shouldEndWithoutAResultWhenThereIsNothingToRecordYet(String type) {
            solved().on("10:20", "T1", type);

            assertThat(desk.cycles("T1", "wrap_up")).containsExactly("1 cancelled 10m" + OF + "11:10");
        }

        @Test
        void shouldRepeatWithEverySolution() {
            solved().on("10:20", "T1", "recorded").on("10:30", "T1", "reopened").on("10:40", "T1", "resolved");

            assertThat(desk.cycles("T1", "wrap_up"))
                    .containsExactly("1 stopped 10m" + OF + "11:10", "2 running 0s" + OF + "11:40");
        }

        private Scenario solved() {
            return desk.on("10:00", "T1", "opened").on("10:10", "T1", "resolved");
        }
    }

    @Nested
    class FollowUp {
        private final Scenario desk = new Scenario(promise("follow_up", target("1h")));

        @Test
        void shouldStartAtTheSolution() {
            desk.on("10:00", "T1", "opened");
            assertThat(desk.cycles("T1", "follow_up")).isEmpty();

            desk.on("10:10", "T1", "resolved").now("10:20");

            assertThat(desk.cycles("T1", "follow_up")).containsExactly("1 running 10m" + OF + "11:10");
        }

        @ParameterizedTest
        @ValueSource(strings = {"abandoned", "closed"})
        void shouldNotStartAtAnotherEnd(String type) {
            desk.on("10:00", "T1", "opened").on("10:10", "T1", type);

            assertThat(desk.cycles("T1", "follow_up")).isEmpty();
        }

        @Test
        void shouldStopWhenTheCustomerIsCalledBack() {
            solved().on("10:30", "T1", "followed_up").now("13:00");

            assertThat(desk.cycles("T1", "follow_up")).containsExactly("1 stopped 20m" + OF + "11:10");
        }

        @Test
        void shouldNotPause() {
            solved().on("10:20", "T1", "pending").now("10:30");

            assertThat(desk.cycles("T1", "follow_up")).containsExactly("1 running 20m" + OF + "11:10");
        }

        @ParameterizedTest
        @ValueSource(strings = {"reopened", "cancelled"})
        void shouldEndWithoutAResultWhenThereIsNothingToAskAbout(String type) {
            solved().on("10:20", "T1", type);

            assertThat(desk.cycles("T1", "follow_up")).containsExactly("1 cancelled 10m" + OF + "11:10");
        }

        @Test
        void shouldRepeatWithEverySolution() {
            solved().on("10:20", "T1", "reopened").on("10:30", "T1", "resolved");

            assertThat(desk.cycles("T1", "follow_up"))
                    .containsExactly("1 cancelled 10m" + OF + "11:10", "2 running 0s" + OF + "11:30");
        }

        private Scenario solved() {
            return desk.on("10:00", "T1", "opened").on("10:10", "T1", "resolved");
        }
    }
}
