package io.tocsin.app.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartTest {
    private static final double[] XS = {1, 2, 3, 4};

    @Test
    void shouldGiveTheSameTextForTheSameSeries() {
        assertThat(latency().svg()).isEqualTo(latency().svg());
        assertThat(tickets().svg()).isEqualTo(tickets().svg());
    }

    @Test
    void shouldBeOneElementThatIsWellFormedAndLoadsNothing() throws Exception {
        for (String svg : List.of(latency().svg(), tickets().svg())) {
            Document document = parse(svg);
            assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
            assertThat(document.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 720 320");
            assertThat(document.getDocumentElement().getAttribute("role")).isEqualTo("img");
            assertThat(svg).doesNotContain("<image", "<script", "@import", "<!DOCTYPE", "NaN");
            assertThat(svg.replaceAll("xmlns(:\\w+)?=\"[^\"]*\"", "")).doesNotContain("http:", "https:");
        }
    }

    @Test
    void shouldSayInWordsWhatItShows() throws Exception {
        Document document = parse(tickets().svg());

        assertThat(text(document, "title")).isEqualTo("Tickets & <calls>");
        assertThat(text(document, "desc"))
                .isEqualTo(
                        "tickets; opened: phone 12, online 30, 邮件 –; attained: phone 90, online 80, 邮件 95; goal: 85");
    }

    @Test
    void shouldDrawEverySeriesInAColourOfItsOwn() {
        String svg = tickets().svg();

        assertThat(svg).contains("fill=\"#0072b2\"", "#e69f00", "stroke-dasharray=\"6,4\"", "#b3261e");
        assertThat(svg).contains("prefers-color-scheme: dark");
    }

    @Test
    void shouldDrawALineForEveryKind() {
        String withSteps = LineChart.of("Steps", Axis.linear("s"), Axis.fromZero("n"))
                .steps("a", XS, new double[] {1, 5, 2, 3})
                .svg();
        String withLine = LineChart.of("Steps", Axis.linear("s"), Axis.fromZero("n"))
                .line("a", XS, new double[] {1, 5, 2, 3})
                .svg();
        String withPoints = LineChart.of("Steps", Axis.linear("s"), Axis.fromZero("n"))
                .points("a", XS, new double[] {1, 5, 2, 3})
                .svg();

        assertThat(new TreeSet<>(List.of(withSteps, withLine, withPoints))).hasSize(3);
    }

    @Test
    void shouldGiveEachChartOfAPageIdsOfItsOwn() {
        TreeSet<String> first = ids(latency().svg());
        TreeSet<String> second = ids(tickets().svg());

        assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(second);
        assertThat(latency().svg()).contains("url(#" + first.first() + ")");
    }

    @Test
    void shouldSpacePercentilesByHowRareTheyAre() {
        Axis axis = Axis.percentiles("percentile");

        assertThat(axis.place(90)).isEqualTo(10);
        assertThat(axis.place(99)).isEqualTo(100);
        assertThat(axis.label(10)).isEqualTo("90 %");
        assertThat(axis.label(100_000)).isEqualTo("99.999 %");
    }

    @Test
    void shouldWriteNumbersShortAndExact() {
        assertThat(Numbers.text(0)).isEqualTo("0");
        assertThat(Numbers.text(0.1 + 0.2)).isEqualTo("0.3");
        assertThat(Numbers.text(-1234567.5)).isEqualTo("-1,234,567.5");
        assertThat(Numbers.text(-123)).isEqualTo("-123");
        assertThat(Numbers.text(1e15)).isEqualTo("1E+15");
    }

    @Test
    void shouldRefuseWhatItCannotShow() {
        LineChart chart = LineChart.of("Log", Axis.linear("s"), Axis.log("ms"));

        assertThatThrownBy(() -> chart.line("a", XS, new double[] {1, 0, 2, 3}))
                .hasMessageContaining("cannot show 0.0");
        assertThatThrownBy(() -> chart.line("a", XS, new double[] {1})).hasMessageContaining("4 places and 1 values");
        assertThatThrownBy(() -> Axis.percentiles("p").place(100)).hasMessageContaining("cannot show 100");
        assertThatThrownBy(() -> BarChart.of("none", List.of(), Axis.linear("n")))
                .hasMessageContaining("no names");
    }

    @Test
    void shouldSayThatThereIsNoFont() {
        assertThatThrownBy(() -> Svg.of("chart", "", 10, 10, () -> {
                    throw new NoClassDefFoundError("Could not initialize class sun.font.FontManagerFactory");
                }))
                .isInstanceOf(NoFontException.class)
                .hasMessageContaining("install fontconfig");
        assertThatThrownBy(() -> Svg.of("chart", "", 10, 10, () -> {
                    throw new NullPointerException("of our own");
                }))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void shouldDrawSeriesWithGapsAndWithNothing() throws Exception {
        String svg = LineChart.of("Gaps", Axis.linear("s"), Axis.fromZero("n"))
                .line("gap", XS, new double[] {1, Double.NaN, 2, 3})
                .line("nothing", XS, new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN})
                .svg();

        parse(svg);
        parse(LineChart.of("Empty", Axis.linear("s"), Axis.fromZero("n")).svg());
        parse(BarChart.of("Empty", List.of("a"), Axis.fromZero("n"))
                .bars("b", Arrays.asList((Double) null))
                .svg());
        assertThat(svg).doesNotContain("NaN");
    }

    private static LineChart latency() {
        return LineChart.of("Latency", Axis.percentiles("percentile"), Axis.log("µs"))
                .line("apply", new double[] {0, 50, 90, 99, 99.9, 99.99}, new double[] {1, 2, 4, 30, 200, 900})
                .line("detect", new double[] {0, 50, 90, 99, 99.9, 99.99}, new double[] {2, 3, 9, 40, 300, 1000})
                .target("limit", 500);
    }

    private static BarChart tickets() {
        return BarChart.of("Tickets & <calls>", List.of("phone", "online", "邮件"), Axis.fromZero("tickets"))
                .bars("opened", Arrays.asList(12.0, 30.0, null))
                .line("attained", List.of(90.0, 80.0, 95.0))
                .target("goal", 85);
    }

    private static TreeSet<String> ids(String svg) {
        TreeSet<String> ids = new TreeSet<>();
        Matcher matcher = Pattern.compile("\\bid=\"([^\"]+)\"").matcher(svg);
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        return ids;
    }

    private static String text(Document document, String tag) {
        NodeList found = document.getDocumentElement().getElementsByTagName(tag);
        return found.item(0).getTextContent();
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
