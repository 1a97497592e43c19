package io.tocsin.app.chart;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers beside ticks: as short as they are exact to ten digits, with thousands apart. */
final class Numbers {
    private static final MathContext DIGITS = new MathContext(10);
    private static final double SMALLEST_PLAIN = 1e-6;
    private static final double LARGEST_PLAIN = 1e12;

    private Numbers() {}

    static String text(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN)) {
            return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toString();
        }
        String plain = new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
        int point = plain.indexOf('.');
        int end = point < 0 ? plain.length() : point;
        StringBuilder text = new StringBuilder(plain);
        for (int i = end - 3; i > (plain.startsWith("-") ? 1 : 0); i -= 3) {
            text.insert(i, ',');
        }
        return text.toString();
    }
}
