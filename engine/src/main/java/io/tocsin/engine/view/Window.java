package io.tocsin.engine.view;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The stretches of time that live figures are asked for. */
public enum Window {
    /** The last five minutes. */
    LAST_5_MINUTES("5m", 300),
    /** The last quarter of an hour. */
    LAST_15_MINUTES("15m", 900),
    /** The last hour. */
    LAST_HOUR("1h", 3_600),
    /** Since midnight in the policy's zone. */
    TODAY("today", 0),
    /** Since the journal began. */
    ALL("all", 0);

    private static final long SECOND_NS = 1_000_000_000L;

    private final String text;
    private final int seconds;

    Window(String text, int seconds) {
        this.text = text;
        this.seconds = seconds;
    }

    /** The name on the wire. */
    public String text() {
        return text;
    }

    /** How long a rolling window is in seconds; 0 for one that does not roll. */
    public int seconds() {
        return seconds;
    }

    /** Where a rolling window begins at an instant: a whole second. */
    public long fromNs(long asOfNs) {
        return (Math.floorDiv(asOfNs, SECOND_NS) - seconds) * SECOND_NS;
    }

    /** Whether its beginning moves on with every second. */
    public boolean isRolling() {
        return seconds > 0;
    }

    /** The window of a name, if there is one. */
    public static Optional<Window> of(String text) {
        return Stream.of(values()).filter(each -> each.text.equals(text)).findFirst();
    }

    /** All names. */
    public static List<String> texts() {
        return Stream.of(values()).map(Window::text).toList();
    }
}
