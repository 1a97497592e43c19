package io.tocsin.app.yaml;

import io.tocsin.app.yaml.YamlNode.Entries;
import io.tocsin.app.yaml.YamlNode.Items;
import io.tocsin.app.yaml.YamlNode.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A node of the text with its path, through which the readers see it: asks for a shape, and reports when the node has
 * another one.
 */
public final class Value {
    /** The path of the file as a whole. */
    static final String ROOT_PATH = "$";

    /** Whoever makes more mistakes than this in one file gets them listed without help; it bounds the work. */
    private static final int MAX_SUGGESTIONS = 200;

    private static final Pattern PLAIN_KEY = Pattern.compile("[\\p{L}\\p{N}_+-]+");

    private final YamlNode node;
    private final String path;
    private final Problems problems;

    private Value(YamlNode node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    static Value root(YamlNode node, Problems problems) {
        return new Value(node, ROOT_PATH, problems);
    }

    /** A value below this one, or the key itself that leads to it. */
    Value child(String key, YamlNode child) {
        return new Value(child, pathOf(key), problems);
    }

    String pathOf(String key) {
        if (!PLAIN_KEY.matcher(key).matches()) {
            return (isRoot() ? "" : path) + "[" + Names.quote(key) + "]";
        }
        return isRoot() ? key : path + "." + key;
    }

    private boolean isRoot() {
        return path.equals(ROOT_PATH);
    }

    /** Whether this is a scalar. */
    public boolean isText() {
        return node instanceof Text;
    }

    /** Whether this is a scalar of this text. */
    public boolean isText(String text) {
        return node instanceof Text scalar && scalar.text().equals(text);
    }

    /** Whether this is a list. */
    public boolean isList() {
        return node instanceof Items;
    }

    /** Whether this is a map. */
    public boolean isMap() {
        return node instanceof Entries;
    }

    /** Whether this is an empty text, or YAML's way of giving no value. */
    public boolean isNothing() {
        return node instanceof Text scalar && scalar.isNothing();
    }

    /** The scalar's text; empty, and reported, if it is anything else or blank. */
    public Optional<String> text(String expected) {
        if (node instanceof Text scalar && !scalar.isNothing() && !scalar.text().isBlank()) {
            return Optional.of(scalar.text());
        }
        error("is " + described() + ", expected " + expected);
        return Optional.empty();
    }

    /** The scalar's text, which may be empty if it is quoted; reported, if it is anything else. */
    public Optional<String> anyText(String expected) {
        if (node instanceof Text scalar && !scalar.isNothing()) {
            return Optional.of(scalar.text());
        }
        error("is " + described() + ", expected " + expected);
        return Optional.empty();
    }

    /** The list's items, maybe none; empty and reported, if this is no list. */
    public List<Value> items(String expected) {
        if (!(node instanceof Items list)) {
            error("is " + described() + ", expected " + expected);
            return List.of();
        }
        List<Value> values = new ArrayList<>(list.items().size());
        for (int i = 0; i < list.items().size(); i++) {
            values.add(new Value(list.items().get(i), path + "[" + i + "]", problems));
        }
        return values;
    }

    /** The list's items; more than allowed are reported and left out. */
    public List<Value> items(String expected, int most) {
        List<Value> items = items(expected);
        if (items.size() <= most) {
            return items;
        }
        error("has " + items.size() + " items, at most " + most + " are allowed");
        return items.subList(0, most);
    }

    /** The list's items; reported, if there is none. */
    public List<Value> someItems(String expected) {
        if (node instanceof Items list && list.items().isEmpty()) {
            error("is empty, expected " + expected);
        }
        return items(expected);
    }

    /** The map; empty, and reported, if this is none. Keys that come twice are reported. */
    public Optional<Fields> fields(String expected) {
        if (!(node instanceof Entries map)) {
            error("is " + described() + ", expected " + expected);
            return Optional.empty();
        }
        return Optional.of(new Fields(this, map));
    }

    /** The map, as {@link #fields(String)}; keys that are not known are reported. */
    public Optional<Fields> fields(String expected, List<String> known) {
        Optional<Fields> fields = fields(expected);
        fields.ifPresent(found -> found.reportUnknown(known));
        return fields;
    }

    /** Reports a mistake of this value. */
    public void error(String message) {
        problems.error(path, node.at(), message);
    }

    /** Reports that this value, or this key, names nothing that there is. */
    public void unknown(String kind, String name, Collection<String> known) {
        boolean helpful = problems.errorCount() < MAX_SUGGESTIONS;
        error(helpful ? Names.unknown(kind, name, known) : "unknown " + kind + " " + Names.quote(name));
    }

    /** Reports that this value names nothing that there is, of more than could be listed. */
    public void unknown(String kind, Supplier<Optional<String>> nearest, String expected) {
        boolean helpful = problems.errorCount() < MAX_SUGGESTIONS;
        Optional<String> near = helpful ? nearest.get() : Optional.empty();
        error("unknown " + kind + " " + described()
                + near.map(name -> ", did you mean " + Names.quote(name) + "?").orElse(";") + " " + expected);
    }

    /** How many mistakes the whole text has so far. */
    public int errorCount() {
        return problems.errorCount();
    }

    /** Reports that a key of this map is missing. */
    public void missing(String key, String expected) {
        problems.error(pathOf(key), node.at(), "is missing, expected " + expected);
    }

    /** Reports something that is allowed but looks wrong. */
    public void warning(String message) {
        problems.warning(path, node.at(), message);
    }

    /** How a message shows this value. */
    public String described() {
        if (node instanceof Text scalar) {
            return scalar.isNothing()
                    ? "without a value"
                    : scalar.text().isBlank() ? "empty" : Names.quote(scalar.text());
        }
        return node instanceof Items ? "a list" : "a map";
    }

    /** The line in which this begins, from 1. */
    public int line() {
        return node.at().line();
    }

    /** Where this hangs, such as {@code policies[2].targets}. */
    public String path() {
        return path;
    }
}
