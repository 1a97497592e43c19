package io.tocsin.engine.clock;

import io.tocsin.engine.calendar.BusinessCalendar;
import io.tocsin.engine.rules.CompiledTarget;
import io.tocsin.engine.rules.Registry;

/**
 * The arithmetic of a cycle: from its start, along the calendar's time, with every gap left out. Pure functions of the
 * cycle's facts and a target; nothing is remembered. A gap counts from the moment it begins: a cycle whose time is used
 * up at the very instant at which it pauses is paused with nothing left, because events come before timers.
 *
 * <p>The core's thread; costs a few calendar look-ups and one more pair for each gap; allocates nothing.
 */
public final class Measure {
    /** Stands for an instant that does not exist. */
    private static final long NONE = CycleStore.NO_INSTANT;

    private final CycleStore cycles;
    private final GapStore gaps;

    /** Measures the cycles of a store. */
    public Measure(CycleStore cycles, GapStore gaps) {
        this.cycles = cycles;
        this.gaps = gaps;
    }

    /** When a cycle is due, or {@link CycleStore#NO_INSTANT} when it is paused before, or stopped out of a pause. */
    public long dueNs(int cycle, CompiledTarget target) {
        return target.businessDays() == 0
                ? instantOf(cycle, target.calendar(), target.targetNs())
                : dueInBusinessDays(cycle, target);
    }

    /** The first instant at which a cycle has used so much time, or {@link CycleStore#NO_INSTANT} when it pauses before. */
    public long instantOf(int cycle, BusinessCalendar calendar, long elapsedNs) {
        long endNs = cycles.endNs(cycle);
        long fromNs = cycles.startNs(cycle);
        long leftNs = elapsedNs;
        for (int gap = cycles.firstGap(cycle); gap != GapStore.NONE; gap = gaps.next(gap)) {
            long gapFromNs = gaps.fromNs(gap);
            if (gapFromNs >= endNs) {
                break;
            }
            long instantNs = calendar.plusNs(fromNs, leftNs);
            if (instantNs < gapFromNs) {
                return instantNs;
            }
            if (outlasts(gap, endNs)) {
                return NONE;
            }
            leftNs -= calendar.elapsedNs(fromNs, gapFromNs);
            fromNs = gaps.toNs(gap);
        }
        return calendar.plusNs(fromNs, leftNs);
    }

    /** The calendar's time that a cycle has used up to an instant, its stop at the latest. */
    public long elapsedNs(int cycle, BusinessCalendar calendar, long untilNs) {
        long endNs = Math.min(untilNs, cycles.endNs(cycle));
        long fromNs = cycles.startNs(cycle);
        long elapsedNs = 0;
        for (int gap = cycles.firstGap(cycle); gap != GapStore.NONE && gaps.fromNs(gap) < endNs; gap = gaps.next(gap)) {
            elapsedNs += calendar.elapsedNs(fromNs, gaps.fromNs(gap));
            fromNs = gaps.toNs(gap);
        }
        return elapsedNs + calendar.elapsedNs(fromNs, endNs);
    }

    /** The elapsed time that the figures count for a cycle, or {@link CycleStore#NOT_COUNTED}. */
    public long countedNs(int cycle, Registry registry) {
        return cycles.isTimeCounted(cycle)
                ? elapsedNs(cycle, registry.target(cycles.target(cycle)).calendar(), cycles.stopNs(cycle))
                : CycleStore.NOT_COUNTED;
    }

    /** When a warning of a cycle is due, given the cycle's due instant. */
    public long warningNs(int cycle, CompiledTarget target, CompiledTarget.Warn warning, long dueNs) {
        long wholeNs = target.businessDays() == 0 ? target.targetNs() : elapsedNs(cycle, target.calendar(), dueNs);
        long usedNs =
                warning.leftNs() > 0 ? Math.max(0, wholeNs - warning.leftNs()) : share(wholeNs, warning.sharePpm());
        return instantOf(cycle, target.calendar(), usedNs);
    }

    /**
     * The contract's rule for {@code 3bd}: at the close of the n-th business day after the start's day, or at the start's
     * time of day on it. A pause pushes the same-time instant on by the business time paused, before it is rounded up to
     * the close.
     */
    private long dueInBusinessDays(int cycle, CompiledTarget target) {
        BusinessCalendar calendar = target.calendar();
        long endNs = cycles.endNs(cycle);
        long ranFromNs = cycles.startNs(cycle);
        long leftOutNs = 0;
        for (int gap = cycles.firstGap(cycle); gap != GapStore.NONE; gap = gaps.next(gap)) {
            if (gaps.fromNs(gap) >= endNs) {
                break;
            }
            long dueNs = dueInBusinessDays(cycles.startNs(cycle), target, leftOutNs);
            // Where a gap adjoins the last one, nothing ran between: together they are one.
            if (dueNs < gaps.fromNs(gap) && ranFromNs < gaps.fromNs(gap)) {
                return dueNs;
            }
            if (outlasts(gap, endNs)) {
                return NONE;
            }
            leftOutNs += calendar.elapsedNs(gaps.fromNs(gap), gaps.toNs(gap));
            ranFromNs = gaps.toNs(gap);
        }
        return dueInBusinessDays(cycles.startNs(cycle), target, leftOutNs);
    }

    /** Whether a cycle ends within a gap, or stands still now: what comes after its end must not count, known or not. */
    private boolean outlasts(int gap, long endNs) {
        return gaps.toNs(gap) == GapStore.OPEN || gaps.toNs(gap) > endNs;
    }

    private static long dueInBusinessDays(long startNs, CompiledTarget target, long leftOutNs) {
        BusinessCalendar calendar = target.calendar();
        if (target.sameTime()) {
            return pushed(startNs, target, leftOutNs);
        }
        long closeNs = calendar.closeOfBusinessDayAfter(startNs, target.businessDays());
        // A start in the small hours of a night shift has its same time before that close: a pause never brings it
        // forward.
        return leftOutNs == 0 ? closeNs : Math.max(closeNs, calendar.closeOf(pushed(startNs, target, leftOutNs)));
    }

    private static long pushed(long startNs, CompiledTarget target, long leftOutNs) {
        long sameTimeNs = target.calendar().sameTimeAfter(startNs, target.businessDays());
        return leftOutNs == 0 ? sameTimeNs : target.calendar().plusNs(sameTimeNs, leftOutNs);
    }

    private static long share(long wholeNs, int ppm) {
        long million = 1_000_000;
        return wholeNs / million * ppm + wholeNs % million * ppm / million;
    }
}
