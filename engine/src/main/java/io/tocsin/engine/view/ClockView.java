package io.tocsin.engine.view;

/**
 * One cycle of one clock of one ticket.
 *
 * @param clock the clock's name
 * @param cycle from 1
 * @param state {@code running}, {@code paused}, {@code stopped} or {@code cancelled}
 * @param breached whether the target was missed
 * @param startedNs when it started
 * @param dueNs when it is or was due; {@link #NONE} while paused
 * @param stoppedNs when it stopped or was cancelled; {@link #NONE} while it did not
 * @param elapsedNs the calendar's time used, up to now for a running clock
 * @param targetNs the target; {@link #NONE} for one in business days
 */
public record ClockView(
        String clock,
        int cycle,
        String state,
        boolean breached,
        long startedNs,
        long dueNs,
        long stoppedNs,
        long elapsedNs,
        long targetNs) {
    /** Stands for an instant or duration that does not exist. */
    public static final long NONE = Long.MIN_VALUE;

    /** Target minus elapsed, negative when late; {@link #NONE} without a target. */
    public long remainingNs() {
        return targetNs == NONE ? NONE : targetNs - elapsedNs;
    }
}
