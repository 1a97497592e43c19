package io.tocsin.engine.rules;

import io.tocsin.engine.calendar.BusinessCalendar;

/**
 * A target of a policy for one clock, ready for the core. Immutable; texts are UTF-8 and must not be changed.
 *
 * @param id its number in the {@link Registry}
 * @param clock the clock's number
 * @param policy the policy's name
 * @param calendar counts its time
 * @param targetNs how long the clock may run; {@link #NO_DURATION} for a target in business days
 * @param businessDays how many business days after the start's day; 0 for a duration
 * @param sameTime due at the start's time of day instead of at the close
 * @param warnings thresholds before the due instant
 * @param steps the escalation chain; level = index + 1
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and read on the hot path.
public record CompiledTarget(
        int id,
        int clock,
        byte[] policy,
        BusinessCalendar calendar,
        long targetNs,
        int businessDays,
        boolean sameTime,
        Warn[] warnings,
        Step[] steps) {
    /** Stands for a duration that does not exist. */
    public static final long NO_DURATION = Long.MIN_VALUE;

    /**
     * A warning.
     *
     * @param number tells its text from others, 0 to 63
     * @param text as written in the policy
     * @param sharePpm share of the target used in parts per million; 0 when {@code leftNs} is set
     * @param leftNs time left before the due instant; 0 when {@code sharePpm} is set
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Warn(int number, byte[] text, int sharePpm, long leftNs) {}

    /**
     * A step of the escalation chain.
     *
     * @param after as written in the policy
     * @param afterNs the calendar's time from the due instant
     * @param everyNs the time between repetitions; 0 when the step is taken once
     * @param times how often the step is taken in all
     * @param to the recipients
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Step(byte[] after, long afterNs, long everyNs, int times, byte[][] to) {}
}
