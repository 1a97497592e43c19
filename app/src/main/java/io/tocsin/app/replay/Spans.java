package io.tocsin.app.replay;

import io.tocsin.engine.view.ClockView;
import java.math.BigDecimal;
import java.time.Duration;

/** Durations for people, to two units: {@code 3d 4h}, {@code 12m 30s}, {@code 8.2s}. */
public final class Spans {
    private static final long SECOND_NS = 1_000_000_000L;

    private Spans() {}

    /** The whole duration, to the nanosecond: {@code 3d 4h 0m 2.5s}; {@code -} for one that does not exist. */
    public static String exact(long durationNs) {
        if (durationNs == ClockView.NONE) {
            return "-";
        }
        Duration duration = Duration.ofNanos(Math.abs(durationNs));
        StringBuilder text = new StringBuilder(durationNs < 0 ? "-" : "");
        if (duration.toDays() > 0) {
            text.append(duration.toDays()).append("d ");
        }
        if (duration.toHours() > 0) {
            text.append(duration.toHoursPart()).append("h ");
        }
        if (duration.toMinutes() > 0) {
            text.append(duration.toMinutesPart()).append("m ");
        }
        BigDecimal seconds = BigDecimal.valueOf(duration.toSecondsPart() * SECOND_NS + duration.toNanosPart(), 9);
        return text.append(seconds.stripTrailingZeros().toPlainString())
                .append('s')
                .toString();
    }

    /** The text, {@code -} for a duration that does not exist. */
    public static String text(long durationNs) {
        if (durationNs == ClockView.NONE) {
            return "-";
        }
        Duration duration = Duration.ofNanos(durationNs);
        if (duration.toDays() > 0) {
            return duration.toDays() + "d " + duration.toHoursPart() + "h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + "h " + duration.toMinutesPart() + "m";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + "m " + duration.toSecondsPart() + "s";
        }
        return Math.round(durationNs * 10.0 / SECOND_NS) / 10.0 + "s";
    }
}
