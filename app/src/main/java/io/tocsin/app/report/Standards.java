package io.tocsin.app.report;

import io.tocsin.app.Failure;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What key figures are held against: the usual standards, but for those that a command line sets or takes away. */
final class Standards {
    private static final String NONE = "none";

    private final Map<KeyFigure, Fraction> limits = new EnumMap<>(KeyFigure.class);

    private Standards() {
        for (KeyFigure figure : KeyFigure.values()) {
            figure.usualStandard().ifPresent(usual -> limits.put(figure, usual));
        }
    }

    /**
     * Reads {@code FIGURE=LIMIT} of the command line.
     *
     * @throws Failure of input, a line for each that cannot be read
     */
    static Standards of(List<String> texts) {
        Standards standards = new Standards();
        for (String text : texts) {
            standards.set(text);
        }
        return standards;
    }

    /** The limit of a figure, if it has one. */
    Optional<Fraction> of(KeyFigure figure) {
        return Optional.ofNullable(limits.get(figure));
    }

    /** Whether a figure exists, has a standard and does not keep it. */
    boolean isMissed(KeyFigure figure, Fraction value) {
        Fraction limit = limits.get(figure);
        return limit != null && value.exists() && !figure.isInLine(value, limit);
    }

    private void set(String text) {
        int end = text.indexOf('=');
        KeyFigure figure = KeyFigure.of(end < 0 ? text : text.substring(0, end))
                .orElseThrow(() -> Failure.ofInput("report: --standard '" + text
                        + "' names no figure; write FIGURE=LIMIT or FIGURE=none, with one of "
                        + String.join(
                                ", ",
                                Arrays.stream(KeyFigure.values())
                                        .map(KeyFigure::key)
                                        .toList())));
        String limit = end < 0 ? "" : text.substring(end + 1);
        if (limit.equals(NONE)) {
            limits.remove(figure);
            return;
        }
        try {
            limits.put(figure, figure.unit().parse(limit));
        } catch (IllegalArgumentException e) {
            throw Failure.ofInput("report: --standard " + figure.key() + ": " + e.getMessage());
        }
    }
}
