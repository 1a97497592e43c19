package io.tocsin.app.document;

import java.nio.charset.StandardCharsets;

/** What a document can be written as; UTF-8 without a byte order mark in each case. Any thread. */
public enum Format {
    /** Tables for a terminal. */
    TEXT,

    /** One table by RFC 4180, for spreadsheets. */
    CSV,

    /** For programs. */
    JSON,

    /** A page that needs nothing but itself, with charts. */
    HTML;

    /**
     * The bytes of a file.
     *
     * @throws IllegalArgumentException if it is CSV and the document has not exactly one table
     */
    public byte[] bytes(Document document) {
        return switch (this) {
            case TEXT -> TextFormat.of(document).getBytes(StandardCharsets.UTF_8);
            case CSV -> CsvFormat.of(document).getBytes(StandardCharsets.UTF_8);
            case JSON -> JsonFormat.of(document);
            case HTML -> HtmlFormat.of(document).getBytes(StandardCharsets.UTF_8);
        };
    }
}
