package io.tocsin.engine.policy;

/**
 * A threshold before the due instant. Exactly one of the two measures is set; the other is 0.
 *
 * @param text as written in the policy, {@code 50%} or {@code 5m}; what an alert shows and what tells one from another
 * @param sharePpm share of the target used, in parts per million: 1 to 999,999
 * @param leftNs the calendar's time left before the due instant
 */
public record Warning(String text, int sharePpm, long leftNs) {
    /** A whole, in parts per million. */
    public static final int WHOLE_PPM = 1_000_000;

    /** Checks the ranges. */
    public Warning {
        if ((sharePpm == 0) == (leftNs == 0) || sharePpm < 0 || sharePpm >= WHOLE_PPM || leftNs < 0) {
            throw new IllegalArgumentException("warning " + text + " has share " + sharePpm + " ppm and time left "
                    + leftNs + " ns, exactly one of them must be set, the share below 100%");
        }
    }

    /** A warning when a share of the target is used. */
    public static Warning ofShare(String text, int sharePpm) {
        return new Warning(text, sharePpm, 0);
    }

    /** A warning when so much time is left. */
    public static Warning ofTimeLeft(String text, long leftNs) {
        return new Warning(text, 0, leftNs);
    }
}
