package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.clock.AnnouncementStore;
import io.tocsin.engine.clock.ClockState;
import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.clock.Measure;
import io.tocsin.engine.rules.CompiledTarget;
import org.jspecify.annotations.Nullable;

/**
 * Finds the next threshold of a cycle that has not been announced: a warning while the due instant lies ahead, the
 * breach, then the steps of the escalation chain. The finding is left in {@link #kind}, {@link #index} and
 * {@link #repetition}, so that nothing is allocated. The core's thread.
 */
final class Thresholds {
    private final CycleStore cycles;
    private final AnnouncementStore announcements;
    private final Measure measure;

    private AlertKind kind = AlertKind.BREACH;
    private int index;
    private int repetition;
    private long atNs;

    Thresholds(CycleStore cycles, AnnouncementStore announcements, Measure measure) {
        this.cycles = cycles;
        this.announcements = announcements;
        this.measure = measure;
    }

    /**
     * The instant of the next threshold, or {@link CycleStore#NEVER}.
     *
     * @param asOfNs warnings are over when the due instant does not lie after this
     */
    long find(int cycle, @Nullable CompiledTarget target, long asOfNs) {
        atNs = CycleStore.NEVER;
        long dueNs = cycles.dueNs(cycle);
        if (target == null || dueNs == CycleStore.NO_INSTANT || dueNs == CycleStore.NEVER) {
            return atNs;
        }
        if (cycles.isBreached(cycle)) {
            findEscalation(cycle, target, dueNs);
        } else {
            findWarning(cycle, target, dueNs, asOfNs);
            offer(dueNs, AlertKind.BREACH, 0, 1);
        }
        if (atNs >= cycles.endNs(cycle)) {
            atNs = CycleStore.NEVER;
        }
        return atNs;
    }

    /** What was found. */
    AlertKind kind() {
        return kind;
    }

    /** Which warning or escalation step of the target was found, from 0. */
    int index() {
        return index;
    }

    /** Which repetition of the escalation step was found, from 1. */
    int repetition() {
        return repetition;
    }

    private void findWarning(int cycle, CompiledTarget target, long dueNs, long asOfNs) {
        if (cycles.state(cycle) != ClockState.RUNNING || dueNs <= asOfNs) {
            return;
        }
        CompiledTarget.Warn[] warnings = target.warnings();
        for (int i = 0; i < warnings.length; i++) {
            if (!cycles.isWarned(cycle, warnings[i].number())) {
                offer(measure.warningNs(cycle, target, warnings[i], dueNs), AlertKind.WARNING, i, 1);
            }
        }
    }

    private void findEscalation(int cycle, CompiledTarget target, long dueNs) {
        if (cycles.isAcknowledged(cycle)) {
            return;
        }
        CompiledTarget.Step[] steps = target.steps();
        for (int i = 0; i < steps.length; i++) {
            int taken = announcements.standing(cycle, i + 1);
            if (taken < steps[i].times()) {
                long afterNs = steps[i].afterNs() + taken * steps[i].everyNs();
                offer(target.calendar().plusNs(dueNs, afterNs), AlertKind.ESCALATION, i, taken + 1);
            }
        }
    }

    /** Of several at the same instant, the first offered comes first: the order of the file. */
    private void offer(long instantNs, AlertKind offered, int offeredIndex, int offeredRepetition) {
        if (instantNs != CycleStore.NO_INSTANT && instantNs < atNs) {
            atNs = instantNs;
            kind = offered;
            index = offeredIndex;
            repetition = offeredRepetition;
        }
    }
}
