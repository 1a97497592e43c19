package io.tocsin.engine.core;

import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.calendar.Shift;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The opening hours of the winter of 2026, written down shift by shift and read from the first to the last. In
 * UTC, without holidays, and without shifts past midnight: clock changes and the rest are the calendar's own tests.
 */
final class NaiveHours {
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
    private static final LocalDate LAST = LocalDate.of(2027, 1, 31);
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long DAY_NS = 86_400 * SECOND_NS;

    /** By close. */
    private final NavigableMap<Long, Opening> openings = new TreeMap<>();

    private record Opening(long date, long openNs, long closeNs) {}

    NaiveHours(CalendarSpec spec) {
        if (!spec.zone().equals(ZoneOffset.UTC) || !spec.holidays().isEmpty()) {
            throw new IllegalArgumentException("calendar " + spec.name() + " is in zone " + spec.zone()
                    + " with holidays " + spec.holidays() + ", this one can only do UTC without holidays");
        }
        for (LocalDate date = FIRST; date.isBefore(LAST); date = date.plusDays(1)) {
            for (Shift shift : spec.hours().getOrDefault(date.getDayOfWeek(), List.of())) {
                long midnightNs = date.toEpochDay() * DAY_NS;
                long openNs = midnightNs + shift.openSecond() * SECOND_NS;
                long closeNs = midnightNs + shift.closeSecond() * SECOND_NS;
                openings.put(closeNs, new Opening(date.toEpochDay(), openNs, closeNs));
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

    long sameTimeNs(long startNs, int businessDays) {
        return dateAfter(startNs, businessDays) * DAY_NS + startNs % DAY_NS;
    }

    long closeNs(long startNs, int businessDays) {
        return lastCloseNs(dateAfter(startNs, businessDays));
    }

    /** The close of the first day that does not close before an instant. */
    long closeFromNs(long instantNs) {
        return lastCloseNs(openings.ceilingEntry(instantNs).getValue().date);
    }

    private long dateAfter(long startNs, int businessDays) {
        return closingAfter(startNs).stream()
                .mapToLong(Opening::date)
                .filter(date -> date > startNs / DAY_NS)
                .distinct()
                .skip(businessDays - 1)
                .findFirst()
                .orElseThrow();
    }

    private long lastCloseNs(long date) {
        return openings.lowerKey((date + 1) * DAY_NS + 1);
    }

    private Collection<Opening> closingAfter(long instantNs) {
        return openings.tailMap(instantNs, false).values();
    }
}
