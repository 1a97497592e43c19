package io.tocsin.engine.core;

import io.tocsin.engine.clock.AnnouncementStore;
import io.tocsin.engine.clock.ClockState;
import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.clock.GapStore;
import io.tocsin.engine.clock.Measure;
import io.tocsin.engine.clock.Outcome;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.rules.Action;
import io.tocsin.engine.rules.CompiledTarget;
import io.tocsin.engine.rules.Registry;
import io.tocsin.engine.rules.Rulebook;
import io.tocsin.engine.stats.Figures;
import io.tocsin.engine.ticket.EarlierLives;
import io.tocsin.engine.ticket.TicketStatus;
import io.tocsin.engine.ticket.TicketStore;
import org.jspecify.annotations.Nullable;

/**
 * Moves the clocks of one ticket after another: what an event does to them, what a changed policy does to them, what
 * they announce. Facts are changed first, then each touched cycle is settled: measured anew, its announcements taken back
 * where they proved wrong, its next threshold found. The core's thread; allocates nothing.
 */
final class Clocks {
    private final TicketStore tickets;
    private final CycleStore cycles;
    private final GapStore gaps;
    private final AnnouncementStore announcements;
    private final Measure measure;
    private final Thresholds thresholds;
    private final Announcer announcer;
    private final Registry registry;
    private final Figures figures;
    private final EarlierLives earlierLives;

    Clocks(
            TicketStore tickets,
            CycleStore cycles,
            GapStore gaps,
            AnnouncementStore announcements,
            Measure measure,
            Announcer announcer,
            Registry registry,
            Figures figures,
            EarlierLives earlierLives) {
        this.tickets = tickets;
        this.cycles = cycles;
        this.gaps = gaps;
        this.announcements = announcements;
        this.measure = measure;
        this.thresholds = new Thresholds(cycles, announcements, measure);
        this.announcer = announcer;
        this.registry = registry;
        this.figures = figures;
        this.earlierLives = earlierLives;
    }

    /**
     * Takes actions on a ticket's current cycle of a clock, in the contract's order: cancel, stop, restart, pause or
     * resume, start. A reopening comes after the restart. What comes after the beginning of a cycle is done to that one.
     */
    void act(int ticket, int clock, int actions, Rulebook rules, long atNs, long nowNs) {
        int cycle = current(ticket, clock);
        if (cycle != CycleStore.NONE) {
            boolean ended = is(actions, Action.CANCEL) && cancel(cycle, atNs);
            ended |= is(actions, Action.STOP) && stop(cycle, atNs);
            boolean changed = ended && cycles.firstGap(cycle) != GapStore.NONE;
            if (is(actions, Action.RESTART) && restart(cycle, atNs)) {
                cycle = beginAfter(ticket, cycle, rules, atNs, nowNs);
                changed = true;
            }
            changed |= is(actions, Action.CONTINUE) && runOn(ticket, cycle, rules, atNs);
            if (is(actions, Action.BEGIN_AGAIN) && cycles.state(cycle) == ClockState.STOPPED) {
                cycle = beginAfter(ticket, cycle, rules, atNs, nowNs);
                changed = true;
            }
            changed |= is(actions, Action.PAUSE) && pause(cycle, atNs);
            changed |= is(actions, Action.RESUME) && resume(cycle, atNs);
            if (changed) {
                settle(ticket, cycle, atNs, nowNs);
            } else if (ended) {
                // Without gaps, the due instant does not hang on the end: most cycles end without being measured again.
                conclude(ticket, cycle, target(cycle), atNs, nowNs);
            }
        }
        if (is(actions, Action.START) && mayStart(ticket, cycle, clock, rules)) {
            settle(ticket, begin(ticket, cycle, clock, rules, atNs), atNs, nowNs);
        }
    }

    /** Measures a ticket's open cycles again under its policy, after attributes or policies changed. */
    void retarget(int ticket, Rulebook rules, long atNs, long nowNs) {
        int policy = tickets.policy(ticket);
        for (int cycle = tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            int target = rules.target(policy, cycles.clock(cycle));
            if (cycles.isOpen(cycle) && target != cycles.target(cycle)) {
                cycles.target(cycle, target);
                settle(ticket, cycle, atNs, nowNs);
            }
        }
    }

    /** Settles all cycles of a ticket whose status came to or left {@link TicketStatus#CANCELLED}. */
    void settleAll(int ticket, long atNs, long nowNs) {
        for (int cycle = tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            settle(ticket, cycle, atNs, nowNs);
        }
    }

    /** Someone took the escalations on: those of breaches up to then stop. */
    void acknowledge(int ticket, long atNs, long nowNs) {
        for (int cycle = tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            if (cycles.isBreached(cycle) && cycles.dueNs(cycle) <= atNs) {
                cycles.acknowledge(cycle);
                settle(ticket, cycle, atNs, nowNs);
            }
        }
    }

    /** The earliest threshold of a ticket's clocks, or {@link CycleStore#NEVER}. */
    long nextNs(int ticket) {
        long nextNs = CycleStore.NEVER;
        for (int cycle = tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            nextNs = Math.min(nextNs, cycles.nextNs(cycle));
        }
        return nextNs;
    }

