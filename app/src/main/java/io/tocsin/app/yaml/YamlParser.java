package io.tocsin.app.yaml;

import io.tocsin.app.yaml.YamlNode.Entries;
import io.tocsin.app.yaml.YamlNode.Entry;
import io.tocsin.app.yaml.YamlNode.Items;
import io.tocsin.app.yaml.YamlNode.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.Event.ID;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Composes {@link YamlNode}s from the library's parse events. The library's own composer is not used, because it guesses
 * types, drops the first of two equal keys and knows no place for what it refuses.
 */
final class YamlParser {
    /** Far more than a file of ours needs; keeps the recursion below off the end of the stack. */
    static final int MAX_DEPTH = 50;
    /** More nodes than the largest text can hold without aliases, so only aliases of aliases get there. */
    static final long MAX_NODES = 1_000_000;

    private static final String CORE_TAG = "tag:yaml.org,2002:";

    private final String kind;
    private final Parser events;
    private final Map<String, YamlNode> anchors = new HashMap<>();

    private YamlParser(String text, String kind) {
        this.kind = kind;
        LoaderOptions options = new LoaderOptions();
        // The caller checks the size in bytes and can say so better.
        options.setCodePointLimit(Integer.MAX_VALUE);
        events = new ParserImpl(new StreamReader(text), options);
    }

    /**
     * The text's only document, nothing if the text is empty; no node, with a problem reported, if the text is not one
     * readable document.
     */
    static Optional<YamlNode> parse(String text, String kind, Problems problems) {
        try {
            return Optional.of(new YamlParser(text, kind).document());
        } catch (Refusal refusal) {
            problems.error(Value.ROOT_PATH, refusal.at, String.valueOf(refusal.getMessage()));
        } catch (MarkedYAMLException e) {
            problems.error(Value.ROOT_PATH, Position.of(e.getProblemMark()), "YAML syntax: " + Syntax.explain(e));
        } catch (ReaderException e) {
            String before = text.substring(0, text.offsetByCodePoints(0, e.getPosition()));
            problems.error(
                    Value.ROOT_PATH,
                    Position.after(before),
                    String.format("the character U+%04X is not allowed in YAML", e.getCodePoint()));
        }
        return Optional.empty();
    }

    private YamlNode document() {
        next(ID.StreamStart);
        if (events.checkEvent(ID.StreamEnd)) {
            return new Text("", true, Position.START);
        }
        next(ID.DocumentStart);
        YamlNode root = node(0);
        next(ID.DocumentEnd);
        if (!events.checkEvent(ID.StreamEnd)) {
            Position second = Position.of(events.peekEvent().getStartMark());
            throw new Refusal(second, "a second document begins here; a " + kind + " holds one");
        }
        return root;
    }

    private void next(ID expected) {
        Event event = events.getEvent();
        if (!event.is(expected)) {
            throw new IllegalStateException("the YAML parser gave " + event + " instead of " + expected);
        }
    }

    private YamlNode node(int depth) {
        Event event = events.getEvent();
        Position at = Position.of(event.getStartMark());
        if (event instanceof AliasEvent alias) {
            return aliased(alias, at);
        }
        if (depth > MAX_DEPTH) {
            throw new Refusal(at, "values are nested more than " + MAX_DEPTH + " deep");
        }
        NodeEvent start = (NodeEvent) event;
        if (start.getAnchor() != null) {
            anchors.remove(start.getAnchor());
        }
        YamlNode node = content(event, at, depth);
        if (start.getAnchor() != null) {
            anchors.put(start.getAnchor(), node);
        }
        return node;
    }

    /** An anchor counts once its value is complete, so an alias to what it stands in finds nothing. */
    private YamlNode aliased(AliasEvent alias, Position at) {
        YamlNode node = anchors.get(alias.getAnchor());
        if (node == null) {
            throw new Refusal(
                    at,
                    "the alias *" + alias.getAnchor() + " has no complete anchor &" + alias.getAnchor()
                            + " before it; text that begins with * must be quoted");
        }
        return node;
    }

    private YamlNode content(Event event, Position at, int depth) {
        if (event instanceof ScalarEvent scalar) {
            checkTag(scalar.getTag(), at);
            return new Text(scalar.getValue(), scalar.isPlain() && scalar.getTag() == null, at);
        }
        checkTag(((CollectionStartEvent) event).getTag(), at);
        return event instanceof MappingStartEvent ? entries(at, depth) : items(at, depth);
    }

    private void checkTag(@Nullable String tag, Position at) {
        if (tag != null && !tag.startsWith(CORE_TAG)) {
            throw new Refusal(at, "the tag " + Names.quote(tag) + " is unknown; a " + kind + " needs no tags");
        }
    }

    private Items items(Position at, int depth) {
        List<YamlNode> items = new ArrayList<>();
        long size = 1;
        while (!events.checkEvent(ID.SequenceEnd)) {
            YamlNode item = node(depth + 1);
            size = grown(size, item, at);
            items.add(item);
        }
        next(ID.SequenceEnd);
        return new Items(items, at, size);
    }

    private Entries entries(Position at, int depth) {
        List<Entry> entries = new ArrayList<>();
        long size = 1;
        while (!events.checkEvent(ID.MappingEnd)) {
            YamlNode key = node(depth + 1);
            if (!(key instanceof Text name)) {
                throw new Refusal(key.at(), "a key must be text; text that begins with [ or { must be quoted");
            }
            YamlNode value = node(depth + 1);
            size = grown(size, value, at) + 1;
            entries.add(new Entry(name, value));
        }
        next(ID.MappingEnd);
        return new Entries(entries, at, size);
    }

    private static long grown(long size, YamlNode child, Position at) {
        long sum = size + child.size();
        if (sum > MAX_NODES) {
            throw new Refusal(at, "aliases unfold to more than " + MAX_NODES + " values");
        }
        return sum;
    }

    /** Ends the composing of a text that the library would take and we do not. */
    private static final class Refusal extends RuntimeException {
        private final transient Position at;

        Refusal(Position at, String message) {
            super(message, null, false, false);
            this.at = at;
        }
    }

    /** Says what the library's scanner means. */
    private static final class Syntax {
        static String explain(MarkedYAMLException e) {
            String text = e.getContext() == null ? e.getProblem() : e.getContext() + ", " + e.getProblem();
            return text.replaceAll("\\s+", " ").strip() + hint(text);
        }

        private static String hint(String text) {
            if (text.contains("alias")) {
                return "; text that begins with * must be quoted, as in agent: \"*\"";
            }
            if (text.contains("'\\t(TAB)'")) {
                return "; indent with spaces, not with tabs";
            }
            return "";
        }
    }
}
