package io.tocsin.app.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormatTest {
    private static final Table TABLE = new Table(
                    "ages",
                    "Ages & <more>",
                    List.of(
                            Column.words("name", "name, first"),
                            Column.number("age", "age (y)"),
                            Column.remarks("remark", "remark")))
            .row("小\"明\"", new BigDecimal("8.20"), null)
            .row("line\nfeed, comma", null, "<b>")
            .row(null, 7L, "")
            .note("That is \"all\".");
    private static final Document DOCUMENT =
            new Document("zh", "Ages <1>", Map.of("day", "2024-05-01"), List.of(TABLE));

    @Test
    void shouldWriteCsvByTheRfc() {
        assertThat(text(Format.CSV))
                .isEqualTo("\"name, first\",age (y),remark\r\n"
                        + "\"小\"\"明\"\"\",8.20,\r\n"
                        + "\"line\nfeed, comma\",,<b>\r\n"
                        + ",7,\r\n");
        assertThat(Format.CSV.bytes(DOCUMENT)[0]).as("no byte order mark").isEqualTo((byte) '"');
    }

    @Test
    void shouldWriteOneTableOnlyAsCsv() {
        Document two = new Document("en", "two", Map.of(), List.of(TABLE, TABLE));
        assertThatThrownBy(() -> Format.CSV.bytes(two)).hasMessageContaining("one table");
    }

    @Test
    void shouldWriteJsonWithNumbersAndNulls() throws IOException {
        JsonNode json = new ObjectMapper().readTree(Format.JSON.bytes(DOCUMENT));

        assertThat(json.path("title").asText()).isEqualTo("Ages <1>");
        assertThat(json.path("day").asText()).isEqualTo("2024-05-01");
        JsonNode ages = json.path("tables").path("ages");
        assertThat(ages.path("columns").path("name").asText()).isEqualTo("name, first");
        assertThat(ages.path("notes").get(0).asText()).isEqualTo("That is \"all\".");
        JsonNode rows = ages.path("rows");
        assertThat(rows.get(0).path("age").isNumber()).isTrue();
        assertThat(rows.get(0).path("age").asText()).isEqualTo("8.2");
        assertThat(rows.get(1).path("age").isNull()).isTrue();
        assertThat(rows.get(2).path("name").isNull()).isTrue();
        assertThat(rows.get(2).path("age").asInt()).isEqualTo(7);
    }

    @Test
    void shouldEscapeEverythingInAPage() {
        String page = text(Format.HTML);

        assertThat(page)
                .startsWith("<!DOCTYPE html>\n<html lang=\"zh\">")
                .contains("<h1>Ages &lt;1&gt;</h1>", "<h2>Ages &amp; &lt;more&gt;</h2>", "<td>&lt;b&gt;</td>")
                .contains("<td class=\"n\">–</td>", "<p>That is &quot;all&quot;.</p>")
                .contains("default-src 'none'")
                .doesNotContain("<b>", "<script");
    }

    @Test
    void shouldWriteTablesForATerminal() {
        Document plain = new Document(
                "en",
                "Ages",
                Map.of("day", "2024-05-01"),
                List.of(new Table("ages", "年龄", List.of(Column.words("name", "name"), Column.number("age", "age")))
                        .row("小明", new BigDecimal("8.2"))
                        .row("x", null)
                        .note("All.")));

        assertThat(new String(Format.TEXT.bytes(plain), StandardCharsets.UTF_8)).isEqualTo("""
                Ages
                ====
                day  2024-05-01

                年龄
                ----
                name  age
                小明  8.2
                x       –
                All.
                """);
    }

    private static String text(Format format) {
        return new String(format.bytes(DOCUMENT), StandardCharsets.UTF_8);
    }
}
