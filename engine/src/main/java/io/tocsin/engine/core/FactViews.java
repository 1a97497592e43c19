package io.tocsin.engine.core;

import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.clock.GapStore;
import io.tocsin.engine.policy.TargetTime;
import io.tocsin.engine.rules.CompiledTarget;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CycleFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Shows the facts that cycles are measured by, targets or not. On the core's thread; allocates what it answers. */
final class FactViews {
    private final EngineState state;

    FactViews(EngineState state) {
        this.state = state;
    }

    /** The facts of a ticket's cycles, in their order. */
    List<CycleFacts> cycles(int ticket, EngineViews views) {
        List<CycleFacts> facts = new ArrayList<>();
        for (int cycle = state.tickets.firstCycle(ticket);
                cycle != CycleStore.NONE;
                cycle = state.cycles.nextCycle(cycle)) {
            facts.add(
                    state.cycles.target(cycle) == CycleStore.NO_TARGET
                            ? new CycleFacts(withoutTarget(cycle), false, null, gaps(cycle))
                            : new CycleFacts(
                                    views.clock(cycle),
                                    state.cycles.isAcknowledged(cycle),
                                    promise(state.registry.target(state.cycles.target(cycle))),
                                    gaps(cycle)));
        }
        return facts;
    }

    private ClockView withoutTarget(int cycle) {
        return new ClockView(
                state.registry.clockText(state.cycles.clock(cycle)),
                state.cycles.number(cycle),
                state.cycles.state(cycle).text(),
                false,
                state.cycles.startNs(cycle),
                ClockView.NONE,
                state.cycles.stopNs(cycle),
                ClockView.NONE,
                ClockView.NONE);
    }

    private static CycleFacts.Promise promise(CompiledTarget target) {
        TargetTime time = target.businessDays() == 0
                ? new TargetTime.Elapsed(target.targetNs())
                : new TargetTime.BusinessDays(target.businessDays(), target.sameTime());
        return new CycleFacts.Promise(
                new String(target.policy(), StandardCharsets.UTF_8),
                target.calendar().spec(),
                time);
    }

    private List<CycleFacts.Gap> gaps(int cycle) {
        List<CycleFacts.Gap> gaps = new ArrayList<>();
        for (int gap = state.cycles.firstGap(cycle); gap != GapStore.NONE; gap = state.gaps.next(gap)) {
            gaps.add(new CycleFacts.Gap(state.gaps.fromNs(gap), state.gaps.toNs(gap), state.gaps.isReopening(gap)));
        }
        return gaps;
    }
}
