package io.tocsin.engine.core;

import io.tocsin.engine.clock.ClockState;
import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.DueQuery;
import io.tocsin.engine.view.DueView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the open clocks that are due soonest, over all tickets, a slice at a time. What it found is looked at again
 * at the end, because tickets go on between slices. On the engine's thread; allocates what it finds.
 */
public final class DueSearch {
    private static final Comparator<Found> SOONEST_FIRST = Comparator.comparingLong(Found::dueNs)
            .thenComparingLong(Found::number)
            .thenComparingInt(Found::clock);

    private final EngineViews views;
    private final EngineState state;
    private final DueQuery query;
    private final AttributeFilter filter;
    /** The latest of what was found is at the head, to make way for something sooner. */
    private final PriorityQueue<Found> soonest = new PriorityQueue<>(SOONEST_FIRST.reversed());

    private int nextSlot;

    private record Found(long dueNs, long number, int clock, int ticket, int cycle) {}

    /** A search over an engine's tickets. */
    public DueSearch(EngineViews views, DueQuery query) {
        this.views = views;
        this.state = views.state();
        this.query = query;
        this.filter = new AttributeFilter(state.attributes, query.where());
    }

    /**
     * Looks at some more tickets.
     *
     * @return what is due soonest, or null when there is more to look at
     */
    @Nullable
    public List<DueView> slice() {
        filter.renew();
        int end = Math.min(state.tickets.slotCount(), nextSlot + EngineViews.SLICE);
        for (; nextSlot < end; nextSlot++) {
            look(nextSlot);
        }
        return nextSlot < state.tickets.slotCount() ? null : found();
    }

    private void look(int ticket) {
        if (!state.tickets.isLive(ticket) || !filter.accepts(state.tickets.attributes(ticket))) {
            return;
        }
        for (int cycle = state.tickets.firstCycle(ticket);
                cycle != CycleStore.NONE;
                cycle = state.cycles.nextCycle(cycle)) {
            if (fits(cycle)) {
                long dueNs = dueNs(cycle);
                soonest.add(new Found(dueNs, state.tickets.number(ticket), state.cycles.clock(cycle), ticket, cycle));
                if (soonest.size() > query.limit()) {
                    soonest.remove();
                }
            }
        }
    }

    private boolean fits(int cycle) {
        CycleStore cycles = state.cycles;
        ClockState clockState = cycles.state(cycle);
        return cycles.target(cycle) != CycleStore.NO_TARGET
                && clockState.isOpen()
                && (query.state() == null || query.state().equals(clockState.text()))
                && (query.breached() == null || query.breached() == cycles.isBreached(cycle))
                && (query.clock() == null || query.clock().equals(state.registry.clockText(cycles.clock(cycle))))
                && (query.withinNs() == ClockView.NONE || isWithin(dueNs(cycle)));
    }

    private boolean isWithin(long dueNs) {
        return dueNs != CycleStore.NEVER && dueNs - views.nowNs() <= query.withinNs();
    }

    /** Paused clocks have no due instant and come last. */
    private long dueNs(int cycle) {
        return state.cycles.state(cycle) == ClockState.PAUSED ? CycleStore.NEVER : state.cycles.dueNs(cycle);
    }

    private List<DueView> found() {
        List<Found> ordered = new ArrayList<>(soonest);
        ordered.sort(SOONEST_FIRST);
        List<DueView> due = new ArrayList<>();
        for (Found found : ordered) {
            if (stillThere(found)
                    && filter.accepts(state.tickets.attributes(found.ticket))
                    && fits(found.cycle)
                    && dueNs(found.cycle) == found.dueNs) {
                due.add(views.due(found.ticket, found.cycle));
            }
        }
        return due;
    }

    private boolean stillThere(Found found) {
        if (!state.tickets.isLive(found.ticket) || state.tickets.number(found.ticket) != found.number) {
            return false;
        }
        for (int cycle = state.tickets.firstCycle(found.ticket);
                cycle != CycleStore.NONE;
                cycle = state.cycles.nextCycle(cycle)) {
            if (cycle == found.cycle) {
                return true;
            }
        }
        return false;
    }
}
