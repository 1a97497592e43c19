package io.tocsin.http;

import io.javalin.http.Context;
import io.tocsin.engine.view.ClockView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads query parameters; a value that cannot be meant is a {@link Problem} that names the parameter. */
final class Query {
    private static final int MAX_TEXT_LENGTH = 256;
    private static final int MAX_SECONDS_LENGTH = 20;
    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(100L * 365 * 24 * 3_600);

    private Query() {}

    static boolean truth(Context ctx, String name, boolean absent) {
        Boolean value = truthOrNull(ctx, name);
        return value == null ? absent : value;
    }

    static @Nullable Boolean truthOrNull(Context ctx, String name) {
        String text = ctx.queryParam(name);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw wrong(name, text, "true or false");
        };
    }

    static long number(Context ctx, String name, long min, long max, long absent) {
        String text = ctx.queryParam(name);
        return text == null ? absent : number(name, text, min, max);
    }

    /** A whole number, from wherever it came. */
    static long number(String name, String text, long min, long max) {
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Answered below, as a number out of range is.
        }
        String range = max == Long.MAX_VALUE ? min + " or more" : min + " to " + max;
        throw wrong(name, text, "a whole number, " + range);
    }

    /** Seconds, with decimals if need be, as nanoseconds; {@link ClockView#NONE} when absent. */
    static long seconds(Context ctx, String name) {
        String text = ctx.queryParam(name);
        if (text == null) {
            return ClockView.NONE;
        }
        try {
            if (text.length() <= MAX_SECONDS_LENGTH) {
                BigDecimal seconds = new BigDecimal(text);
                if (seconds.signum() >= 0 && seconds.compareTo(MAX_SECONDS) <= 0) {
                    return seconds.movePointRight(9).longValue();
                }
            }
        } catch (NumberFormatException e) {
            // Answered below, as a number out of range is.
        }
        throw wrong(name, text, "seconds, 0 to " + MAX_SECONDS + ", like 900 or 0.5");
    }

    /** One of the words, or null when absent. */
    static @Nullable String oneOf(Context ctx, String name, List<String> words) {
        String text = ctx.queryParam(name);
        if (text != null && !words.contains(text)) {
            throw wrong(name, text, "one of " + String.join(", ", words));
        }
        return text;
    }

    /** Any text but an empty or endless one, or null when absent. */
    static @Nullable String text(Context ctx, String name) {
        String text = ctx.queryParam(name);
        if (text != null && (text.isEmpty() || text.length() > MAX_TEXT_LENGTH)) {
            throw wrong(name, text, "1 to " + MAX_TEXT_LENGTH + " characters");
        }
        return text;
    }

    /** Names between commas; none when absent or empty. */
    static List<String> names(Context ctx, String name, int maxCount) {
        String text = ctx.queryParam(name);
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (part.isEmpty() || part.length() > MAX_TEXT_LENGTH || names.contains(part)) {
                throw wrong(name, text, "different names of attributes between commas, like channel,priority");
            }
            names.add(part);
        }
        if (names.size() > maxCount) {
            throw wrong(name, text, "at most " + maxCount + " names");
        }
        return List.copyOf(names);
    }

    /** Names and values with a colon between, one a parameter of the name; a later value of a name counts. */
    static SortedMap<String, String> pairs(Context ctx, String name, int maxCount) {
        SortedMap<String, String> pairs = new TreeMap<>();
        for (String text : ctx.queryParams(name)) {
            int colon = text.indexOf(':');
            if (colon < 1 || text.length() > 2 * MAX_TEXT_LENGTH) {
                throw wrong(name, text, "an attribute's name and its value, like team:billing");
            }
            pairs.put(text.substring(0, colon), text.substring(colon + 1));
        }
        if (pairs.size() > maxCount) {
            throw wrong(name, String.join(", ", pairs.keySet()), "at most " + maxCount + " attributes");
        }
        return pairs;
    }

    static Problem wrong(String name, String text, String expected) {
        String shown = text.length() > 80 ? text.substring(0, 80) + '…' : text;
        return Problem.badRequest(name + ": \"" + shown + "\" is not possible: expected " + expected);
    }
}
