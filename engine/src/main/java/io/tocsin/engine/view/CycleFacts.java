package io.tocsin.engine.view;

import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.policy.TargetTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cycle of a clock with the facts that it is measured by, whether or not it has a target. Immutable; any thread. Two are
 * equal when they stand for the same, in whatever engine.
 *
 * @param clock where it stands; without a target it has no due instant, no elapsed time and no breach
 * @param acknowledged whether somebody took its escalations on
 * @param promise what it is held to, or null while the ticket's policy has no target for the clock
 * @param gaps what is left out of it, in order and without overlap
 */
public record CycleFacts(
        ClockView clock, boolean acknowledged, @Nullable Promise promise, List<Gap> gaps) {
    /** Copies the gaps. */
    public CycleFacts {
        gaps = List.copyOf(gaps);
    }

    /** Whether it is running or paused. */
    public boolean isOpen() {
        return clock.stoppedNs() == ClockView.NONE;
    }

    /**
     * A target of a policy.
     *
     * @param policy the policy's name
     * @param calendar counts its time
     * @param time how long the clock may run
     */
    public record Promise(String policy, CalendarSpec calendar, TargetTime time) {}

    /**
     * A stretch that does not count.
     *
     * @param fromNs its beginning
     * @param toNs its end, {@link #OPEN} for a pause that has not ended
     * @param reopening whether it lies between a stop and the reopening that let the clock run on; otherwise it is a pause
     */
    public record Gap(long fromNs, long toNs, boolean reopening) {
        /** The end of a pause that has not ended. */
        public static final long OPEN = Long.MAX_VALUE;
    }
}
