package io.tocsin.app.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A figure as what it is made of, so that a part can be taken out of it.
 *
 * @param top what is counted or summed
 * @param bottom what that is divided by; of nothing, there is no figure
 */
record Fraction(BigDecimal top, long bottom) {
    static final Fraction NOTHING = new Fraction(0, 0);

    Fraction(long top, long bottom) {
        this(BigDecimal.valueOf(top), bottom);
    }

    /** A share that is known with what it was divided by; the top is a whole number. */
    static Fraction ofShare(@Nullable Double share, long bottom) {
        return share == null ? NOTHING : new Fraction(Math.round(share * bottom), bottom);
    }

    boolean exists() {
        return bottom > 0;
    }

    Fraction plus(Fraction other) {
        return new Fraction(top.add(other.top), bottom + other.bottom);
    }

    Fraction minus(Fraction part) {
        return new Fraction(top.subtract(part.top), bottom - part.bottom);
    }

    /** What is missing to the whole. */
    Fraction rest() {
        return new Fraction(BigDecimal.valueOf(bottom).subtract(top), bottom);
    }

    /** top × times / bottom / per, half up; null when there is nothing to divide by. */
    @Nullable
    BigDecimal value(long times, long per, int decimals) {
        return exists()
                ? top.multiply(BigDecimal.valueOf(times))
                        .divide(
                                BigDecimal.valueOf(bottom).multiply(BigDecimal.valueOf(per)),
                                decimals,
                                RoundingMode.HALF_UP)
                : null;
    }

    /** Compares two that exist, exactly. */
    int compareValueTo(Fraction other) {
        return top.multiply(BigDecimal.valueOf(other.bottom)).compareTo(other.top.multiply(BigDecimal.valueOf(bottom)));
    }

    /** For ranking only. */
    double rough() {
        return top.doubleValue() / bottom;
    }
}
