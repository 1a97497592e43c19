package io.tocsin.app.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Helps people who misspelt a name. Pure functions. */
public final class Names {
    private static final int LISTED = 20;
    /** Bounds the work for a hostile file full of misspelt names. */
    private static final int COMPARED = 1_000;

    private static final int COMPARED_LENGTH = 40;
    private static final int QUOTED_LENGTH = 80;

    private Names() {}

    /** Says that a name is unknown, which one is nearest, and which there are. */
    public static String unknown(String kind, String name, Collection<String> known) {
        String suggestion = nearest(name, known)
                .map(near -> ", did you mean " + quote(near) + "?")
                .orElse(";");
        return "unknown " + kind + " " + quote(name) + suggestion + " " + list(known);
    }

    /** The known name that was probably meant. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        if (name.length() > COMPARED_LENGTH) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> candidate.length() <= COMPARED_LENGTH)
                .limit(COMPARED)
                .filter(candidate -> isNear(name, candidate))
                .min(Comparator.comparingInt(candidate -> distance(fold(name), fold(candidate))));
    }

    private static String list(Collection<String> known) {
        if (known.isEmpty()) {
            return "there are none";
        }
        String more = known.size() > LISTED ? " and " + (known.size() - LISTED) + " more" : "";
        List<String> first = known.stream().limit(LISTED).map(Names::tidy).toList();
        return "known: " + String.join(", ", first) + more;
    }

    private static boolean isNear(String name, String candidate) {
        String a = fold(name);
        String b = fold(candidate);
        boolean oneBeginsTheOther = Math.min(a.length(), b.length()) >= 3 && (a.startsWith(b) || b.startsWith(a));
        int tolerance = Math.max(1, Math.max(a.length(), b.length()) / 3);
        boolean isSimilar = Math.abs(a.length() - b.length()) <= tolerance && distance(a, b) <= tolerance;
        return oneBeginsTheOther || isSimilar;
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }

    /** A text in quotes, in one line and not too long, as messages show it. */
    public static String quote(String text) {
        return '"' + tidy(text) + '"';
    }

    private static String tidy(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(QUOTED_LENGTH).forEach(c -> {
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return text.codePointCount(0, text.length()) > QUOTED_LENGTH ? shown + "…" : shown.toString();
    }
}
