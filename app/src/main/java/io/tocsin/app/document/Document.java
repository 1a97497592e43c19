package io.tocsin.app.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole report.
 *
 * @param language a language tag such as {@code zh}
 * @param title its heading
 * @param facts what it is about, in order: a name for programs to a value for all
 * @param tables in order
 */
public record Document(String language, String title, Map<String, String> facts, List<Table> tables) {
    /** Copies the collections. */
    public Document {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        tables = List.copyOf(tables);
    }
}
