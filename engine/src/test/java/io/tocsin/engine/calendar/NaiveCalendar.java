package io.tocsin.engine.calendar;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The rules of the contract, told as plainly as they can be: it asks of every minute whether the calendar is open, by
 * looking at the shifts of the dates around. Right by reading, slow, and sharing nothing with what it checks but the
 * specification. Assumes that shifts and clock changes fall on whole minutes.
 */
final class NaiveCalendar {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final int DAYS_BEFORE = 4;
    private static final int DAYS_AHEAD = 60;
    private static final int MEMORY_MINUTES = 100 * 1440;

    /** A shift of one date, resolved by java.time. */
    record Opening(long openNs, long closeNs) {}

    private final CalendarSpec spec;
    private final ZoneId zone;
    private final Map<LocalDate, List<Opening>> openings = new HashMap<>();
    private final Map<LocalDate, List<Opening>> openingsAround = new HashMap<>();
    /** What was found out about minutes already, counted from {@link #MEMORY_MINUTES} before the first one asked for. */
    private final BitSet knownMinutes = new BitSet();

    private final BitSet openMinutes = new BitSet();
    private long firstMinute = Long.MIN_VALUE;

    NaiveCalendar(CalendarSpec spec) {
        this.spec = spec;
        this.zone = spec.zone();
    }

    boolean isOpen(long instantNs) {
        long minute = Math.floorDiv(instantNs, MINUTE_NS);
        firstMinute = firstMinute == Long.MIN_VALUE ? minute - MEMORY_MINUTES : firstMinute;
        int index = Math.toIntExact(minute - firstMinute);
        if (!knownMinutes.get(index)) {
            knownMinutes.set(index);
            openMinutes.set(index, isOpenInMinute(minute));
        }
        return openMinutes.get(index);
    }

    private boolean isOpenInMinute(long minute) {
        long atNs = minute * MINUTE_NS;
        for (Opening opening : openingsAround.computeIfAbsent(zoned(atNs).toLocalDate(), this::findAround)) {
            if (opening.openNs <= atNs && atNs < opening.closeNs) {
                return true;
            }
        }
        return false;
    }

    /** The next date's too: a clock set back over midnight can return to the date before the one that has opened. */
    private List<Opening> findAround(LocalDate local) {
        return local.minusDays(DAYS_BEFORE)
                .datesUntil(local.plusDays(2))
                .flatMap(date -> openings(date).stream())
                .toList();
    }

    long elapsedNs(long fromNs, long toNs) {
        long elapsedNs = 0;
        for (long atNs = fromNs; atNs < toNs; atNs = nextMinute(atNs)) {
            elapsedNs += isOpen(atNs) ? Math.min(nextMinute(atNs), toNs) - atNs : 0;
        }
        return elapsedNs;
    }

    /** Empty if it lies beyond the horizon. */
    OptionalLong plusNs(long fromNs, long durationNs, long horizonNs) {
        long leftNs = durationNs;
        long atNs = fromNs;
        while (leftNs > 0) {
            if (atNs > horizonNs) {
                return OptionalLong.empty();
            }
            long stepNs = nextMinute(atNs) - atNs;
            if (isOpen(atNs) && leftNs <= stepNs) {
                return OptionalLong.of(atNs + leftNs);
            }
            leftNs -= isOpen(atNs) ? stepNs : 0;
            atNs += stepNs;
        }
        return OptionalLong.of(atNs);
    }

    long sameTimeAfter(long startNs, int businessDays) {
        ZonedDateTime start = zoned(startNs);
        LocalDate date = businessDayAfter(start.toLocalDate(), businessDays);
        return ns(LocalDateTime.of(date, start.toLocalTime()));
    }

    long closeOfBusinessDayAfter(long startNs, int businessDays) {
        return lastCloseNs(businessDayAfter(zoned(startNs).toLocalDate(), businessDays));
    }

    /** A day that has begun and not closed; else the next to begin. */
    long closeOf(long instantNs) {
        List<LocalDate> days = businessDaysAround(instantNs);
        for (LocalDate day : days) {
            if (firstOpenNs(day) < instantNs && instantNs <= lastCloseNs(day)) {
                return lastCloseNs(day);
            }
        }
        for (LocalDate day : days) {
            if (instantNs <= firstOpenNs(day)) {
                return lastCloseNs(day);
            }
        }
        throw new AssertionError("no business day follows " + zoned(instantNs));
    }

    /** The shifts of a date of which something is left. */
    List<Opening> openings(LocalDate date) {
        return openings.computeIfAbsent(date, this::resolve);
    }

    private List<Opening> resolve(LocalDate date) {
        List<Opening> resolved = new ArrayList<>();
        for (Shift shift : shifts(date)) {
            long openNs = ns(date.atStartOfDay().plusSeconds(shift.openSecond()));
            long closeNs = ns(date.atStartOfDay().plusSeconds(shift.closeSecond()));
            if (openNs < closeNs) {
                resolved.add(new Opening(openNs, closeNs));
            }
        }
        return resolved;
    }

    private List<Shift> shifts(LocalDate date) {
        if (spec.exceptions().containsKey(date)) {
            return spec.exceptions().get(date);
        }
        boolean holiday = spec.holidays().stream().anyMatch(h -> h.covers(date));
        return holiday ? List.of() : spec.hours().getOrDefault(date.getDayOfWeek(), List.of());
    }

    private LocalDate businessDayAfter(LocalDate start, int businessDays) {
        LocalDate date = start;
        for (int left = businessDays; left > 0; left -= isBusinessDay(date) ? 1 : 0) {
            date = date.plusDays(1);
        }
        return date;
    }

    private List<LocalDate> businessDaysAround(long instantNs) {
        LocalDate date = zoned(instantNs).toLocalDate();
        return date.minusDays(DAYS_BEFORE)
                .datesUntil(date.plusDays(DAYS_AHEAD))
                .filter(this::isBusinessDay)
                .sorted(Comparator.comparingLong(this::firstOpenNs))
                .toList();
    }

    private boolean isBusinessDay(LocalDate date) {
        return !openings(date).isEmpty();
    }

    private long firstOpenNs(LocalDate date) {
        return openings(date).stream().mapToLong(Opening::openNs).min().orElseThrow();
    }

    private long lastCloseNs(LocalDate date) {
        return openings(date).stream().mapToLong(Opening::closeNs).max().orElseThrow();
    }

    private static long nextMinute(long instantNs) {
        return (Math.floorDiv(instantNs, MINUTE_NS) + 1) * MINUTE_NS;
    }

    private ZonedDateTime zoned(long instantNs) {
        return SpecBuilder.instant(instantNs).atZone(zone);
    }

    private long ns(LocalDateTime local) {
        return SpecBuilder.ns(ZonedDateTime.of(local, zone).toInstant());
    }
}
