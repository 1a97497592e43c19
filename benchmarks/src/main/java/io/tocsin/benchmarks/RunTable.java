package io.tocsin.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * The rows of a run ({@link Results}), those of the same subject and task put together: the median of each number and, in
 * brackets, the lowest and the highest. Rows that do not count, because too much of the processors was stolen, are left out
 * unless there are no others.
 */
final class RunTable {
    /** What tells rows apart, beside subject and task. */
    private static final List<String> KEYS =
            List.of("size", "tickets", "eventsPerSecond", "deadlinesPerSecond", "beside");

    private static final Set<String> NO_FIGURES = Set.of("round", "counts", "failure", "hash");
    /** How often something was done in {@code ns}; what comes of the two is a rate. */
    private static final List<String> COUNTS = List.of("events", "records", "operations", "done");

    private final String run;
    private final String at;
    private final String machine;
    private final double stolen;
    private final Map<String, List<JsonNode>> groups;

    private RunTable(JsonNode json, Map<String, List<JsonNode>> groups) {
        this.run = json.path("run").asText();
        this.at = json.path("at").asText();
        this.machine = machine(json.path("machine"));
        this.stolen = json.path("stolen").asDouble(-1);
        this.groups = groups;
    }

    static RunTable of(JsonNode json) {
        Map<String, List<JsonNode>> groups = new LinkedHashMap<>();
        List<String> telling = KEYS.stream()
                .filter(key -> json.path("rows").findValuesAsText(key).stream()
                                .distinct()
                                .count()
                        > 1)
                .toList();
        for (JsonNode row : json.path("rows")) {
            groups.computeIfAbsent(label(row, json.path("run").asText(), telling), label -> new ArrayList<>())
                    .add(row);
        }
        groups.replaceAll((label, rows) -> counting(rows));
        return new RunTable(json, groups);
    }

    String run() {
        return run;
    }

    String title() {
        return at.isEmpty() ? run : run + " of " + at;
    }

    /** What was measured, and its rows, in the order of the run. */
    Map<String, List<JsonNode>> groups() {
        return groups;
    }

    String markdown() {
        Set<String> columns = columns();
        StringBuilder text = new StringBuilder();
        text.append("| ")
                .append(run)
                .append(" | ")
                .append(String.join(" | ", headings(columns)))
                .append(" |\n");
        text.append("|---".repeat(columns.size() + 1)).append("|\n");
        groups.forEach((label, rows) -> {
            StringJoiner line = new StringJoiner(" | ", "| ", " |\n");
            line.add(label);
            columns.forEach(column -> line.add(cell(rows, column)));
            text.append(line);
        });
        text.append("\nMedian [lowest-highest]. ");
        if (!at.isEmpty()) {
            text.append(at).append("; ");
        }
        text.append(machine);
        if (stolen >= 0) {
            text.append(String.format(Locale.ROOT, "; %.1f %% stolen by the host", stolen * 100));
        }
        text.append(".\n");
        return text.toString();
    }

    /** How often something was done in a second; NaN for a row that has no such thing. */
    static double perSecond(JsonNode row) {
        for (String count : COUNTS) {
            if (row.has(count) && row.has("ns")) {
                return PerformancePage.number(row, count) * 1e9 / PerformancePage.number(row, "ns");
            }
        }
        return Double.NaN;
    }

    private static String machine(JsonNode machine) {
        String java = machine.path("java").asText();
        return machine.has("processor")
                ? machine.path("processors").asText() + " × "
                        + machine.path("processor").asText() + ", " + java + ", heap "
                        + bytes(machine.path("heapBytes").asDouble())
                : java;
    }

    private static List<JsonNode> counting(List<JsonNode> rows) {
        List<JsonNode> counting =
                rows.stream().filter(row -> row.path("counts").asBoolean(true)).toList();
        return counting.isEmpty() ? rows : counting;
    }

    /** The subject, the task unless it is all the run does, and of the keys those that are not the same in all rows. */
    private static String label(JsonNode row, String run, List<String> telling) {
        String subject = row.path("subject").asText();
        String task = row.path("task").asText();
        StringJoiner label = new StringJoiner(", ").add(subject);
        if (!task.isEmpty() && !task.equals(run)) {
            label.add(task);
        }
        for (String key : telling) {
            String value = row.path(key).asText();
            if (!value.isEmpty() && !value.equals(subject) && !task.startsWith(value)) {
                label.add(key + " " + value);
            }
        }
        return label.toString();
    }

    /** Everything that is a number in some row. A count and its time stand as a rate. */
    private Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        rows().forEach(row -> {
            if (!Double.isNaN(perSecond(row))) {
                columns.add("perSecond");
            }
            row.fieldNames().forEachRemaining(field -> {
                if (row.path(field).isNumber() && !KEYS.contains(field) && !NO_FIGURES.contains(field)) {
                    columns.add(field);
                }
            });
        });
        if (columns.contains("perSecond")) {
            COUNTS.forEach(columns::remove);
            columns.remove("ns");
        }
        return columns;
    }

    private Stream<JsonNode> rows() {
        return groups.values().stream().flatMap(Collection::stream);
    }

    private static List<String> headings(Collection<String> columns) {
        return columns.stream()
                .map(column -> switch (column) {
                    case "perSecond" -> "a second";
                    case "p999Ns" -> "p99.9";
                    case "p9999Ns" -> "p99.99";
                    case "stolen" -> "stolen, %";
                    default -> words(column);
                })
                .toList();
    }

    /** {@code cpuNs} without its unit, which stands with the numbers. */
    private static String words(String name) {
        return name.replaceAll("(Ns|Bytes)$", "")
                .replaceAll("([a-z])([A-Z])", "$1 $2")
                .toLowerCase(Locale.ROOT);
    }

    private static String cell(List<JsonNode> rows, String column) {
        double[] values = rows.stream()
                .mapToDouble(row -> column.equals("perSecond") ? perSecond(row) : PerformancePage.number(row, column))
                .filter(value -> !Double.isNaN(value))
                .toArray();
        if (values.length == 0) {
            return "";
        }
        Spread spread = Spread.of(Arrays.stream(values));
        String median = text(column, spread.median());
        return values.length == 1
                ? median
                : median + " [" + text(column, spread.min()) + "-" + text(column, spread.max()) + "]";
    }

    private static String text(String column, double value) {
        if (column.endsWith("Ns") || column.equals("ns")) {
            return duration(value);
        }
        if (column.toLowerCase(Locale.ROOT).endsWith("bytes")) {
            return bytes(value);
        }
        return column.equals("stolen") ? Spread.number(value * 100) : Spread.number(value);
    }

    private static String duration(double ns) {
        if (ns < 1e3) {
            return Spread.number(ns) + " ns";
        }
        if (ns < 1e6) {
            return Spread.number(ns / 1e3) + " µs";
        }
        return ns < 1e9 ? Spread.number(ns / 1e6) + " ms" : Spread.number(ns / 1e9) + " s";
    }

    private static String bytes(double value) {
        if (value < 1 << 10) {
            return Spread.number(value) + " B";
        }
        if (value < 1 << 20) {
            return Spread.number(value / (1 << 10)) + " KiB";
        }
        return value < 1 << 30 ? Spread.number(value / (1 << 20)) + " MiB" : Spread.number(value / (1 << 30)) + " GiB";
    }
}
