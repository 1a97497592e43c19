package io.tocsin.engine.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures that service departments judge themselves by. Shares are from 0 to 1; what has nothing to divide by is null.
 *
 * @param onTimeResponseRate first responses in time / all that are decided: in time, late, or given up by the customer
 * @param firstContactResolution tickets that stayed resolved, with no second contact / tickets resolved for the first time
 * @param repeatContactRate tickets with a second contact / tickets resolved for the first time
 * @param complaintRate tickets complained about / tickets opened, each at its own time
 * @param csat satisfied customers / ratings
 * @param csatAverage the average rating, 1 to 5
 * @param csatRatings how many rated
 * @param nps promoters minus detractors in percent of those who answered, -100 to 100
 * @param npsRatings how many answered
 * @param averageWaitingNs average wait for the first response, or {@link ClockView#NONE}
 * @param contactsPerResolved contacts up to the resolution / tickets whose resolution stands
 * @param serviceLevel contacts answered in time, by the formula that is named
 * @param waitingByHour waits by the hour of the day in which the ticket was opened; hours without a wait are left out
 * @param counts what else was counted on the way
 */
public record ServiceFigures(
        @Nullable Double onTimeResponseRate,
        @Nullable Double firstContactResolution,
        @Nullable Double repeatContactRate,
        @Nullable Double complaintRate,
        @Nullable Double csat,
        @Nullable Double csatAverage,
        long csatRatings,
        @Nullable Double nps,
        long npsRatings,
        long averageWaitingNs,
        @Nullable Double contactsPerResolved,
        ServiceLevel serviceLevel,
        List<HourShare> waitingByHour,
        Counts counts) {
    /**
     * A service level and what it is made of; each contact counts when its wait ended.
     *
     * @param formula the name of the formula
     * @param clock the clock that measured the waits
     * @param withinNs what counts as in time
     * @param value what the formula comes to, or null
     * @param offered contacts answered or given up
     * @param answered contacts answered
     * @param answeredInTime those answered in time
     * @param abandoned those given up
     */
    public record ServiceLevel(
            String formula,
            String clock,
            long withinNs,
            @Nullable Double value,
            long offered,
            long answered,
            long answeredInTime,
            long abandoned) {}

    /**
     * What shares are made of that cannot be seen from the other figures.
     *
     * @param firstResolved tickets resolved for the first time
     * @param handedOver tickets handed over for the first time
     * @param solvedComplaints tickets whose resolution stands and that somebody complained about
     * @param complaintContacts contacts up to the resolution of these
     * @param levelBase what the formula of the service level divides by
     */
    public record Counts(
            long firstResolved, long handedOver, long solvedComplaints, long complaintContacts, long levelBase) {}

    /**
     * The waits that began in an hour of the day.
     *
     * @param hour 0 to 23, in the policy's zone
     * @param waits how many customers waited
     * @param longWaits how many of them longer than the threshold
     */
    public record HourShare(int hour, long waits, long longWaits) {
        /** longWaits / waits. */
        public double share() {
            return (double) longWaits / waits;
        }
    }
}
