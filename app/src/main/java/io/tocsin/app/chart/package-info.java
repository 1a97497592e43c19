/**
 * Charts as SVG text, for pages that are read in a browser or printed: series in, text out.
 *
 * <p>A {@link io.tocsin.app.chart.LineChart} draws numbers over numbers, a {@link io.tocsin.app.chart.BarChart} numbers over
 * names. XChart lays them out, Batik writes them down ({@link io.tocsin.app.chart.Svg}); what they look like is in
 * {@link io.tocsin.app.chart.Look}. Nothing is loaded when a chart is shown: letters are outlines, there is no script, and
 * dark colours stand in the chart itself. The same series give the same text on machines with the same fonts and JDK. No
 * display is needed, but one font is; in a container without any, charts cannot be drawn ({@link
 * io.tocsin.app.chart.NoFontException}).
 */
package io.tocsin.app.chart;
