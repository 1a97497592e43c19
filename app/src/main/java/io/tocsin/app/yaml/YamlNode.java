package io.tocsin.app.yaml;

import java.util.List;

/** One value of a YAML text and where it stands. An alias is the node it stands for, at the anchor's place. */
sealed interface YamlNode {
    /** Where its text begins. */
    Position at();

    /** How many nodes hang here, itself included; what an alias stands for counts at each of its uses. */
    long size();

    /**
     * A scalar. No type is guessed from it.
     *
     * @param plain written without quotes, so that an empty text or {@code null} means nothing was given
     */
    record Text(String text, boolean plain, Position at) implements YamlNode {
        @Override
        public long size() {
            return 1;
        }

        /** Whether this is YAML's way of giving no value. */
        boolean isNothing() {
            return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }
    }

    /** A list. */
    record Items(List<YamlNode> items, Position at, long size) implements YamlNode {}

    /** A map in the text's order; a key may come twice, which is for the reader to report. */
    record Entries(List<Entry> entries, Position at, long size) implements YamlNode {}

    /** A key and its value. */
    record Entry(Text key, YamlNode value) {}
}
