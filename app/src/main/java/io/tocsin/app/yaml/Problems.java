package io.tocsin.app.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the mistakes and warnings of one text while it is read. */
public final class Problems {
    private static final Comparator<Problem> BY_PLACE =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    void error(String path, Position at, String message) {
        errors.add(new Problem(path, at.line(), at.column(), message));
    }

    void warning(String path, Position at, String message) {
        warnings.add(new Problem(path, at.line(), at.column(), message));
    }

    /** How many mistakes there are so far; a reader compares two of these to know whether a part was clean. */
    int errorCount() {
        return errors.size();
    }

    /** The mistakes, in the text's order. */
    public List<Problem> errors() {
        return errors.stream().sorted(BY_PLACE).toList();
    }

    /** The warnings, in the text's order. */
    public List<Problem> warnings() {
        return warnings.stream().sorted(BY_PLACE).toList();
    }
}
