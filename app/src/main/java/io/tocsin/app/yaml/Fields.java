package io.tocsin.app.yaml;

import io.tocsin.app.yaml.YamlNode.Entries;
import io.tocsin.app.yaml.YamlNode.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entries of a map by key, in the text's order. Of a key that comes twice the first value counts. */
public final class Fields {
    /**
     * One entry.
     *
     * @param name the key's text
     * @param key the key as a value, for problems with the key itself
     * @param value what it leads to
     */
    public record Field(String name, Value key, Value value) {}

    private static final String MERGE_KEY = "<<";

    private final Value owner;
    private final Map<String, Field> byName = new LinkedHashMap<>();

    Fields(Value owner, Entries map) {
        this.owner = owner;
        for (Entry entry : map.entries()) {
            add(entry);
        }
    }

    private void add(Entry entry) {
        String name = entry.key().text();
        Field field = new Field(name, owner.child(name, entry.key()), owner.child(name, entry.value()));
        Field first = byName.putIfAbsent(name, field);
        if (first != null) {
            field.key().error("is given twice, first in line " + first.key().line() + "; keep one of them");
        }
    }

    void reportUnknown(List<String> known) {
        for (Field field : byName.values()) {
            if (field.name().equals(MERGE_KEY)) {
                field.key()
                        .error("merge keys are not supported: write the keys out, or use an alias for a whole value");
            } else if (!known.contains(field.name())) {
                field.key().unknown("key", field.name(), known);
            }
        }
    }

    /** The value under a key, if it is given. */
    public Optional<Value> get(String name) {
        return Optional.ofNullable(byName.get(name)).map(Field::value);
    }

    /** The value under a key; reported, if it is missing. */
    public Optional<Value> require(String name, String expected) {
        Optional<Value> value = get(name);
        if (value.isEmpty()) {
            owner.missing(name, expected);
        }
        return value;
    }

    /** All entries. */
    public Collection<Field> all() {
        return byName.values();
    }

    /** All keys. */
    public List<String> names() {
        return new ArrayList<>(byName.keySet());
    }

    /** Whether there is no entry. */
    public boolean isEmpty() {
        return byName.isEmpty();
    }
}
