package io.tocsin.engine.stats;

import io.tocsin.engine.clock.Outcome;
import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.policy.Objective.Metric;
import io.tocsin.engine.policy.ServiceLevelFormula;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.ServiceFigures;
import io.tocsin.engine.view.ServiceFigures.Counts;
import io.tocsin.engine.view.ServiceFigures.HourShare;
import io.tocsin.engine.view.ServiceFigures.ServiceLevel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the formulas of service departments are made of. Everything that is added can be taken away again. One
 * group of one window; allocates when the first wait is counted.
 */
final class Tally {
    private static final int HOURS = 24;
    private static final double SECOND_NS = 1e9;
    private static final double THOUSAND = 1_000;
    private static final int PROMOTER = 9_000;
    private static final int DETRACTOR_BELOW = 7_000;

    private final Reading reading;
    private long transferred;
    private long handedOver;
    private long complained;
    private long solved;
    private long solvedAtOnce;
    private long cameAgain;
    private long standing;
    private long contacts;
    private long complaintsStanding;
    private long complaintContacts;
    private long ratings;
    private long satisfied;
    private long ratingSum;
    private long recommendations;
    private long promoters;
    private long detractors;
    private long answered;
    private long answeredInTime;
    private long abandoned;
    private long abandonedSoon;
    private long abandonedInTime;
    /** By hour of the day: how many waited, then how many of them long. */
    private long @Nullable [] waits;

    Tally(Reading reading) {
        this.reading = reading;
    }

    void add(int sign, int what, long value, int openedHour) {
        switch (Fact.kind(what)) {
            case Fact.TRANSFERRED -> {
                transferred += sign;
                handedOver += value == Fact.FIRST ? sign : 0;
            }
            case Fact.COMPLAINED -> complained += sign;
            case Fact.RESOLVED -> addResolution(sign, value);
            case Fact.CSAT -> {
                ratings += sign;
                ratingSum += sign * value;
                satisfied += value >= reading.settings().satisfiedThousandths() ? sign : 0;
            }
            case Fact.NPS -> {
                recommendations += sign;
                promoters += value >= PROMOTER ? sign : 0;
                detractors += value < DETRACTOR_BELOW ? sign : 0;
            }
            case Fact.MET, Fact.STOPPED_LATE -> addAnswer(sign, Fact.clock(what), value, openedHour);
            case Fact.CANCELLED, Fact.CANCELLED_LATE -> addAbandon(sign, Fact.clock(what), value);
            default -> {}
        }
    }

    private void addResolution(int sign, long value) {
        if ((value & Fact.FIRST) != 0) {
            solved += sign;
            cameAgain += (value & Fact.CAME_AGAIN) != 0 ? sign : 0;
            solvedAtOnce += (value & (Fact.CAME_AGAIN | Fact.REOPENED_SOON)) == 0 ? sign : 0;
        }
        if ((value & Fact.STANDS) != 0) {
            standing += sign;
            contacts += sign * (value >>> Fact.CONTACTS_SHIFT);
            if ((value & Fact.COMPLAINT) != 0) {
                complaintsStanding += sign;
                complaintContacts += sign * (value >>> Fact.CONTACTS_SHIFT);
            }
        }
    }

    private void addAnswer(int sign, int clock, long waitedNs, int hour) {
        if (clock == reading.response() && hour != Facts.NO_HOUR) {
            if (waits == null) {
                waits = new long[2 * HOURS];
            }
            waits[hour] += sign;
            waits[HOURS + hour] += waitedNs > reading.settings().waitingThresholdNs() ? sign : 0;
        }
        if (clock == reading.levelClock()) {
            answered += sign;
            answeredInTime += waitedNs <= reading.settings().serviceLevel().withinNs() ? sign : 0;
        }
    }

    private void addAbandon(int sign, int clock, long waitedNs) {
        if (clock == reading.levelClock() && waitedNs >= 0) {
            abandoned += sign;
            abandonedSoon += waitedNs < reading.settings().serviceLevel().shortAbandonNs() ? sign : 0;
            abandonedInTime += waitedNs <= reading.settings().serviceLevel().withinNs() ? sign : 0;
        }
    }

    long transferred() {
        return transferred;
    }

    long complained() {
        return complained;
    }

