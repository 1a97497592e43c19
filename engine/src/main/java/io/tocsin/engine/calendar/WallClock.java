package io.tocsin.engine.calendar;

import java.time.ZoneId;

/** What the clock on the wall of a zone shows, from 1970 to 2262. Immutable; any thread; allocates nothing. */
public final class WallClock {
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final int HOURS = 24;
    /** So long before and after an instant, no other day can be the instant's. */
    private static final long MARGIN_NS = 400L * 24 * HOUR_NS;

    private final ZoneId zone;
    private final ZoneTable table;

    /** The clock of a zone. */
    public WallClock(ZoneId zone) {
        this.zone = zone;
        table = ZoneTable.of(zone, MARGIN_NS, Long.MAX_VALUE - MARGIN_NS);
    }

    /** The zone. */
    public ZoneId zone() {
        return zone;
    }

    /** The hour of the day at an instant, 0 to 23. */
    public int hourOf(long instantNs) {
        return (int) Math.floorMod(Math.floorDiv(table.localNs(instantNs), HOUR_NS), (long) HOURS);
    }

    /** The instant at which the day of an instant began. */
    public long midnightBefore(long instantNs) {
        long dayNs = HOURS * HOUR_NS;
        return table.instantNs(Math.floorDiv(table.localNs(instantNs), dayNs) * dayNs);
    }
}
