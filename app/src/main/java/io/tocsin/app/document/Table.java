package io.tocsin.app.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table with its heading. Not shared between threads while rows are added.
 */
public final class Table {
    private final String key;
    private final String title;
    private final List<Column> columns;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Supplier<String>> charts = new ArrayList<>();

    /**
     * A table without rows yet.
     *
     * @param key its name for programs and on the command line
     * @param title its heading for people
     */
    public Table(String key, String title, List<Column> columns) {
        this.key = key;
        this.title = title;
        this.columns = List.copyOf(columns);
    }

    /** Adds a row: a String, BigDecimal, Integer, Long or null for each column. */
    public Table row(@Nullable Object... cells) {
        return row(Arrays.asList(cells));
    }

    /** As above. */
    public Table row(List<@Nullable Object> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "table " + key + " has " + columns.size() + " columns, a row came with " + cells.size() + " cells");
        }
        rows.add(Collections.unmodifiableList(new ArrayList<>(cells)));
        return this;
    }

    /** A sentence below the table. */
    public Table note(String sentence) {
        notes.add(sentence);
        return this;
    }

    /** A drawing of it, made when somebody looks: one {@code <svg>} element. */
    public Table chart(Supplier<String> svg) {
        charts.add(svg);
        return this;
    }

    /** Its name for programs. */
    public String key() {
        return key;
    }

    String title() {
        return title;
    }

    List<Column> columns() {
        return columns;
    }

    List<List<@Nullable Object>> rows() {
        return rows;
    }

    List<String> notes() {
        return notes;
    }

    List<Supplier<String>> charts() {
        return charts;
    }
}
