package io.tocsin.engine.calendar;

/**
 * One stretch of opening hours, in seconds of local time from the start of the day on which it opens.
 *
 * @param openSecond 0 to 86,399
 * @param closeSecond after {@code openSecond}, at most 24 hours later; beyond 86,400 the shift runs past midnight,
 *     exactly 86,400 is the end of the day
 */
public record Shift(int openSecond, int closeSecond) {
    /** Seconds of a local day without clock changes. */
    public static final int DAY_SECONDS = 86_400;

    /** Checks the ranges. */
    public Shift {
        if (openSecond < 0 || openSecond >= DAY_SECONDS) {
            throw new IllegalArgumentException("shift opens at second " + openSecond + ", allowed are 0 to 86399");
        }
        if (closeSecond <= openSecond || closeSecond > openSecond + DAY_SECONDS) {
            throw new IllegalArgumentException("shift opens at second " + openSecond + " and closes at " + closeSecond
                    + ", it must close later and within 24 hours");
        }
    }
}
