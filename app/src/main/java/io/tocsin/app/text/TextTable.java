package io.tocsin.app.text;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns as wide as their widest cell, two spaces apart. Not shared between threads. */
public final class TextTable {
    private static final String GAP = "  ";

    private final String indent;
    private final boolean numbersRight;
    private final List<List<String>> rows = new ArrayList<>();

    private TextTable(String indent, boolean numbersRight) {
        this.indent = indent;
        this.numbersRight = numbersRight;
    }

    /** A table of words: every column begins at its left. */
    public static TextTable ofWords(String indent) {
        return new TextTable(indent, false);
    }

    /** A table of figures: every column but the first ends at its right. */
    public static TextTable ofFigures(String indent) {
        return new TextTable(indent, true);
    }

    /** Adds a row; every row has as many cells as the first. */
    public TextTable row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /** The rows, each ended with a line feed. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.size(); i++) {
                String padding = " ".repeat(width(i) - row.get(i).length());
                boolean right = numbersRight && i > 0;
                line.append(i == 0 ? "" : GAP)
                        .append(right ? padding : "")
                        .append(row.get(i))
                        .append(right ? "" : padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