    /** Announces what a ticket's clocks have at an instant, in the clocks' order, and finds what comes after it. */
    void announceAt(int ticket, long atNs, long asOfNs, long detectedNs) {
        for (int cycle = tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            if (cycles.nextNs(cycle) != atNs) {
                continue;
            }
            CompiledTarget target = registry.target(cycles.target(cycle));
            while (thresholds.find(cycle, target, asOfNs) == atNs) {
                announcer.announce(ticket, cycle, target, thresholds, atNs, detectedNs);
            }
            cycles.nextNs(cycle, thresholds.find(cycle, target, asOfNs));
            count(cycle, tickets.isCancelled(ticket));
        }
    }

    /** Whether a ticket has a clock with a target that is running or paused. */
    boolean anyOpen(int ticket) {
        for (int cycle = tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            if (cycles.target(cycle) != CycleStore.NO_TARGET && cycles.isOpen(cycle)) {
                return true;
            }
        }
        return false;
    }

    /** The highest number of a ticket's cycles of which something was announced, or 0. */
    int lastAnnounced(int ticket) {
        int last = 0;
        for (int cycle = tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            if (cycles.isAnnounced(cycle)) {
                last = Math.max(last, cycles.number(cycle));
            }
        }
        return last;
    }

    /** Gives all cycles of a ticket back. */
    void freeAll(int ticket) {
        int cycle = tickets.firstCycle(ticket);
        while (cycle != CycleStore.NONE) {
            int freed = cycle;
            cycle = cycles.nextCycle(cycle);
            if (!cycles.isPlain(freed)) {
                gaps.freeAll(freed);
                announcements.freeAll(freed);
            }
            cycles.free(freed);
        }
        tickets.firstCycle(ticket, CycleStore.NONE);
    }

    /** A hash of a ticket's cycles. */
    long stateHash(int ticket) {
        long hash = 0;
        for (int cycle = tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            long cycleHash = cycles.stateHash(cycle);
            if (!cycles.isPlain(cycle)) {
                cycleHash += termOfList(6, gaps.stateHash(cycle)) + termOfList(7, announcements.stateHash(cycle));
            }
            hash = Hashing.fold(hash, cycleHash);
        }
        return hash;
    }

    /** An empty list says nothing, whether there is room for one or not. */
    private static long termOfList(int place, long listHash) {
        return listHash == 0 ? 0 : Hashing.term(place, listHash);
    }

    /** The target of a cycle, or null. */
    @Nullable
    CompiledTarget target(int cycle) {
        int target = cycles.target(cycle);
        return target == CycleStore.NO_TARGET ? null : registry.target(target);
    }

    // ---- what an event does to a cycle: only facts change here

    private boolean cancel(int cycle, long atNs) {
        if (!cycles.isOpen(cycle)) {
            return false;
        }
        cycles.state(cycle, ClockState.CANCELLED, Math.max(atNs, cycles.startNs(cycle)));
        return true;
    }

    /**
     * If a clock gets several stops, the earliest counts, also one from before it was cancelled; one from before a
     * reopening belongs to the stretch before it.
     */
    private boolean stop(int cycle, long atNs) {
        long stopNs = Math.max(atNs, cycles.startNs(cycle));
        int reopening = gaps.reopeningAfter(cycle, stopNs);
        if (reopening != GapStore.NONE) {
            if (stopNs >= gaps.fromNs(reopening)) {
                return false;
            }
            figures.beforeChange(cycle);
            gaps.beginEarlier(cycle, reopening, stopNs);
            return true;
        }
        if (!cycles.isOpen(cycle) && stopNs >= cycles.stopNs(cycle)) {
            return false;
        }
        figures.beforeChange(cycle);
        cycles.state(cycle, ClockState.STOPPED, stopNs);
        return true;
    }

    /** The cycle ends where the next one begins: not before its last transition. */
    private boolean restart(int cycle, long atNs) {
        if (!cycles.isOpen(cycle)) {
            return false;
        }
        cycles.state(cycle, ClockState.STOPPED, Math.max(atNs, lastTransitionNs(cycle)));
        return true;
    }

    private boolean runOn(int ticket, int cycle, Rulebook rules, long atNs) {
        if (cycles.state(cycle) != ClockState.STOPPED) {
            return false;
        }
        long stopNs = cycles.stopNs(cycle);
        long againNs = Math.max(atNs, stopNs);
        figures.beforeChange(cycle);
        gaps.cutAt(cycle, stopNs);
        gaps.append(cycle, stopNs, againNs, true);
        cycles.state(cycle, ClockState.RUNNING, CycleStore.NO_INSTANT);
        cycles.target(cycle, rules.target(tickets.policy(ticket), cycles.clock(cycle)));
        return true;
    }

    private boolean pause(int cycle, long atNs) {
        if (cycles.state(cycle) != ClockState.RUNNING) {
            return false;
        }
        gaps.append(cycle, Math.max(atNs, lastTransitionNs(cycle)), GapStore.OPEN, false);
        cycles.state(cycle, ClockState.PAUSED, CycleStore.NO_INSTANT);
        return true;
    }

