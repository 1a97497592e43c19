package io.tocsin.app.yaml;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 90s}, {@code 15m}, {@code 1h30m}, {@code 2d} (48 hours), {@code 500ms}, or ISO
 * 8601 such as {@code PT15M}. Pure functions for any thread.
 */
public final class Durations {
    /** The longest duration a file may name: 10 years of 365 days. */
    public static final long MAX_NS = 3_650L * 24 * 3_600 * 1_000_000_000L;

    private static final long NS_PER_MS = 1_000_000L;
    private static final long NS_PER_SECOND = 1_000 * NS_PER_MS;
    private static final long NS_PER_MINUTE = 60 * NS_PER_SECOND;
    private static final long NS_PER_HOUR = 60 * NS_PER_MINUTE;
    private static final long NS_PER_DAY = 24 * NS_PER_HOUR;

    private static final int MAX_LENGTH = 40;
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
    private static final long[] UNIT_NS = {NS_PER_DAY, NS_PER_HOUR, NS_PER_MINUTE, NS_PER_SECOND, NS_PER_MS};
    private static final Pattern SHORT =
            Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final Pattern ISO = Pattern.compile("[+-]?P.*", Pattern.CASE_INSENSITIVE);
    private static final String EXPECTED = "write it like 90s, 15m, 1h30m, 2d, 500ms or PT15M";

    private Durations() {}

    /**
     * The nanoseconds of a duration, 0 to {@link #MAX_NS}.
     *
     * @throws IllegalArgumentException if the text is no duration, negative or too long; the message reads on after the
     *     place of the text and shows the text
     */
    public static long parse(String text) {
        if (text.length() > MAX_LENGTH || text.isEmpty()) {
            throw refused(text, "is no duration; " + EXPECTED);
        }
        try {
            long durationNs = ISO.matcher(text).matches() ? Duration.parse(text).toNanos() : parseShort(text);
            return checkRange(text, durationNs);
        } catch (ArithmeticException | NumberFormatException e) {
            throw refused(text, "is longer than 10 years (3650d)");
        } catch (DateTimeParseException e) {
            throw refused(text, "is no duration of days, hours, minutes and seconds; " + EXPECTED);
        }
    }

    private static long parseShort(String text) {
        if (text.startsWith("-")) {
            throw refused(text, "is negative or no duration; " + EXPECTED);
        }
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw refused(text, "has no unit; " + EXPECTED);
        }
        Matcher parts = SHORT.matcher(text);
        if (!parts.matches()) {
            throw refused(text, "is no duration; " + EXPECTED);
        }
        long sumNs = 0;
        for (int unit = 0; unit < UNITS.length; unit++) {
            String amount = parts.group(unit + 1);
            if (amount != null) {
                sumNs = Math.addExact(sumNs, Math.multiplyExact(Long.parseLong(amount), UNIT_NS[unit]));
            }
        }
        return sumNs;
    }

    private static long checkRange(String text, long durationNs) {
        if (durationNs < 0) {
            throw refused(text, "is negative; " + EXPECTED);
        }
        if (durationNs > MAX_NS) {
            throw refused(text, "is longer than 10 years (3650d)");
        }
        return durationNs;
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException(Names.quote(text) + " " + why);
    }

    /**
     * The shortest way to write a duration, such as {@code 1d12h}; {@link #parse} reads it back. What no short unit can
     * say, a part below the millisecond, is written in ISO 8601.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static String format(long durationNs) {
        return format(durationNs, 0);
    }

    /** As {@link #format}, but in hours where that would say days: a working day has not 24 of them. */
    public static String formatHours(long durationNs) {
        return format(durationNs, 1);
    }

    private static String format(long durationNs, int largestUnit) {
        if (durationNs < 0) {
            throw new IllegalArgumentException("duration is " + durationNs + " ns, it must be 0 or more");
        }
        if (durationNs == 0) {
            return "0s";
        }
        if (durationNs % NS_PER_MS != 0) {
            return Duration.ofNanos(durationNs).toString();
        }
        StringBuilder text = new StringBuilder();
        long restNs = durationNs;
        for (int unit = largestUnit; unit < UNITS.length; unit++) {
            if (restNs >= UNIT_NS[unit]) {
                text.append(restNs / UNIT_NS[unit]).append(UNITS[unit]);
                restNs %= UNIT_NS[unit];
            }
        }
        return text.toString();
    }
}
