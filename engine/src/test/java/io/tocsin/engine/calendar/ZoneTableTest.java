package io.tocsin.engine.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ZoneTableTest {
    private static final long FIRST_NS = 0;
    private static final long LAST_NS = SpecBuilder.ns(Instant.parse("2262-01-01T00:00:00Z"));
    private static final Instant LAST = SpecBuilder.instant(LAST_NS);
    private static final int[] SECONDS_AROUND = {
        -86_400, -7_200, -3_601, -3_600, -1_801, -1_800, -60, -1, 0, 1, 1_799, 1_800, 3_599, 3_600, 7_200, 86_400
    };

    @Test
    void shouldReadLocalTimesAroundEveryClockChangeOfEveryZoneAsZonedDateTimeDoes() {
        int changes = 0;
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            changes += checkZone(ZoneId.of(id));
        }
        assertThat(changes).isGreaterThan(10_000);
    }

    private static int checkZone(ZoneId zone) {
        ZoneTable table = ZoneTable.of(zone, FIRST_NS, LAST_NS);
        int changes = 0;
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.EPOCH);
        // Beyond 2040 each year is like the one before; one in a while will do.
        while (change != null && change.getInstant().isBefore(LAST)) {
            if (change.getDateTimeBefore().getYear() < 2040
                    || change.getDateTimeBefore().getYear() % 50 == 0) {
                checkChange(table, zone, change);
                changes++;
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return changes;
    }

    private static void checkChange(ZoneTable table, ZoneId zone, ZoneOffsetTransition change) {
        for (int seconds : SECONDS_AROUND) {
            checkLocal(table, zone, change.getDateTimeBefore().plusSeconds(seconds));
            checkLocal(table, zone, change.getDateTimeAfter().plusSeconds(seconds));
            checkInstant(table, zone, change.getInstant().plusSeconds(seconds));
        }
    }

    private static void checkLocal(ZoneTable table, ZoneId zone, LocalDateTime local) {
        long expectedNs = SpecBuilder.ns(ZonedDateTime.of(local, zone).toInstant());
        if (table.instantNs(SpecBuilder.ns(local.toInstant(ZoneOffset.UTC))) != expectedNs) {
            throw new AssertionError(local + " in " + zone + " should be " + SpecBuilder.instant(expectedNs));
        }
    }

    private static void checkInstant(ZoneTable table, ZoneId zone, Instant at) {
        LocalDateTime expected = LocalDateTime.ofInstant(at, zone);
        if (table.localNs(SpecBuilder.ns(at)) != SpecBuilder.ns(expected.toInstant(ZoneOffset.UTC))) {
            throw new AssertionError(at + " in " + zone + " should be " + expected);
        }
    }
}
