package io.tocsin.app.replay;

import io.tocsin.engine.view.ClockView;
import java.time.Duration;

/** Durations for people, to two units: {@code 3d 4h}, {@code 12m 30s}, {@code 8.2s}. */
final class Spans {
    private static final long SECOND_NS = 1_000_000_000L;

    private Spans() {}

    /** The text, {@code -} for a duration that does not exist. */
    static String text(long durationNs) {
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
