package io.tocsin.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What JMH wrote, in the form of {@link Results}: a row for each iteration of each fork. JMH says neither when it ran nor on what
 * machine, so the table does not.
 */
final class JmhResults {
    /** JMH's names of what profilers measured. */
    private static final Map<String, String> SECONDARY = new LinkedHashMap<>();

    static {
        SECONDARY.put("cpu", "processorNs");
        SECONDARY.put("gc.alloc.rate.norm", "allocatedBytes");
    }

    private JmhResults() {}

    /** Whether JMH wrote it: a list of benchmarks. */
    static boolean is(JsonNode json) {
        return json.isArray();
    }

    /** As a run of some name. */
    static JsonNode asRun(String name, JsonNode benchmarks) {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("run", name);
        run.putObject("machine")
                .put(
                        "java",
                        benchmarks.at("/0/vmName").asText() + " "
                                + benchmarks.at("/0/vmVersion").asText());
        ArrayNode rows = run.putArray("rows");
        benchmarks.forEach(benchmark -> addRows(rows, benchmark));
        return run;
    }

    private static void addRows(ArrayNode rows, JsonNode benchmark) {
        String unit = benchmark.at("/primaryMetric/scoreUnit").asText();
        if (!unit.equals("ns/op")) {
            throw new IllegalArgumentException(benchmark.path("benchmark").asText() + " was measured in " + unit
                    + "; run it with -bm avgt -tu ns");
        }
        JsonNode forks = benchmark.at("/primaryMetric/rawData");
        for (int fork = 0; fork < forks.size(); fork++) {
            for (int iteration = 0; iteration < forks.path(fork).size(); iteration++) {
                addRow(rows.addObject(), benchmark, fork, iteration);
            }
        }
    }

    private static void addRow(ObjectNode row, JsonNode benchmark, int fork, int iteration) {
        String[] name = benchmark.path("benchmark").asText().split("\\.");
        row.put("subject", name[name.length - 2] + "." + name[name.length - 1]);
        StringJoiner parameters = new StringJoiner(", ");
        benchmark
                .path("params")
                .fields()
                .forEachRemaining(each ->
                        parameters.add(each.getKey() + " " + each.getValue().asText()));
        row.put("task", parameters.toString());
        double ns = value(benchmark.path("primaryMetric"), fork, iteration);
        row.put("operations", 1);
        row.put("ns", ns);
        row.put("perOperationNs", ns);
        SECONDARY.forEach((metric, field) -> {
            double value = value(benchmark.path("secondaryMetrics").path(metric), fork, iteration);
            if (!Double.isNaN(value)) {
                row.put(field, value);
            }
        });
    }

    private static double value(JsonNode metric, int fork, int iteration) {
        return metric.path("rawData").path(fork).path(iteration).asDouble(Double.NaN);
    }
}
