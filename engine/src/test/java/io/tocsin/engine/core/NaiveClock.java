package io.tocsin.engine.core;

import io.tocsin.engine.clock.ClockState;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.policy.Trigger;
import io.tocsin.engine.policy.Warning;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One cycle of a clock as section 2 and 3 of the contract tell it: when it ran, and what its target makes of that. Told
 * anew from a ticket's events each time; it remembers nothing of what it was before.
 */
final class NaiveClock {
    private static final long OPEN = Long.MAX_VALUE;
    private static final long NO_END = Long.MAX_VALUE;

    final ClockDefinition definition;
    final long startNs;

    /** Null while the ticket's policy has no target for the clock. */
    @Nullable
    Target target;

    ClockState state = ClockState.RUNNING;
    /** The stop or cancellation. */
    long endNs = NO_END;

    private final Function<String, NaiveHours> calendars;
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

        private void cutAt(long instantNs) {
            fromNs = Math.min(fromNs, instantNs);
            toNs = Math.min(toNs, instantNs);
        }
    }

    NaiveClock(
            ClockDefinition definition, long startNs, @Nullable Target target, Function<String, NaiveHours> calendars) {
        this.definition = definition;
        this.startNs = startNs;
        this.target = target;
        this.calendars = calendars;
        runs.add(new Run(startNs, false));
    }

    static boolean names(List<Trigger> triggers, String type) {
        return triggers.stream().anyMatch(trigger -> trigger.type().equals(type));
    }

    // ---- what happens to it

    void happens(String type, long atNs, @Nullable Target inForce) {
        if (names(definition.cancel(), type)) {
            cancel(atNs);
        }
        if (names(definition.stop(), type)) {
            stop(Math.max(atNs, startNs));
        }
        if (type.equals("reopened") && definition.reopen() == ClockDefinition.Reopen.CONTINUE) {
            runOn(atNs, inForce);
        }
        if (names(definition.pause(), type) && state == ClockState.RUNNING) {
            Run run = lastRun();
            run.toNs = Math.max(atNs, run.fromNs);
            state = ClockState.PAUSED;
        }
        if (names(definition.resume(), type) && state == ClockState.PAUSED) {
            runs.add(new Run(Math.max(atNs, lastRun().toNs), false));
            state = ClockState.RUNNING;
        }
    }

    private void cancel(long atNs) {
        if (state.isOpen()) {
            state = ClockState.CANCELLED;
            endNs = Math.max(atNs, startNs);
        }
    }

    /** The earliest stop counts, also one from before the clock was cancelled. */
    private void stop(long atNs) {
        int stretch = firstRunOfStretch(atNs);
        int next = stretch + 1;
        while (next < runs.size() && !runs.get(next).reopened) {
            next++;
        }
        if (next < runs.size()) {
            runs.subList(stretch, next).forEach(run -> run.cutAt(atNs));
        } else if (atNs < endNs) {
            state = ClockState.STOPPED;
            endNs = atNs;
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

    private void runOn(long atNs, @Nullable Target inForce) {
        if (state == ClockState.STOPPED) {
            runs.forEach(run -> run.cutAt(endNs));
            runs.add(new Run(Math.max(atNs, endNs), true));
            state = ClockState.RUNNING;
            endNs = NO_END;
            target = inForce;
        }
    }

    private Run lastRun() {
        return runs.get(runs.size() - 1);
    }

    // ---- what the target makes of it

    /** Null while it has no target, or is paused before. */
    @Nullable
    Long dueNs() {
        if (target == null) {
            return null;
        }
        if (target.time() instanceof TargetTime.Elapsed elapsed) {
            return instantOf(elapsed.targetNs());
        }
        TargetTime.BusinessDays days = (TargetTime.BusinessDays) target.time();
        long leftOutNs = 0;
        for (int i = 0; i < runs.size(); i++) {
            long dueNs = dueNs(days, leftOutNs);
            if (!endsBefore(runs.get(i)) || dueNs < runs.get(i).toNs) {
                return dueNs;
            }
            if (i + 1 < runs.size()) {
                long pauseNs = runs.get(i).toNs;
                long resumeNs = runs.get(i + 1).fromNs;
                leftOutNs += hours().elapsedNs(pauseNs, resumeNs);
            }
        }
        return null;
    }

    private long dueNs(TargetTime.BusinessDays days, long leftOutNs) {
        long sameTimeNs = hours().plusNs(hours().sameTimeNs(startNs, days.days()), leftOutNs);
        if (days.sameTime()) {
            return sameTimeNs;
        }
        long closeNs = hours().closeNs(startNs, days.days());
        return leftOutNs == 0 ? closeNs : Math.max(closeNs, hours().closeFromNs(sameTimeNs));
    }

    long elapsedNs(long untilNs) {
        long elapsedNs = 0;
        for (Run run : runs) {
            elapsedNs += hours().elapsedNs(run.fromNs, Math.min(run.toNs, Math.min(untilNs, endNs)));
        }
        return elapsedNs;
    }

    /** Null if it pauses before. */
    @Nullable
    Long warningNs(Warning warning, long dueNs) {
        long wholeNs = target.time() instanceof TargetTime.Elapsed elapsed ? elapsed.targetNs() : elapsedNs(dueNs);
        long usedNs = warning.sharePpm() > 0
                ? new BigDecimal(wholeNs)
                        .multiply(BigDecimal.valueOf(warning.sharePpm(), 6))
                        .longValue()
                : Math.max(0, wholeNs - warning.leftNs());
        return instantOf(usedNs);
    }

    long escalationNs(EscalationStep step, int repetition, long dueNs) {
        return hours().plusNs(dueNs, step.afterNs() + (repetition - 1) * step.everyNs());
    }

    /** Events come before timers: what would be used up at the very instant of a pause is not used up yet. */
    @Nullable
    private Long instantOf(long usedNs) {
        long leftNs = usedNs;
        for (Run run : runs) {
            long instantNs = hours().plusNs(run.fromNs, leftNs);
            if (!endsBefore(run) || instantNs < run.toNs) {
                return instantNs;
            }
            leftNs -= hours().elapsedNs(run.fromNs, run.toNs);
        }
        return null;
    }

    /** Whether a run ended before the stop, so that time went on without it. */
    private boolean endsBefore(Run run) {
        return run.toNs != OPEN && run.toNs < endNs;
    }

    private NaiveHours hours() {
        return calendars.apply(target.calendar());
    }
}
