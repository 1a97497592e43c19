package io.tocsin.app.document;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.http.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document for programs: tables by key, rows by the keys of columns. */
final class JsonFormat {
    private JsonFormat() {}

    static byte[] of(Document document) {
        return Json.bytes(json -> {
            json.useDefaultPrettyPrinter();
            write(json, document);
            json.writeRaw('\n');
        });
    }

    private static void write(JsonGenerator json, Document document) throws IOException {
        json.writeStartObject();
        json.writeStringField("title", document.title());
        for (Map.Entry<String, String> fact : document.facts().entrySet()) {
            json.writeStringField(fact.getKey(), fact.getValue());
        }
        json.writeObjectFieldStart("tables");
        for (Table table : document.tables()) {
            write(json, table);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Table table) throws IOException {
        json.writeObjectFieldStart(table.key());
        json.writeStringField("title", table.title());
        json.writeObjectFieldStart("columns");
        for (Column column : table.columns()) {
            json.writeStringField(column.key(), column.title());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("rows");
        for (List<@Nullable Object> row : table.rows()) {
            write(json, table.columns(), row);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (String note : table.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, List<Column> columns, List<@Nullable Object> row) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < row.size(); i++) {
            json.writeFieldName(columns.get(i).key());
            Object cell = row.get(i);
            if (cell == null) {
                json.writeNull();
            } else if (columns.get(i).isNumber()) {
                json.writeNumber(Cells.plain(cell));
            } else {
                json.writeString(Cells.plain(cell));
            }
        }
        json.writeEndObject();
    }
}
