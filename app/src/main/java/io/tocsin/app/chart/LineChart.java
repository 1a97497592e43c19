package io.tocsin.app.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Numbers over numbers: lines, steps and points, and targets to hold them against.
 *
 * <pre>
 *   LineChart.of("Detection lag", Axis.percentiles("percentile"), Axis.log("ms"))
 *           .line("Tocsin", percentiles, milliseconds)
 *           .svg()
 * </pre>
 *
 * <p>Series are drawn in the order in which they came, each in a colour of its own. {@code NaN} leaves a gap in a line. Not
 * shared between threads.
 */
public final class LineChart {
    private final String title;
    private final Axis x;
    private final Axis y;
    private final List<Series> series = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private int width = Look.WIDTH;
    private int height = Look.HEIGHT;

    private enum Kind {
        LINE,
        STEPS,
        POINTS
    }

    private record Series(String name, Kind kind, double[] xs, double[] ys) {}

    private record Target(String name, double at) {}

    private LineChart(String title, Axis x, Axis y) {
        this.title = title;
        this.x = x;
        this.y = y;
        if (y.scale() == Scale.PERCENTILE) {
            throw new IllegalArgumentException("'" + y.title() + "': percentiles go on the horizontal axis");
        }
    }

    /** A chart without series yet. */
    public static LineChart of(String title, Axis x, Axis y) {
        return new LineChart(title, x, y);
    }

    /** A line through points, in the order given. Names are unique in a chart. */
    public LineChart line(String name, double[] xs, double[] ys) {
        return add(name, Kind.LINE, xs, ys);
    }

    /** As a line, but each value holds until the next: what is measured at intervals, or a distribution. */
    public LineChart steps(String name, double[] xs, double[] ys) {
        return add(name, Kind.STEPS, xs, ys);
    }

    /** The points alone. */
    public LineChart points(String name, double[] xs, double[] ys) {
        return add(name, Kind.POINTS, xs, ys);
    }

    /** A dashed line across the whole chart. */
    public LineChart target(String name, double at) {
        y.place(at);
        targets.add(new Target(name, at));
        return this;
    }

    /** In units of SVG; the default is {@value Look#WIDTH} by {@value Look#HEIGHT}. */
    public LineChart size(int newWidth, int newHeight) {
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

    private LineChart add(String name, Kind kind, double[] xs, double[] ys) {
        if (xs.length != ys.length) {
            throw new IllegalArgumentException(
                    "series '" + name + "' has " + xs.length + " places and " + ys.length + " values");
        }
        double[] places = Arrays.stream(xs).map(x::place).toArray();
        double[] values = Arrays.stream(ys)
                .map(value -> Double.isNaN(value) ? value : y.place(value))
                .toArray();
        series.add(new Series(name, kind, places, values));
        return this;
    }

    private XYChart chart() {
        XYChart chart = new XYChart(width, height);
        chart.setTitle(title);
        chart.setXAxisTitle(x.title());
        chart.setYAxisTitle(y.title());
        Look.apply(chart.getStyler(), x, y);
        Look.legend(chart.getStyler(), series.size() + targets.size());
        for (int i = 0; i < series.size(); i++) {
            add(chart, series.get(i), i);
        }
        double[] ends = ends();
        for (Target target : targets) {
            XYSeries line = chart.addSeries(target.name(), ends, new double[] {target.at(), target.at()});
            line.setMarker(SeriesMarkers.NONE).setLineStyle(Look.DASHES).setLineColor(Look.TARGET);
        }
        return chart;
    }

    private void add(XYChart chart, Series drawn, int number) {
        if (Arrays.stream(drawn.ys()).allMatch(Double::isNaN)) {
            return; // Nothing to draw, and XChart would find no end of the axis.
        }
        XYSeries line = chart.addSeries(drawn.name(), drawn.xs(), drawn.ys());
        line.setXYSeriesRenderStyle(
                switch (drawn.kind()) {
                    case LINE -> XYSeriesRenderStyle.Line;
                    case STEPS -> XYSeriesRenderStyle.Step;
                    case POINTS -> XYSeriesRenderStyle.Scatter;
                });
        Marker marker =
                drawn.kind() == Kind.LINE && drawn.xs().length <= Look.MOST_MARKED || drawn.kind() == Kind.POINTS
                        ? Look.marker(number)
                        : SeriesMarkers.NONE;
        line.setMarker(marker)
                .setMarkerColor(Look.series(number))
                .setLineColor(Look.series(number))
                .setLineStyle(Look.LINE);
    }

    private double[] ends() {
        double least = x.min() == null ? Double.MAX_VALUE : x.place(x.min());
        double most = x.max() == null ? -Double.MAX_VALUE : x.place(x.max());
        for (Series drawn : series) {
            for (double place : drawn.xs()) {
                least = x.min() == null ? Math.min(least, place) : least;
                most = x.max() == null ? Math.max(most, place) : most;
            }
        }
        return least > most ? new double[] {1, 2} : new double[] {least, most};
    }

    private String description() {
        StringBuilder text = new StringBuilder(y.title()).append(" by ").append(x.title());
        for (Series drawn : series) {
            double least = Arrays.stream(drawn.ys())
                    .filter(value -> !Double.isNaN(value))
                    .min()
                    .orElse(Double.NaN);
            double most = Arrays.stream(drawn.ys())
                    .filter(value -> !Double.isNaN(value))
                    .max()
                    .orElse(Double.NaN);
            text.append("; ").append(drawn.name());
            if (!Double.isNaN(least)) {
                text.append(": ").append(Numbers.text(least)).append(" to ").append(Numbers.text(most));
            }
        }
        targets.forEach(
                target -> text.append("; ").append(target.name()).append(": ").append(Numbers.text(target.at())));
        return text.toString();
    }
}
