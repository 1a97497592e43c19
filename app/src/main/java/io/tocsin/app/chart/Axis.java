package io.tocsin.app.chart;

import org.jspecify.annotations.Nullable;

/**
 * One axis of a chart.
 *
 * @param title what its numbers are, with their unit
 * @param scale how it spaces them
 * @param min where it begins, or null for where the numbers begin
 * @param max where it ends, or null for where they end
 */
public record Axis(
        String title,
        Scale scale,
        @Nullable Double min,
        @Nullable Double max) {
    /** Evenly spaced, as long as the numbers need. */
    public static Axis linear(String title) {
        return new Axis(title, Scale.LINEAR, null, null);
    }

    /** Evenly spaced, and beginning at 0: for counts, durations and whatever is compared by its length. */
    public static Axis fromZero(String title) {
        return new Axis(title, Scale.LINEAR, 0.0, null);
    }

    /** By ratios. */
    public static Axis log(String title) {
        return new Axis(title, Scale.LOG, null, null);
    }

    /** By percentiles. */
    public static Axis percentiles(String title) {
        return new Axis(title, Scale.PERCENTILE, null, null);
    }

    /** The same axis from here to there. */
    public Axis between(double from, double to) {
        return new Axis(title, scale, from, to);
    }

    /** Where a number lies on the axis as XChart draws it. */
    double place(double value) {
        return switch (scale) {
            case LINEAR -> value;
            case LOG -> {
                if (value <= 0) {
                    throw new IllegalArgumentException(
                            "'" + title + "' has a logarithmic scale and cannot show " + value + "; leave it out");
                }
                yield value;
            }
            case PERCENTILE -> {
                if (value < 0 || value >= 100) {
                    throw new IllegalArgumentException(
                            "'" + title + "' has percentiles from 0 to below 100 and cannot show " + value);
                }
                yield 100 / (100 - value);
            }
        };
    }

    /** What stands beside a tick. */
    String label(double place) {
        if (scale != Scale.PERCENTILE) {
            return Numbers.text(place);
        }
        return Numbers.text(100 - 100 / place) + " %";
    }
}
