package io.tocsin.app.yaml;

import org.yaml.snakeyaml.error.Mark;

/**
 * A place in the text.
 *
 * @param line from 1
 * @param column in characters, from 1
 */
record Position(int line, int column) {
    static final Position START = new Position(1, 1);

    static Position of(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The place right after a text. */
    static Position after(CharSequence text) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(line, Character.codePointCount(text, lineStart, text.length()) + 1);
    }
}
