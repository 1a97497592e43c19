package io.tocsin.app.yaml;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as people write them: {@code 512KiB}, {@code 16MiB}, {@code 1GiB}, {@code 900B}. Pure functions. */
public final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) ?(B|KiB|MiB|GiB)");
    private static final Map<String, Integer> UNIT_BITS = Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30);
    private static final String[] UNITS = {"GiB", "MiB", "KiB"};

    private Sizes() {}

    /**
     * The bytes of a size.
     *
     * @throws IllegalArgumentException if the text is no size; the message reads on after the place of the text and shows
     *     the text
     */
    public static long parse(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    Names.quote(text) + " is no size; write it like 900B, 512KiB, 16MiB or 1GiB");
        }
        int bits = UNIT_BITS.getOrDefault(size.group(2), 0);
        long amount = Long.parseLong(size.group(1));
        if (amount > Long.MAX_VALUE >> bits) {
            throw new IllegalArgumentException(Names.quote(text) + " is more than can be counted");
        }
        return amount << bits;
    }

    /** The shortest way to write a size, such as {@code 16MiB}; {@link #parse} reads it back. */
    public static String format(long bytes) {
        for (String unit : UNITS) {
            long unitBytes = 1L << UNIT_BITS.getOrDefault(unit, 0);
            if (bytes >= unitBytes && bytes % unitBytes == 0) {
                return bytes / unitBytes + unit;
            }
        }
        return bytes + "B";
    }
}
