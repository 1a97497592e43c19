package io.tocsin.app.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Numbers over names, such as days, hours or categories: bars side by side, lines, and targets to hold them against.
 *
 * <pre>
 *   BarChart.of("Tickets", List.of("phone", "online"), Axis.fromZero("tickets"))
 *           .bars("opened", List.of(12.0, 30.0))
 *           .svg()
 * </pre>
 *
 * <p>Null stands for a number there is none of: no bar, a gap in a line. Not shared between threads.
 */
public final class BarChart {
    /** So many names stand beside each other; more stand aslant, as many of them as find room. */
    private static final int MOST_UPRIGHT = 12;

    private static final int SLANT_DEGREES = 45;

    private final String title;
    private final List<String> names;
    private final Axis y;
    private final List<Series> series = new ArrayList<>();
    private final List<Series> targets = new ArrayList<>();
    private int width = Look.WIDTH;
    private int height = Look.HEIGHT;

    private record Series(
            String name, boolean isLine, @Nullable Double[] values) {}

    private BarChart(String title, List<String> names, Axis y) {
        this.title = title;
        this.names = List.copyOf(names);
        this.y = y;
        if (names.isEmpty()) {
            throw new IllegalArgumentException("'" + title + "' has no names to draw over");
        }
        if (y.scale() == Scale.PERCENTILE) {
            throw new IllegalArgumentException("'" + y.title() + "': percentiles go on the horizontal axis of lines");
        }
    }

    /** A chart over names, of which there is at least one, without series yet. */
    public static BarChart of(String title, List<String> names, Axis y) {
        return new BarChart(title, names, y);
    }

    /** A bar for each name. Names of series are unique in a chart. */
    public BarChart bars(String name, List<@Nullable Double> values) {
        return add(name, false, values);
    }

    /** A point for each name, and a line through them. */
    public BarChart line(String name, List<@Nullable Double> values) {
        return add(name, true, values);
    }

    /** A dashed line across the whole chart. */
    public BarChart target(String name, double at) {
        Double[] everywhere = new Double[names.size()];
        Arrays.fill(everywhere, y.place(at));
        targets.add(new Series(name, true, everywhere));
        return this;
    }

    /** In units of SVG; the default is {@value Look#WIDTH} by {@value Look#HEIGHT}. */
    public BarChart size(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
        return this;
    }

    /**
     * The chart as one {@code <svg>} element.
     *
     * @throws NoFontException if the machine has no font
     */
    public String svg() {
        return Svg.of(title, description(), width, height, this::chart);
    }

    private BarChart add(String name, boolean isLine, List<@Nullable Double> values) {
        if (values.size() != names.size()) {
            throw new IllegalArgumentException(
                    "series '" + name + "' has " + values.size() + " values for " + names.size() + " names");
        }
        @Nullable Double[] placed = new @Nullable Double[values.size()];
        for (int i = 0; i < placed.length; i++) {
            Double value = values.get(i);
            placed[i] = value == null || value.isNaN() ? null : (Double) y.place(value);
        }
        series.add(new Series(name, isLine, placed));
        return this;
    }

    private CategoryChart chart() {
        CategoryChart chart = new CategoryChart(width, height);
        chart.setTitle(title);
        chart.setYAxisTitle(y.title());
        Look.apply(chart.getStyler(), Axis.linear(""), y);
        Look.legend(chart.getStyler(), series.size() + targets.size());
        chart.getStyler().setAvailableSpaceFill(0.8);
        if (y.scale() == Scale.LOG && y.min() == null) {
            chart.getStyler().setYAxisMin(decadeBelow());
        }
        chart.getStyler().setXAxisLabelRotation(names.size() > MOST_UPRIGHT ? SLANT_DEGREES : 0);
        // Lines take no room of their own beside bars; bars of several series stand side by side.
        chart.getStyler()
                .setOverlapped(series.stream().filter(drawn -> !drawn.isLine()).count() <= 1);
        for (int i = 0; i < series.size(); i++) {
            add(chart, series.get(i), i);
        }
        for (Series target : targets) {
            CategorySeries line = chart.addSeries(target.name(), names, Arrays.asList(target.values()));
            line.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Line);
            line.setMarker(SeriesMarkers.NONE).setLineStyle(Look.DASHES).setLineColor(Look.TARGET);
        }
        return chart;
    }

    private void add(CategoryChart chart, Series drawn, int number) {
        if (Arrays.stream(drawn.values()).allMatch(Objects::isNull)) {
            return; // Nothing to draw, and XChart would find no end of the axis.
        }
        CategorySeries added = chart.addSeries(drawn.name(), names, Arrays.asList(drawn.values()));
        if (drawn.isLine()) {
            added.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Line);
            added.setMarker(names.size() <= Look.MOST_MARKED ? Look.marker(number) : SeriesMarkers.NONE)
                    .setMarkerColor(Look.series(number))
                    .setLineStyle(Look.LINE)
                    .setLineColor(Look.series(number));
        } else {
            added.setFillColor(Look.series(number));
        }
    }

    /** Where bars begin that have no zero to stand on; XChart finds no such place for one bar alone. */
    private double decadeBelow() {
        double least = series.stream()
                .flatMap(drawn -> Arrays.stream(drawn.values()))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(1);
        return Math.pow(10, Math.floor(Math.log10(least / 2)));
    }

    private String description() {
        StringBuilder text = new StringBuilder(y.title());
        for (Series drawn : series) {
            text.append("; ").append(drawn.name()).append(": ");
            for (int i = 0; i < names.size(); i++) {
                Double value = drawn.values()[i];
                text.append(i == 0 ? "" : ", ")
                        .append(names.get(i))
                        .append(' ')
                        .append(value == null ? "–" : Numbers.text(value));
            }
        }
        for (Series target : targets) {
            text.append("; ")
                    .append(target.name())
                    .append(": ")
                    .append(Numbers.text(Objects.requireNonNull(target.values()[0])));
        }
        return text.toString();
    }
}
