package io.tocsin.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.app.chart.Axis;
import io.tocsin.app.chart.BarChart;
import io.tocsin.app.chart.LineChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The plot of a run: percentiles as lines where there are some, else rates as bars, else nothing. Both by ratios, since what is
 * compared lies far apart.
 */
final class RunPlot {
    private static final Map<String, Double> PERCENTILES = new LinkedHashMap<>();

    static {
        PERCENTILES.put("p50Ns", 50.0);
        PERCENTILES.put("p90Ns", 90.0);
        PERCENTILES.put("p99Ns", 99.0);
        PERCENTILES.put("p999Ns", 99.9);
        PERCENTILES.put("p9999Ns", 99.99);
    }

    private RunPlot() {}

    /** As SVG; empty when there is nothing to plot. */
    static String of(RunTable run) {
        boolean percentiles = run.groups().values().stream()
                .flatMap(List::stream)
                .anyMatch(row -> row.has("p50Ns") && row.has("p99Ns"));
        return percentiles ? percentiles(run) : rates(run);
    }

    private static String percentiles(RunTable run) {
        LineChart chart = LineChart.of(run.title(), Axis.percentiles("percentile"), Axis.log("µs"));
        run.groups().forEach((label, rows) -> {
            List<Double> at = new ArrayList<>();
            List<Double> microseconds = new ArrayList<>();
            PERCENTILES.forEach((field, percentile) -> median(rows, field).ifPresent(ns -> {
                at.add(percentile);
                microseconds.add(Math.max(1, ns) / 1e3);
            }));
            if (!at.isEmpty()) {
                chart.line(label, array(at), array(microseconds));
            }
        });
        return chart.size(900, 480).svg();
    }

    private static String rates(RunTable run) {
        List<String> names = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        run.groups()
                .forEach((label, rows) -> rows.stream()
                        .mapToDouble(RunTable::perSecond)
                        .filter(rate -> rate > 0)
                        .sorted()
                        .skip((rows.size() - 1) / 2)
                        .findFirst()
                        .ifPresent(rate -> {
                            names.add(label);
                            rates.add(rate);
                        }));
        return names.size() < 2
                ? ""
                : BarChart.of(run.title(), names, Axis.log("a second"))
                        .bars("a second", rates)
                        .size(900, 480)
                        .svg();
    }

    private static OptionalDouble median(List<JsonNode> rows, String field) {
        double[] values = rows.stream()
                .mapToDouble(row -> PerformancePage.number(row, field))
                .filter(value -> !Double.isNaN(value))
                .toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Spread.of(Arrays.stream(values)).median());
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
