package io.tocsin.http.json;

/**
 * Parses RFC 3339 instants to nanoseconds since the epoch, without garbage. Pure functions; any thread.
 *
 * <p>Accepted: {@code 2026-11-22T03:28:44.123456789Z}, with {@code T}, {@code t} or a space between date and time, up
 * to nine fractional digits, and {@code Z}, {@code z} or an offset of the form {@code +08:00} (up to 23:59). Refused: a
 * missing offset, {@code 24:00:00}, more than nanoseconds, and the leap second {@code :60}, which has no place on the
 * line of epoch time; a sender that sees one sends {@code :59.999999999}.
 */
public final class Rfc3339 {
    /** The text is not an instant. */
    public static final long NOT_A_TIME = Long.MIN_VALUE;
    /** The text is an instant before {@link #MIN_SECONDS} or after {@link #MAX_SECONDS}. */
    public static final long OUT_OF_RANGE = Long.MIN_VALUE + 1;

    /** 1970-01-01T00:00:00Z, the first instant accepted. */
    public static final long MIN_SECONDS = 0;
    /** 2200-01-01T00:00:00Z, the last instant accepted. */
    public static final long MAX_SECONDS = 7_258_118_400L;

    private static final int SHORTEST = "2026-11-22T03:28:44Z".length();
    private static final int FRACTION = "2026-11-22T03:28:44".length();
    private static final int MAX_FRACTION_DIGITS = 9;
    private static final int OFFSET_LENGTH = "+08:00".length();
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int[] DAYS_OF_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Rfc3339() {}

    /** As {@link #parse(char[], int, int)}, of a whole text. */
    public static long parse(String text) {
        return parse(text.toCharArray(), 0, text.length());
    }

    /**
     * Parses an instant.
     *
     * @return nanoseconds since the epoch, {@link #NOT_A_TIME} or {@link #OUT_OF_RANGE}
     */
    public static long parse(char[] text, int offset, int length) {
        if (length < SHORTEST || !hasSeparators(text, offset)) {
            return NOT_A_TIME;
        }
        int fractionDigits = fractionDigits(text, offset + FRACTION, offset + length);
        int zone = offset + FRACTION + (fractionDigits == 0 ? 0 : 1 + fractionDigits);
        int offsetMinutes = offsetMinutes(text, zone, offset + length);
        long local = localSeconds(text, offset);
        if (fractionDigits < 0 || offsetMinutes == Integer.MIN_VALUE || local == NOT_A_TIME) {
            return NOT_A_TIME;
        }
        return inRange(local - offsetMinutes * 60L, nanos(text, offset + FRACTION + 1, fractionDigits));
    }

    private static boolean hasSeparators(char[] text, int offset) {
        char between = text[offset + 10];
        return text[offset + 4] == '-'
                && text[offset + 7] == '-'
                && (between == 'T' || between == 't' || between == ' ')
                && text[offset + 13] == ':'
                && text[offset + 16] == ':';
    }

    /** How many digits follow the point; 0 when there is no point, -1 when there is one but not 1 to 9 digits. */
    private static int fractionDigits(char[] text, int point, int end) {
        if (text[point] != '.') {
            return 0;
        }
        int position = point + 1;
        while (position < end && isDigit(text[position])) {
            position++;
        }
        int digits = position - point - 1;
        return digits == 0 || digits > MAX_FRACTION_DIGITS ? -1 : digits;
    }

    private static long nanos(char[] text, int firstDigit, int digits) {
        long nanos = 0;
        for (int i = 0; i < MAX_FRACTION_DIGITS; i++) {
            nanos = nanos * 10 + (i < digits ? text[firstDigit + i] - '0' : 0);
        }
        return nanos;
    }

    private static int offsetMinutes(char[] text, int zone, int end) {
        if (end - zone == 1 && (text[zone] == 'Z' || text[zone] == 'z')) {
            return 0;
        }
        if (end - zone != OFFSET_LENGTH || text[zone + 3] != ':' || (text[zone] != '+' && text[zone] != '-')) {
            return Integer.MIN_VALUE;
        }
        int hours = number(text, zone + 1, 2);
        int minutes = number(text, zone + 4, 2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        return (text[zone] == '-' ? -1 : 1) * (hours * 60 + minutes);
    }

    private static long localSeconds(char[] text, int offset) {
        int year = number(text, offset, 4);
        int month = number(text, offset + 5, 2);
        int day = number(text, offset + 8, 2);
        int hour = number(text, offset + 11, 2);
        int minute = number(text, offset + 14, 2);
        int second = number(text, offset + 17, 2);
        boolean possible = year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= daysOfMonth(year, month)
                && hour >= 0
                && hour <= 23
                && minute >= 0
                && minute <= 59
                && second >= 0
                && second <= 59;
        return possible ? ((epochDay(year, month, day) * 24 + hour) * 60 + minute) * 60 + second : NOT_A_TIME;
    }

    private static long inRange(long seconds, long nanos) {
        if (seconds < MIN_SECONDS || seconds > MAX_SECONDS || (seconds == MAX_SECONDS && nanos > 0)) {
            return OUT_OF_RANGE;
        }
        return seconds * NANOS_PER_SECOND + nanos;
    }

    private static int daysOfMonth(int year, int month) {
        return month == 2 && isLeap(year) ? 29 : DAYS_OF_MONTH[month - 1];
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Days since 1970-01-01, counted in years that begin in March so that the leap day comes last. */
    private static long epochDay(int year, int month, int day) {
        int marchYear = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(marchYear, 400);
        int yearOfEra = marchYear - era * 400;
        int dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static int number(char[] text, int offset, int digits) {
        int value = 0;
        for (int i = offset; i < offset + digits; i++) {
            if (!isDigit(text[i])) {
                return -1;
            }
            value = value * 10 + text[i] - '0';
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