    private boolean resume(int cycle, long atNs) {
        if (cycles.state(cycle) != ClockState.PAUSED) {
            return false;
        }
        int pause = gaps.last(cycle);
        gaps.close(pause, Math.max(atNs, gaps.fromNs(pause)));
        cycles.state(cycle, ClockState.RUNNING, CycleStore.NO_INSTANT);
        return true;
    }

    private long lastTransitionNs(int cycle) {
        int gap = gaps.last(cycle);
        if (gap == GapStore.NONE) {
            return cycles.startNs(cycle);
        }
        return gaps.toNs(gap) == GapStore.OPEN ? gaps.fromNs(gap) : gaps.toNs(gap);
    }

    private boolean mayStart(int ticket, int cycle, int clock, Rulebook rules) {
        if (cycle != CycleStore.NONE && (cycles.isOpen(cycle) || !rules.repeats(clock))) {
            return false;
        }
        for (int other : rules.unlessRunning(clock)) {
            int otherCycle = current(ticket, other);
            if (otherCycle != CycleStore.NONE && cycles.state(otherCycle) == ClockState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    /** Begins the next cycle where a stopped one ended, or later. */
    private int beginAfter(int ticket, int stopped, Rulebook rules, long atNs, long nowNs) {
        settle(ticket, stopped, atNs, nowNs);
        return begin(ticket, stopped, cycles.clock(stopped), rules, Math.max(atNs, cycles.stopNs(stopped)));
    }

    private int begin(int ticket, int last, int clock, Rulebook rules, long atNs) {
        int before = last == CycleStore.NONE ? lastEarlierCycle(ticket) : cycles.number(last);
        int cycle = cycles.add(clock, before + 1, atNs);
        link(ticket, cycle);
        cycles.target(cycle, rules.target(tickets.policy(ticket), clock));
        return cycle;
    }

    private int lastEarlierCycle(int ticket) {
        return tickets.livedBefore(ticket) ? earlierLives.lastCycle(tickets.idHash(ticket)) : 0;
    }

    // ---- settling: measure, take back, find what comes next

    private void settle(int ticket, int cycle, long causeAtNs, long nowNs) {
        CompiledTarget target = target(cycle);
        cycles.dueNs(cycle, target == null ? CycleStore.NO_INSTANT : measure.dueNs(cycle, target));
        conclude(ticket, cycle, target, causeAtNs, nowNs);
    }

    private void conclude(int ticket, int cycle, @Nullable CompiledTarget target, long causeAtNs, long nowNs) {
        boolean cancelledTicket = tickets.isCancelled(ticket);
        if (cycles.isBreached(cycle) && (cancelledTicket || !hasMissed(cycle, nowNs))) {
            announcer.revokeAll(ticket, cycle, causeAtNs, nowNs);
        }
        cycles.nextNs(cycle, cancelledTicket ? CycleStore.NEVER : thresholds.find(cycle, target, nowNs));
        count(cycle, cancelledTicket);
    }

    /** Whether a cycle was still open when its due instant passed. */
    private boolean hasMissed(int cycle, long nowNs) {
        long dueNs = cycles.dueNs(cycle);
        return dueNs != CycleStore.NO_INSTANT && dueNs < Math.min(nowNs, cycles.endNs(cycle));
    }

    private void count(int cycle, boolean cancelledTicket) {
        Outcome outcome = outcome(cycle, cancelledTicket);
        boolean hasResult = outcome != Outcome.UNCOUNTED && cycles.state(cycle) == ClockState.STOPPED;
        figures.count(cycle, outcome, hasResult);
    }

    private Outcome outcome(int cycle, boolean cancelledTicket) {
        if (cancelledTicket || cycles.target(cycle) == CycleStore.NO_TARGET) {
            return Outcome.UNCOUNTED;
        }
        if (cycles.isBreached(cycle)) {
            return Outcome.BREACHED;
        }
        return switch (cycles.state(cycle)) {
            case RUNNING -> Outcome.RUNNING;
            case PAUSED -> Outcome.PAUSED;
            case STOPPED -> Outcome.MET;
            case CANCELLED -> Outcome.CANCELLED;
        };
    }

    private static boolean is(int actions, int action) {
        return (actions & action) != 0;
    }

    // ---- the ticket's list of cycles

    /** The ticket's latest cycle of a clock, or {@link CycleStore#NONE}. */
    private int current(int ticket, int clock) {
        int current = CycleStore.NONE;
        for (int cycle = tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            if (cycles.clock(cycle) == clock) {
                current = cycle;
            }
        }
        return current;
    }

    private void link(int ticket, int added) {
        int before = CycleStore.NONE;
        int after = tickets.firstCycle(ticket);
        while (after != CycleStore.NONE && cycles.clock(after) <= cycles.clock(added)) {
            before = after;
            after = cycles.nextCycle(after);
        }
        cycles.nextCycle(added, after);
        if (before == CycleStore.NONE) {
            tickets.firstCycle(ticket, added);
        } else {
            cycles.nextCycle(before, added);
        }
    }
}
