package io.tocsin.app.document;

import io.tocsin.app.text.TextTable;
import io.tocsin.app.text.Width;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A document for a terminal. */
final class TextFormat {
    private TextFormat() {}

    static String of(Document document) {
        StringBuilder text = new StringBuilder(underlined(document.title(), '='));
        TextTable facts = TextTable.ofWords("");
        document.facts().forEach((name, value) -> facts.row(List.of(name, value)));
        text.append(facts);
        for (Table table : document.tables()) {
            text.append('\n').append(underlined(table.title(), '-'));
            if (!table.rows().isEmpty()) {
                text.append(table(table));
            }
            table.notes().forEach(note -> text.append(note).append('\n'));
        }
        return text.toString();
    }

    private static TextTable table(Table table) {
        TextTable text = TextTable.of("", column -> table.columns().get(column).isNumber());
        text.row(table.columns().stream().map(Column::title).toList());
        for (List<@Nullable Object> row : table.rows()) {
            text.row(IntStream.range(0, row.size())
                    .mapToObj(i -> Cells.forPeople(table.columns().get(i), row.get(i)))
                    .toList());
        }
        return text;
    }

    private static String underlined(String title, char line) {
        return title + "\n" + String.valueOf(line).repeat(Width.of(title)) + "\n";
    }
}
