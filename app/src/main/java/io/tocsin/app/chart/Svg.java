package io.tocsin.app.chart;

import java.awt.Color;
import java.awt.Dimension;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.internal.chartpart.IChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A laid-out chart as one {@code <svg>} element that can stand in a page or in a file of its own: a title and a description
 * for those who hear it, colours for light and dark pages, and no id that another chart of the page has.
 */
final class Svg {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    /** Places after the point: a hundredth of a unit is below what is seen. */
    private static final int PRECISION = 2;

    private static final Pattern COLOR = Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)");
    private static final Pattern ID = Pattern.compile("\\b((clipPath|pattern|defs|linearGradient)\\d+|genericDefs)\\b");
    private static final Pattern LINE_END = Pattern.compile("\\s*\\R\\s*");

    private Svg() {}

    static String of(String title, String description, int width, int height, Supplier<IChart> chart) {
        Document document = newDocument();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment(null);
        context.setPrecision(PRECISION);
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        try {
            chart.get().paint(graphics, width, height);
        } catch (InternalError | NoClassDefFoundError | NullPointerException e) {
            if (cameOfFonts(e)) {
                throw new NoFontException(e);
            }
            throw e;
        }
        Element root = graphics.getRoot();
        describe(document, root, title, description, width, height);
        graphics.dispose();
        return ownIds(plainColors(text(graphics, root)));
    }

    /** As it stands in the text. */
    static String color(Color color) {
        return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xff_ff_ff);
    }

    private static void describe(
            Document document, Element root, String title, String description, int width, int height) {
        root.setAttribute("class", "tocsin-chart");
        root.setAttribute("viewBox", "0 0 " + width + " " + height);
        root.setAttribute("role", "img");
        root.setAttribute("aria-label", title);
        root.insertBefore(element(document, "style", Look.darkStyle()), root.getFirstChild());
        root.insertBefore(element(document, "desc", description), root.getFirstChild());
        root.insertBefore(element(document, "title", title), root.getFirstChild());
    }

    private static Element element(Document document, String name, String text) {
        Element element = document.createElementNS(NAMESPACE, name);
        element.setTextContent(text);
        return element;
    }

    private static String text(SVGGraphics2D graphics, Element root) {
        StringWriter text = new StringWriter();
        try {
            graphics.stream(root, text, false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // A StringWriter has none.
        }
        String whole = text.toString();
        return LINE_END.matcher(whole.substring(whole.indexOf("<svg")))
                .replaceAll("\n")
                .strip();
    }

    /** Colours as in style sheets, so that {@link Look#darkStyle} finds them. */
    private static String plainColors(String svg) {
        Matcher matcher = COLOR.matcher(svg);
        return matcher.replaceAll(found -> color(new Color(
                Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3)))));
    }

    /** Batik numbers its ids from 1 in each chart; here they begin with a number that follows from the chart. */
    private static String ownIds(String svg) {
        CRC32 checksum = new CRC32();
        checksum.update(svg.getBytes(StandardCharsets.UTF_8));
        String prefix = String.format(Locale.ROOT, "c%08x-", checksum.getValue());
        return ID.matcher(svg).replaceAll(prefix + "$0");
    }

    private static boolean cameOfFonts(Throwable failed) {
        for (StackTraceElement frame : failed.getStackTrace()) {
            if (frame.getClassName().startsWith("sun.font.")
                    || frame.getClassName().startsWith("sun.awt.FontConf")) {
                return true;
            }
        }
        return failed instanceof NoClassDefFoundError;
    }

    private static Document newDocument() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK brings no XML parser", e);
        }
    }
}
