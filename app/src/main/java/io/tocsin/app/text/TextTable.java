package io.tocsin.app.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Rows of text in columns as wide as their widest cell, two spaces apart. Not shared between threads. */
public final class TextTable {
    private static final String GAP = "  ";

    private final String indent;
    private final IntPredicate isRight;
    private final List<List<String>> rows = new ArrayList<>();

    private TextTable(String indent, IntPredicate isRight) {
        this.indent = indent;
        this.isRight = isRight;
    }

    /** A table of words: every column begins at its left. */
    public static TextTable ofWords(String indent) {
        return new TextTable(indent, column -> false);
    }

    /** A table of figures: every column but the first ends at its right. */
    public static TextTable ofFigures(String indent) {
        return new TextTable(indent, column -> column > 0);
    }

    /** A table in which it is said of each column, counted from 0, whether it ends at its right. */
    public static TextTable of(String indent, IntPredicate isRight) {
        return new TextTable(indent, isRight);
    }

    /** Adds a row; every row has as many cells as the first. */
    public TextTable row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /** The rows, each ended with a line feed. */
    @Override
    public String toString() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.size(); i++) {
                String padding = " ".repeat(widths[i] - Width.of(row.get(i)));
                boolean right = isRight.test(i);
                line.append(i == 0 ? "" : GAP)
                        .append(right ? padding : "")
                        .append(row.get(i))
                        .append(right ? "" : padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], Width.of(row.get(i)));
            }
        }
        return widths;
    }
}
