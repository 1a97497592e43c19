package io.tocsin.app.document;

import io.tocsin.app.chart.NoFontException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A document as a page that needs nothing but itself: no script, no font, nothing to load, which its own policy forbids as
 * well. Light and dark as the reader's system is, and made to be printed.
 */
final class HtmlFormat {
    private static final String STYLE_FILE = "document.css";

    private HtmlFormat() {}

    static String of(Document document) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"")
                .append(escaped(document.language()))
                .append("\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                        + " 'unsafe-inline'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(escaped(document.title()))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(escaped(document.title()))
                .append("</h1>\n<dl>\n");
        document.facts()
                .forEach((name, value) -> page.append("<div><dt>")
                        .append(escaped(name))
                        .append("</dt><dd>")
                        .append(escaped(value))
                        .append("</dd></div>\n"));
        page.append("</dl>\n");
        document.tables().forEach(table -> append(page, table));
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void append(StringBuilder page, Table table) {
        page.append("<section id=\"")
                .append(escaped(table.key()))
                .append("\">\n<h2>")
                .append(escaped(table.title()))
                .append("</h2>\n");
        table.charts().forEach(chart -> appendChart(page, chart));
        if (!table.rows().isEmpty()) {
            page.append("<div class=\"wide\"><table>\n<thead><tr>");
            table.columns()
                    .forEach(column -> page.append(
                                    column.isNumber() ? "<th class=\"n\" scope=\"col\">" : "<th scope=\"col\">")
                            .append(escaped(column.title()))
                            .append("</th>"));
            page.append("</tr></thead>\n<tbody>\n");
            table.rows().forEach(row -> append(page, table.columns(), row));
            page.append("</tbody>\n</table></div>\n");
        }
        table.notes().forEach(note -> page.append("<p>").append(escaped(note)).append("</p>\n"));
        page.append("</section>\n");
    }

    private static void append(StringBuilder page, List<Column> columns, List<@Nullable Object> row) {
        page.append("<tr>");
        for (int i = 0; i < row.size(); i++) {
            page.append(columns.get(i).isNumber() ? "<td class=\"n\">" : "<td>")
                    .append(escaped(Cells.forPeople(columns.get(i), row.get(i))))
                    .append("</td>");
        }
        page.append("</tr>\n");
    }

    private static void appendChart(StringBuilder page, Supplier<String> chart) {
        try {
            page.append("<figure>").append(chart.get()).append("</figure>\n");
        } catch (NoFontException e) {
            page.append("<p>").append(escaped(String.valueOf(e.getMessage()))).append("</p>\n");
        }
    }

    private static String style() {
        try (InputStream in = HtmlFormat.class.getResourceAsStream(STYLE_FILE)) {
            if (in == null) {
                throw new IllegalStateException(STYLE_FILE + " is not in the product; build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
