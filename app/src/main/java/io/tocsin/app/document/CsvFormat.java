package io.tocsin.app.document;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One table by RFC 4180: a line of headings, then a line for each row, ended with CR and LF. */
final class CsvFormat {
    private static final String LINE_END = "\r\n";
    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();

    private CsvFormat() {}

    static String of(Document document) {
        if (document.tables().size() != 1) {
            throw new IllegalArgumentException("a file of CSV holds one table, the report has "
                    + document.tables().stream().map(Table::key).toList());
        }
        Table table = document.tables().get(0);
        StringWriter text = new StringWriter();
        CsvSchema schema = CsvSchema.emptySchema().withLineSeparator(LINE_END);
        try (SequenceWriter rows = MAPPER.writer(schema).writeValues(text)) {
            rows.write(table.columns().stream().map(Column::title).toList());
            for (List<@Nullable Object> row : table.rows()) {
                rows.write(row.stream()
                        .map(cell -> cell == null ? "" : Cells.plain(cell))
                        .toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // A StringWriter has none.
        }
        return text.toString();
    }
}