    /** Of how many cases a figure is made. */
    long whole(Metric metric, int clock, Cell cell) {
        int response = reading.response();
        return switch (metric) {
            case ATTAINMENT -> cell.count(clock, Outcome.MET) + cell.count(clock, Outcome.BREACHED);
            case AVERAGE -> cell.stopped(clock);
            case ON_TIME_RESPONSE_RATE -> response < 0 ? 0 : cell.decided(response);
            case FIRST_CONTACT_RESOLUTION, REPEAT_CONTACT_RATE -> solved;
            case COMPLAINT_RATE -> cell.opened();
            case CSAT -> ratings;
            case NPS -> recommendations;
            case SERVICE_LEVEL -> levelWhole();
        };
    }

    /** What a figure comes to: a share, a score or seconds; only if it is made of any case. */
    double value(Metric metric, int clock, Cell cell) {
        long whole = whole(metric, clock, cell);
        return switch (metric) {
            case ATTAINMENT -> (double) cell.count(clock, Outcome.MET) / whole;
            case AVERAGE -> cell.averageNs(clock) / SECOND_NS;
            case ON_TIME_RESPONSE_RATE -> (double) cell.count(reading.response(), Outcome.MET) / whole;
            case FIRST_CONTACT_RESOLUTION -> (double) solvedAtOnce / whole;
            case REPEAT_CONTACT_RATE -> (double) cameAgain / whole;
            case COMPLAINT_RATE -> (double) complained / whole;
            case CSAT -> (double) satisfied / whole;
            case NPS -> 100.0 * (promoters - detractors) / whole;
            case SERVICE_LEVEL -> (double) levelPart() / whole;
        };
    }

    private @Nullable Double valueOrNull(Metric metric, Cell cell) {
        return whole(metric, -1, cell) == 0 ? null : value(metric, -1, cell);
    }

    /** What the formulas come to. Allocates. */
    ServiceFigures figures(Cell cell) {
        int response = reading.response();
        return new ServiceFigures(
                valueOrNull(Metric.ON_TIME_RESPONSE_RATE, cell),
                valueOrNull(Metric.FIRST_CONTACT_RESOLUTION, cell),
                valueOrNull(Metric.REPEAT_CONTACT_RATE, cell),
                valueOrNull(Metric.COMPLAINT_RATE, cell),
                valueOrNull(Metric.CSAT, cell),
                ratings == 0 ? null : ratingSum / THOUSAND / ratings,
                ratings,
                valueOrNull(Metric.NPS, cell),
                recommendations,
                response < 0 ? ClockView.NONE : cell.averageNs(response),
                standing == 0 ? null : (double) contacts / standing,
                serviceLevel(cell),
                hours(),
                new Counts(solved, handedOver, complaintsStanding, complaintContacts, levelWhole()));
    }

    /** What the formula divides by. */
    private long levelWhole() {
        long offered = answered + abandoned;
        return switch (reading.settings().serviceLevel().formula()) {
            case ANSWERED -> answered;
            case OFFERED, ABANDONED_IN_TIME_GOOD -> offered;
            case OFFERED_WITHOUT_SHORT_ABANDONS -> offered - abandonedSoon;
            case ABANDONED_IN_TIME_LEFT_OUT -> offered - abandonedInTime;
        };
    }

    private long levelPart() {
        return reading.settings().serviceLevel().formula() == ServiceLevelFormula.ABANDONED_IN_TIME_GOOD
                ? answeredInTime + abandonedInTime
                : answeredInTime;
    }

    private ServiceLevel serviceLevel(Cell cell) {
        FigureSettings.ServiceLevel settings = reading.settings().serviceLevel();
        return new ServiceLevel(
                settings.formula().text(),
                settings.clock(),
                settings.withinNs(),
                valueOrNull(Metric.SERVICE_LEVEL, cell),
                answered + abandoned,
                answered,
                answeredInTime,
                abandoned);
    }

    private List<HourShare> hours() {
        List<HourShare> hours = new ArrayList<>();
        for (int hour = 0; waits != null && hour < HOURS; hour++) {
            if (waits[hour] > 0) {
                hours.add(new HourShare(hour, waits[hour], waits[HOURS + hour]));
            }
        }
        return hours;
    }
}
