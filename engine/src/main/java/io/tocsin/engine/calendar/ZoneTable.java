package io.tocsin.engine.calendar;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * A zone's clock changes as plain arrays, so that instants and local times are converted without garbage. Local times are
 * nanoseconds since 1970-01-01T00:00 of the wall clock. Immutable; any thread; logarithmic time.
 *
 * <p>A local time that a change skips or repeats is resolved as {@link java.time.ZonedDateTime#of} does: both the one that
 * is skipped (moved on by the gap) and the one that is repeated (its earlier instant) are read with the offset before the
 * change. So of each change only the first local time that is read with the offset after it must be known.
 *
 * <pre>
 *   gap      wall clock  01:59 | 03:00        skipped 02:00-03:00 reads with the old offset; from 03:00 on the new one
 *   overlap  wall clock  02:59 | 02:00        repeated 02:00-03:00 reads with the old offset; from 03:00 on the new one
 * </pre>
 */
final class ZoneTable {
    private static final long SECOND_NS = 1_000_000_000L;
    /** Local times reach a little out of the range of instants. */
    private static final long MARGIN_NS = 40 * ShiftTable.DAY_NS;

    private final long[] changeNs;
    private final long[] localChangeNs;
    /** One more than there are changes: at i the offset before change i, at the end the offset after the last. */
    private final long[] offsetNs;

    /** Reads the changes between two instants. */
    static ZoneTable of(ZoneId zone, long firstNs, long lastNs) {
        ZoneRules rules = zone.getRules();
        Instant first = instant(firstNs - MARGIN_NS);
        Instant last = instant(lastNs + MARGIN_NS);
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        ZoneOffsetTransition change = rules.nextTransition(first);
        while (change != null && change.getInstant().isBefore(last)) {
            changes.add(change);
            change = rules.nextTransition(change.getInstant());
        }
        return new ZoneTable(rules.getOffset(first).getTotalSeconds(), changes);
    }

    private ZoneTable(int firstOffsetSeconds, List<ZoneOffsetTransition> changes) {
        changeNs = new long[changes.size()];
        localChangeNs = new long[changes.size()];
        offsetNs = new long[changes.size() + 1];
        offsetNs[0] = firstOffsetSeconds * SECOND_NS;
        for (int i = 0; i < changeNs.length; i++) {
            ZoneOffsetTransition change = changes.get(i);
            changeNs[i] = change.toEpochSecond() * SECOND_NS;
            offsetNs[i + 1] = change.getOffsetAfter().getTotalSeconds() * SECOND_NS;
            localChangeNs[i] = changeNs[i] + Math.max(offsetNs[i], offsetNs[i + 1]);
        }
    }

    /** What the wall clock shows at an instant. */
    long localNs(long instantNs) {
        return instantNs + offsetNs[countUpTo(changeNs, instantNs)];
    }

    /** The instant of a local time. */
    long instantNs(long localNs) {
        return localNs - offsetNs[countUpTo(localChangeNs, localNs)];
    }

    private static int countUpTo(long[] ascending, long value) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Instant instant(long ns) {
        return Instant.ofEpochSecond(Math.floorDiv(ns, SECOND_NS));
    }
}
