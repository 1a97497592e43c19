package io.tocsin.app.document;

/**
 * A column of a table.
 *
 * @param key its name for programs
 * @param title its heading for people, with the unit
 * @param isNumber whether its cells are numbers or null; all others are texts or null
 * @param none what people read where there is null
 */
public record Column(String key, String title, boolean isNumber, String none) {
    private static final String DASH = "–";

    /** A column of words. */
    public static Column words(String key, String title) {
        return new Column(key, title, false, DASH);
    }

    /** A column of words that many rows have none for. */
    public static Column remarks(String key, String title) {
        return new Column(key, title, false, "");
    }

    /** A column of numbers. */
    public static Column number(String key, String title) {
        return new Column(key, title, true, DASH);
    }
}
