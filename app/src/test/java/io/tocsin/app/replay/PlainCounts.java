package io.tocsin.app.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a script would print for one group of tickets in one window. */
final class PlainCounts {
    long opened;
    long resolved;
    long reopened;
    long abandoned;
    long transferred;
    long open;
    long complained;
    long longestWaiting = -1;

    final OfClock response = new OfClock();
    final OfClock resolution = new OfClock();

    /** Tickets resolved for the first time; of these, those with a second contact, and those without one or a reopening. */
    long solved;

    long cameAgain;
    long solvedAtOnce;
    /** Tickets whose resolution stands, and what they took; then those of them that somebody complained about. */
    long standing;

    long contacts;
    long standingComplaints;
    long complaintContacts;
    long handedOver;

    final List<Double> csat = new ArrayList<>();
    final List<Double> nps = new ArrayList<>();

    long answeredInTime;
    long givenUp;
    long givenUpInTime;
    long givenUpSoon;
    final long[] waitsByHour = new long[24];
    final long[] longByHour = new long[24];

    /** What became of one clock; times in seconds. */
    static final class OfClock {
        long met;
        long breached;
        long cancelled;
        long running;
        long paused;
        final List<Long> times = new ArrayList<>();

        /** The time at or below which so many percent of all lie. */
        long quantile(int percent) {
            times.sort(null);
            return times.get((times.size() * percent + 99) / 100 - 1);
        }

        private long sum() {
            return met + breached + cancelled + running + paused + times.size();
        }
    }

    /** Whether there is nothing to show. */
    boolean isEmpty() {
        return opened + resolved + reopened + abandoned + transferred + open + complained == 0
                && response.sum() + resolution.sum() + csat.size() + nps.size() == 0;
    }

    /** The five service levels as {@code docs/figures.md} writes them, each as what is divided by what. */
    Map<String, Share> serviceLevels() {
        long answered = response.times.size();
        long offered = answered + givenUp;
        Map<String, Share> levels = new TreeMap<>();
        levels.put("answered", new Share(answeredInTime, answered));
        levels.put("offered", new Share(answeredInTime, offered));
        levels.put("offered_without_short_abandons", new Share(answeredInTime, offered - givenUpSoon));
        levels.put("abandoned_in_time_good", new Share(answeredInTime + givenUpInTime, offered));
        levels.put("abandoned_in_time_left_out", new Share(answeredInTime, offered - givenUpInTime));
        return levels;
    }

    /** 9 and 10 promote, what is below 7 does not; in percent, or null without an answer. */
    @Nullable
    Double npsScore() {
        long promoters = nps.stream().filter(score -> score >= 9).count();
        long detractors = nps.stream().filter(score -> score < 7).count();
        return nps.isEmpty() ? null : 100.0 * (promoters - detractors) / nps.size();
    }

    /** Ratings of at least 4 of all, or null without one. */
    @Nullable
    Double satisfied() {
        return new Share(csat.stream().filter(rating -> rating >= 4).count(), csat.size()).value();
    }

    /** A part of a whole. */
    record Share(long part, long whole) {
        /** Null where there is nothing to divide by. */
        @Nullable
        Double value() {
            return whole == 0 ? null : (double) part / whole;
        }
    }
}
