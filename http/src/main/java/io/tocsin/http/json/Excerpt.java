package io.tocsin.http.json;

/**
 * Quotes a stranger's value in a message: short, on one line, and always writable text, whatever it was. Pure
 * functions; any thread.
 */
final class Excerpt {
    /** Longest quotation in characters, without the ellipsis. */
    static final int MAX_LENGTH = 80;

    private Excerpt() {}

    /** The text's beginning; control characters and half characters are replaced. */
    static String of(char[] text, int offset, int length) {
        return of(text, offset, length, MAX_LENGTH);
    }

    /** As {@link #of(char[], int, int)}, of a whole text. */
    static String of(String text) {
        return of(text, MAX_LENGTH);
    }

    /** As {@link #of(String)}, with a limit of the caller's. */
    static String of(String text, int maxLength) {
        return of(text.toCharArray(), 0, text.length(), maxLength);
    }

    private static String of(char[] text, int offset, int length, int maxLength) {
        int end = offset + Math.min(length, maxLength);
        StringBuilder excerpt = new StringBuilder(end - offset + 1);
        for (int i = offset; i < end; i++) {
            char c = text[i];
            if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text[i + 1])) {
                excerpt.append(c).append(text[++i]);
            } else {
                excerpt.append(Character.isSurrogate(c) || Character.isISOControl(c) ? '\uFFFD' : c);
            }
        }
        return length > maxLength ? excerpt.append('…').toString() : excerpt.toString();
    }
}
