package io.tocsin.app.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What every chart looks like. Colours of series are those of Okabe and Ito, which the colour-blind tell apart; each colour has
 * another for dark pages. The background is the page's.
 */
final class Look {
    static final int WIDTH = 720;
    static final int HEIGHT = 320;
    /** A line through so many points shows each of them. */
    static final int MOST_MARKED = 40;

    private static final int MOST_IN_A_LINE = 6;

    static final BasicStroke LINE = new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke DASHES =
            new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {6f, 4f}, 0f);
    static final Color TARGET = new Color(0xb3261e);

    private static final Color INK = new Color(0x24292f);
    private static final Color FAINT = new Color(0xdde2e8);
    private static final Color CLEAR = new Color(0, true);
    private static final Color[] SERIES = {
        new Color(0x0072b2),
        new Color(0xe69f00),
        new Color(0x009e73),
        new Color(0xd55e00),
        new Color(0xcc79a7),
        new Color(0x56b4e9),
        new Color(0x6e7781),
        new Color(0x8f7a00)
    };
    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.DIAMOND
    };
    /** Light colour to dark one, of those that are hard to see on a dark page. */
    private static final Map<Color, Color> DARK = new LinkedHashMap<>();

    static {
        DARK.put(INK, new Color(0xe6edf3));
        DARK.put(FAINT, new Color(0x3d444d));
        DARK.put(TARGET, new Color(0xff8a80));
        DARK.put(SERIES[0], new Color(0x4da3d9));
        DARK.put(SERIES[2], new Color(0x2fc79b));
        DARK.put(SERIES[3], new Color(0xf0803c));
        DARK.put(SERIES[6], new Color(0x9ea7b3));
        DARK.put(SERIES[7], new Color(0xc9b037));
    }

    private Look() {}

    static Color series(int number) {
        return SERIES[number % SERIES.length];
    }

    static Marker marker(int number) {
        return MARKERS[number % MARKERS.length];
    }

    static void apply(AxesChartStyler styler, Axis x, Axis y) {
        styler.setLocale(Locale.ROOT);
        styler.setChartBackgroundColor(CLEAR);
        styler.setPlotBackgroundColor(CLEAR);
        styler.setPlotBorderVisible(false);
        styler.setLegendBackgroundColor(CLEAR);
        styler.setLegendBorderColor(CLEAR);
        styler.setChartTitleBoxVisible(false);
        styler.setChartFontColor(INK);
        styler.setAxisTickLabelsColor(INK);
        styler.setAxisTickMarksColor(FAINT);
        styler.setPlotGridLinesColor(FAINT);
        styler.setPlotGridLinesStroke(new BasicStroke(1f));
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setChartPadding(6);
        styler.setMarkerSize(6);
        styler.setChartTitleFont(font(Font.BOLD, 15));
        styler.setAxisTitleFont(font(Font.PLAIN, 12));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 11));
        styler.setLegendFont(font(Font.PLAIN, 12));
        axes(styler, x, y);
    }

    /** One line below the chart, or where there are too many names for it, a list beside it. */
    static void legend(AxesChartStyler styler, int names) {
        styler.setLegendVisible(names > 1);
        boolean beside = names > MOST_IN_A_LINE;
        styler.setLegendPosition(beside ? LegendPosition.OutsideE : LegendPosition.OutsideS);
        styler.setLegendLayout(beside ? LegendLayout.Vertical : LegendLayout.Horizontal);
    }

    /** A rule for each colour that changes on a dark page; what is printed stays light. */
    static String darkStyle() {
        StringBuilder style = new StringBuilder("@media screen and (prefers-color-scheme: dark){");
        DARK.forEach((light, dark) -> {
            for (String attribute : new String[] {"fill", "stroke"}) {
                style.append(".tocsin-chart [")
                        .append(attribute)
                        .append("=\"")
                        .append(Svg.color(light))
                        .append("\"]{")
                        .append(attribute)
                        .append(':')
                        .append(Svg.color(dark))
                        .append('}');
            }
        });
        return style.append('}').toString();
    }

    private static void axes(AxesChartStyler styler, Axis x, Axis y) {
        styler.setXAxisLogarithmic(x.scale() != Scale.LINEAR);
        styler.setXAxisLogarithmicDecadeOnly(true);
        styler.setYAxisLogarithmic(y.scale() == Scale.LOG);
        styler.setYAxisLogarithmicDecadeOnly(true);
        if (x.min() != null) {
            styler.setXAxisMin(x.place(x.min()));
        }
        if (x.max() != null) {
            styler.setXAxisMax(x.place(x.max()));
        }
        if (y.min() != null) {
            styler.setYAxisMin(y.min());
        }
        if (y.max() != null) {
            styler.setYAxisMax(y.max());
        }
        if (!x.title().isEmpty()) {
            styler.setxAxisTickLabelsFormattingFunction(x::label);
        }
        styler.setyAxisTickLabelsFormattingFunction(y::label);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
