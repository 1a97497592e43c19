package io.tocsin.app.policyfile;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The date on which a file is checked. A server and a replay have none, for what they read must not depend on the day.
 *
 * @param now the instant, or null for no date
 */
record Today(@Nullable Instant now) {
    /** No date. */
    static final Today NONE = new Today(null);

    /** The date in a zone, if there is one. */
    Optional<LocalDate> in(ZoneId zone) {
        return Optional.ofNullable(now).map(instant -> instant.atZone(zone).toLocalDate());
    }

    /** The first day on which a clock may start: today, or the first day there is. */
    LocalDate firstDay(ZoneId zone) {
        return in(zone).orElse(LocalDate.of(HolidayReader.FIRST_YEAR, 1, 1));
    }
}
