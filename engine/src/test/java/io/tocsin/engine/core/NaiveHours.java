package io.tocsin.engine.core;

import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.calendar.Shift;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The opening hours around the winter of 2026, written down shift by shift and read from the first to the last. For
 * calendars whose shifts do not overlap; every oddity of zones is the calendar's own tests' business.
 */
final class NaiveHours {
    private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);
    private static final LocalDate LAST = LocalDate.of(2028, 1, 1);
    private static final long SECOND_NS = 1_000_000_000L;

    private final ZoneId zone;
    /** By close. */
    private final NavigableMap<Long, Opening> openings = new TreeMap<>();
    /** The last close of every business day. */
    private final NavigableMap<LocalDate, Long> closes = new TreeMap<>();

    private record Opening(LocalDate date, long openNs, long closeNs) {}

    NaiveHours(CalendarSpec spec) {
        zone = spec.zone();
        for (LocalDate date = FIRST; date.isBefore(LAST); date = date.plusDays(1)) {
            for (Shift shift : shifts(spec, date)) {
                long openNs = ns(date.atStartOfDay().plusSeconds(shift.openSecond()));
                long closeNs = ns(date.atStartOfDay().plusSeconds(shift.closeSecond()));
                if (openNs < closeNs) {
                    openings.put(closeNs, new Opening(date, openNs, closeNs));
                    closes.merge(date, closeNs, Math::max);
                }
            }
        }
    }

    long elapsedNs(long fromNs, long toNs) {
        long elapsedNs = 0;
        for (Opening opening : closingAfter(fromNs)) {
            if (opening.openNs >= toNs) {
                break;
            }
            elapsedNs += Math.max(0, Math.min(toNs, opening.closeNs) - Math.max(fromNs, opening.openNs));
        }
        return elapsedNs;
    }

    /** The first instant from which so much time has passed; no time has passed at the start itself. */
    long plusNs(long fromNs, long durationNs) {
        if (durationNs == 0) {
            return fromNs;
        }
        long leftNs = durationNs;
        for (Opening opening : closingAfter(fromNs)) {
            long beginNs = Math.max(fromNs, opening.openNs);
            if (beginNs + leftNs <= opening.closeNs) {
                return beginNs + leftNs;
            }
            leftNs -= opening.closeNs - beginNs;
        }
        throw new IllegalArgumentException("the hours written down end before " + fromNs + " + " + durationNs);
    }

    /** The start's time of day on the n-th business day after the start's day. */
    long sameTimeNs(long startNs, int businessDays) {
        return ns(LocalDateTime.of(
                dateAfter(startNs, businessDays), zoned(startNs).toLocalTime()));
    }

    /** The close of the n-th business day after the start's day. */
    long closeNs(long startNs, int businessDays) {
        return closes.get(dateAfter(startNs, businessDays));
    }

    /** The close of the first day that does not close before an instant. */
    long closeFromNs(long instantNs) {
        return closes.get(openings.ceilingEntry(instantNs).getValue().date);
    }

    private LocalDate dateAfter(long startNs, int businessDays) {
        LocalDate date = zoned(startNs).toLocalDate();
        for (int left = businessDays; left > 0; left--) {
            date = closes.higherKey(date);
        }
        return date;
    }

    private Collection<Opening> closingAfter(long instantNs) {
        return openings.tailMap(instantNs, false).values();
    }

    private static List<Shift> shifts(CalendarSpec spec, LocalDate date) {
        if (spec.exceptions().containsKey(date)) {
            return spec.exceptions().get(date);
        }
        boolean holiday = spec.holidays().stream().anyMatch(each -> each.covers(date));
        return holiday ? List.of() : spec.hours().getOrDefault(date.getDayOfWeek(), List.of());
    }

    private ZonedDateTime zoned(long instantNs) {
        return Instant.ofEpochSecond(Math.floorDiv(instantNs, SECOND_NS), Math.floorMod(instantNs, SECOND_NS))
                .atZone(zone);
    }

    private long ns(LocalDateTime local) {
        Instant instant = ZonedDateTime.of(local, zone).toInstant();
        return instant.getEpochSecond() * SECOND_NS + instant.getNano();
    }
}
