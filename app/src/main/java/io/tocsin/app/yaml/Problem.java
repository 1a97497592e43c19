package io.tocsin.app.yaml;

/**
 * One mistake of a file, or one thing in it that is allowed but looks wrong.
 *
 * @param path where in the tree, such as {@code policies[2].targets.first_response}; {@code $} is the file as a whole
 * @param line where in the text, from 1
 * @param column where in the line, in characters, from 1
 * @param message what was wrong with the value, and what would be right; one line
 */
public record Problem(String path, int line, int column, String message) {
    /** In one line, {@code LINE:COLUMN: PATH: message}; a file name fits in front of it. */
    @Override
    public String toString() {
        return line + ":" + column + ": " + path + ": " + message;
    }
}
