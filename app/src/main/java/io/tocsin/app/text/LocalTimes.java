package io.tocsin.app.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Instants in the zone of a calendar. Pure functions for any thread. */
public final class LocalTimes {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final DateTimeFormatter FOR_PEOPLE = new DateTimeFormatterBuilder()
            .appendPattern("EEE uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern(" xxx")
            .toFormatter(Locale.ENGLISH);

    private LocalTimes() {}

    /** With weekday and offset: {@code Sun 2026-11-22 11:28:44.5 +08:00}. */
    public static String forPeople(long epochNs, ZoneId zone) {
        return FOR_PEOPLE.format(at(epochNs, zone));
    }

    /** RFC 3339 with the zone's offset. */
    public static String rfc3339(long epochNs, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at(epochNs, zone));
    }

    /** The zone's name; UTC is called so, whichever way a file says it. */
    public static String name(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    private static ZonedDateTime at(long epochNs, ZoneId zone) {
        return Instant.ofEpochSecond(Math.floorDiv(epochNs, SECOND_NS), Math.floorMod(epochNs, SECOND_NS))
                .atZone(zone);
    }
}
