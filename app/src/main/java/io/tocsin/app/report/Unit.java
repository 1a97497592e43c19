package io.tocsin.app.report;

import io.tocsin.app.yaml.Durations;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a figure is told in, to one decimal. Durations are nanoseconds inside. */
enum Unit {
    PERCENT("%", 100, 1),
    /** From -100 to 100. */
    POINTS("", 100, 1),
    SECONDS("s", 1, 1_000_000_000L),
    MINUTES("min", 1, 60_000_000_000L),
    HOURS("h", 1, 3_600_000_000_000L),
    CONTACTS("", 1, 1);

    private static final int DECIMALS = 1;
    private static final int LIMIT_DECIMALS = 6;

    private final String text;
    private final long times;
    private final long per;

    Unit(String text, long times, long per) {
        this.text = text;
        this.times = times;
        this.per = per;
    }

    String text() {
        return text;
    }

    /** The number that stands in a table; null for a figure that does not exist. */
    @Nullable
    BigDecimal number(Fraction figure) {
        return figure.value(times, per, DECIMALS);
    }

    /** A limit as it stands in a table: without decimals that are 0. */
    String limit(Fraction limit) {
        BigDecimal number = limit.value(times, per, LIMIT_DECIMALS);
        return number == null ? "" : number.stripTrailingZeros().toPlainString();
    }

    /**
     * A limit as people write it: {@code 95%} or {@code 95}, {@code 3m}, {@code 50}.
     *
     * @throws IllegalArgumentException if it is none; the message goes on behind the place of the text
     */
    Fraction parse(String given) {
        if (this == SECONDS || this == MINUTES || this == HOURS) {
            return new Fraction(Durations.parse(given), 1);
        }
        String digits = this == PERCENT && given.endsWith("%") ? given.substring(0, given.length() - 1) : given;
        if (!digits.strip().matches("-?\\d{1,4}(\\.\\d{1,6})?")) {
            throw new IllegalArgumentException(
                    "'" + given + "' is no number; write it like " + (this == PERCENT ? "95%" : "50"));
        }
        BigDecimal number = new BigDecimal(digits.strip());
        return new Fraction(number.movePointRight(6).longValueExact(), times * 1_000_000L);
    }
}
