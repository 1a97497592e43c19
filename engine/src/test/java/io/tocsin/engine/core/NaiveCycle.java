package io.tocsin.engine.core;

import io.tocsin.engine.clock.ClockState;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.policy.Warning;
import io.tocsin.engine.view.ClockView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cycle of a clock as sections 2 and 3 of the contract tell it: when it ran, and what its promise makes of that.
 * Told anew from a ticket's events each time; it remembers nothing of what it was before.
 */
final class NaiveCycle {
    private static final long OPEN = Long.MAX_VALUE;
    private static final long NO_END = Long.MAX_VALUE;

    /** Clock and number, as alerts write them. */
    final String path;

    final String clock;
    final int number;
    final long startNs;

    /** Null while the ticket's policy has no target for the clock. */
    @Nullable
    NaivePromise promise;

    ClockState state = ClockState.RUNNING;
    /** The stop or cancellation. */
    long endNs = NO_END;

    /** When it ran, in order: a new run begins after each pause and each reopening. */
    private final List<Run> runs = new ArrayList<>();

    private static final class Run {
        private final boolean reopened;
        private long fromNs;
        private long toNs = OPEN;

        private Run(long fromNs, boolean reopened) {
            this.fromNs = fromNs;
            this.reopened = reopened;
        }

        private boolean hasLength() {
            return fromNs < toNs;
        }

        private void cutAt(long instantNs) {
            fromNs = Math.min(fromNs, instantNs);
            toNs = Math.min(toNs, instantNs);
        }
    }

    NaiveCycle(String clock, int number, long startNs, @Nullable NaivePromise promise) {
        this.path = clock + "/" + number;
        this.clock = clock;
        this.number = number;
        this.startNs = startNs;
        this.promise = promise;
        runs.add(new Run(startNs, false));
    }

    // ---- what happens to it

    void cancel(long atNs) {
        if (state.isOpen()) {
            end(ClockState.CANCELLED, Math.max(atNs, startNs));
        }
    }

    /** The earliest stop counts, also one from before the clock was cancelled; none lies before the start. */
    void stop(long atNs) {
        long stopNs = Math.max(atNs, startNs);
        int stretch = firstRunOfStretch(stopNs);
        int next = stretch + 1;
        while (next < runs.size() && !runs.get(next).reopened) {
            next++;
        }
        if (next < runs.size()) {
            runs.subList(stretch, next).forEach(run -> run.cutAt(stopNs));
        } else if (stopNs < endNs) {
            end(ClockState.STOPPED, stopNs);
        }
    }

    /** The last stretch, from the start or a reopening on, that had begun by then. */
    private int firstRunOfStretch(long atNs) {
        int stretch = 0;
        for (int i = 1; i < runs.size(); i++) {
            if (runs.get(i).reopened && runs.get(i).fromNs <= atNs) {
                stretch = i;
            }
        }
        return stretch;
    }

    /** Ends an open cycle where the next begins. */
    void restart(long atNs) {
        end(ClockState.STOPPED, notBeforeLastTransition(atNs));
    }

    /** Lets a stopped cycle run on under the promise now in force. */
    void runOn(long atNs, @Nullable NaivePromise inForce) {
        if (state == ClockState.STOPPED) {
            runs.forEach(run -> run.cutAt(endNs));
            runs.add(new Run(Math.max(atNs, endNs), true));
            state = ClockState.RUNNING;
            endNs = NO_END;
            promise = inForce;
        }
    }

    void pause(long atNs) {
        if (state == ClockState.RUNNING) {
            lastRun().toNs = notBeforeLastTransition(atNs);
            state = ClockState.PAUSED;
        }
    }

    void resume(long atNs) {
        if (state == ClockState.PAUSED) {
            runs.add(new Run(notBeforeLastTransition(atNs), false));
            state = ClockState.RUNNING;
        }
    }

    private void end(ClockState how, long atNs) {
        state = how;
        endNs = atNs;
    }

    private long notBeforeLastTransition(long atNs) {
        Run run = lastRun();
        return Math.max(atNs, state == ClockState.PAUSED ? run.toNs : run.fromNs);
    }

