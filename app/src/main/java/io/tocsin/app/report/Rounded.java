package io.tocsin.app.report;

import io.tocsin.engine.view.ClockView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Figures as the numbers of a table: half up, as people round. Null for what does not exist. */
final class Rounded {
    private static final BigDecimal SECOND_NS = BigDecimal.valueOf(1_000_000_000L);
    private static final BigDecimal MINUTE_NS = BigDecimal.valueOf(60_000_000_000L);
    private static final BigDecimal HOUR_NS = BigDecimal.valueOf(3_600_000_000_000L);

    private Rounded() {}

    /** A share from 0 to 1 in percent; exact where the share has few digits, as all have that lie on the half. */
    static @Nullable BigDecimal percent(@Nullable Double share, int decimals) {
        return share == null
                ? null
                : BigDecimal.valueOf(share).movePointRight(2).setScale(decimals, RoundingMode.HALF_UP);
    }

    static @Nullable BigDecimal number(@Nullable Double value, int decimals) {
        return value == null ? null : BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    }

    /** To one decimal. */
    static @Nullable BigDecimal seconds(long durationNs) {
        return duration(durationNs, SECOND_NS);
    }

    /** To one decimal. */
    static @Nullable BigDecimal minutes(long durationNs) {
        return duration(durationNs, MINUTE_NS);
    }

    /** To one decimal. */
    static @Nullable BigDecimal hours(long durationNs) {
        return duration(durationNs, HOUR_NS);
    }

    private static @Nullable BigDecimal duration(long durationNs, BigDecimal unitNs) {
        return durationNs == ClockView.NONE
                ? null
                : BigDecimal.valueOf(durationNs).divide(unitNs, 1, RoundingMode.HALF_UP);
    }
}