    private Run lastRun() {
        return runs.get(runs.size() - 1);
    }

    // ---- what the promise makes of it

    /** Null while it has no target, or is paused before. */
    @Nullable
    Long dueNs() {
        if (promise == null) {
            return null;
        }
        return promise.target().time() instanceof TargetTime.Elapsed elapsed
                ? instantOf(promise, elapsed.targetNs())
                : businessDayNs(
                        promise, (TargetTime.BusinessDays) promise.target().time());
    }

    /** With every pause that lies before the due instant left out; none that begins after it. */
    @Nullable
    private Long businessDayNs(NaivePromise promised, TargetTime.BusinessDays days) {
        long leftOutNs = 0;
        for (int i = 0; i < runs.size() && runs.get(i).fromNs <= endNs; i++) {
            long dueNs = businessDayNs(promised.hours(), days, leftOutNs);
            if (!endsBefore(runs.get(i))
                    || (dueNs < runs.get(i).toNs && runs.get(i).hasLength())) {
                return dueNs;
            }
            if (i + 1 < runs.size()) {
                long pausedNs = runs.get(i).toNs;
                long resumedNs = runs.get(i + 1).fromNs;
                leftOutNs += promised.hours().elapsedNs(pausedNs, resumedNs);
            }
        }
        return null;
    }

    private long businessDayNs(NaiveHours hours, TargetTime.BusinessDays days, long leftOutNs) {
        long sameTimeNs = hours.plusNs(hours.sameTimeNs(startNs, days.days()), leftOutNs);
        if (days.sameTime()) {
            return sameTimeNs;
        }
        long closeNs = hours.closeNs(startNs, days.days());
        return leftOutNs == 0 ? closeNs : Math.max(closeNs, hours.closeFromNs(sameTimeNs));
    }

    long elapsedNs(NaivePromise promised, long untilNs) {
        long elapsedNs = 0;
        for (Run run : runs) {
            elapsedNs += promised.hours().elapsedNs(run.fromNs, Math.min(run.toNs, Math.min(untilNs, endNs)));
        }
        return elapsedNs;
    }

    /** Null if it pauses before. */
    @Nullable
    Long warningNs(NaivePromise promised, Warning warning, long dueNs) {
        long wholeNs = promised.target().time() instanceof TargetTime.Elapsed elapsed
                ? elapsed.targetNs()
                : elapsedNs(promised, dueNs);
        long usedNs = warning.sharePpm() > 0
                ? new BigDecimal(wholeNs)
                        .multiply(BigDecimal.valueOf(warning.sharePpm(), 6))
                        .longValue()
                : Math.max(0, wholeNs - warning.leftNs());
        return instantOf(promised, usedNs);
    }

    static long escalationNs(NaivePromise promised, EscalationStep step, int repetition, long dueNs) {
        return promised.hours().plusNs(dueNs, step.afterNs() + (repetition - 1) * step.everyNs());
    }

    /** Events come before timers: what would be used up at the very instant of a pause is not used up yet. */
    @Nullable
    private Long instantOf(NaivePromise promised, long usedNs) {
        long leftNs = usedNs;
        for (Run run : runs) {
            if (run.fromNs > endNs) {
                return null;
            }
            long instantNs = promised.hours().plusNs(run.fromNs, leftNs);
            if (!endsBefore(run) || instantNs < run.toNs) {
                return instantNs;
            }
            leftNs -= promised.hours().elapsedNs(run.fromNs, run.toNs);
        }
        return null;
    }

    /** Whether a run ended before the stop, so that time went on without it. */
    private boolean endsBefore(Run run) {
        return run.toNs != OPEN && run.toNs < endNs;
    }

    ClockView view(NaivePromise promised, boolean breached, long nowNs) {
        Long dueNs = dueNs();
        return new ClockView(
                clock,
                number,
                state.text(),
                breached,
                startNs,
                state == ClockState.PAUSED || dueNs == null ? ClockView.NONE : dueNs,
                endNs == NO_END ? ClockView.NONE : endNs,
                elapsedNs(promised, nowNs),
                promised.targetNs());
    }
}
