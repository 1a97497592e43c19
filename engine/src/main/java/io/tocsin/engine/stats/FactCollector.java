package io.tocsin.engine.stats;

import io.tocsin.engine.clock.ClockState;
import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.clock.Measure;
import io.tocsin.engine.clock.Outcome;
import io.tocsin.engine.rules.CompiledTarget;
import io.tocsin.engine.rules.Registry;
import io.tocsin.engine.ticket.Moment;
import io.tocsin.engine.ticket.MomentStore;
import io.tocsin.engine.ticket.TicketStatus;
import io.tocsin.engine.ticket.TicketStore;

/**
 * Says what a ticket contributes to figures, and when: a pure function of the ticket, its moments and cycles and of how
 * long after a resolution a contact is a second one. A cancelled ticket contributes nothing. The core's thread; allocates
 * nothing.
 */
final class FactCollector {
    private final TicketStore tickets;
    private final MomentStore moments;
    private final CycleStore cycles;
    private final Measure measure;
    private final Registry registry;
    private long repeatWithinNs;
    private int response = -1;

    // What the moments of the ticket in hand come to.
    private long firstResolvedNs;
    private int resolvedCount;
    /** Of those, how many were not seen yet. */
    private int resolvedLeft;

    private long complainedNs;
    private long firstTransferredNs;
    private boolean firstTransferSeen;

    FactCollector(TicketStore tickets, MomentStore moments, CycleStore cycles, Measure measure, Registry registry) {
        this.tickets = tickets;
        this.moments = moments;
        this.cycles = cycles;
        this.measure = measure;
        this.registry = registry;
    }

    /** Sets how long after a resolution a contact is a second one, and the clock that customers wait on. */
    void use(Reading reading) {
        repeatWithinNs = reading.settings().repeatWithinNs();
        response = reading.response();
    }

    /** Collects what a ticket contributes. */
    void collect(int ticket, Facts facts) {
        long openedNs = moments.openedNs(ticket);
        facts.begin(ticket, openedNs);
        TicketStatus status = tickets.status(ticket);
        if (status == TicketStatus.CANCELLED) {
            return;
        }
        facts.add(Fact.OPENED, openedNs, 0);
        if (!status.isFinished()) {
            facts.add(Fact.OPEN, Fact.NOW, 0);
        }
        if (tickets.firstMoment(ticket) != MomentStore.NONE) {
            collectMoments(ticket, status, facts);
        }
        for (int cycle = tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            collectCycle(cycle, status, facts);
        }
    }

    /** Whether a ticket is there and waits for the first response since an instant. */
    boolean waitsSince(int ticket, long sinceNs) {
        if (!tickets.isLive(ticket) || tickets.status(ticket).isFinished()) {
            return false;
        }
        for (int cycle = tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            if (cycles.startNs(cycle) == sinceNs && isWaiting(cycle)) {
                return true;
            }
        }
        return false;
    }

    private boolean isWaiting(int cycle) {
        return cycles.clock(cycle) == response
                && cycles.state(cycle) == ClockState.RUNNING
                && cycles.outcome(cycle) != Outcome.UNCOUNTED;
    }

    /** The attributes of a ticket. */
    int attributes(int ticket) {
        return tickets.attributes(ticket);
    }

    /** Collects what the ticket of a slot contributes; false if there is none. */
    boolean read(int slot, Facts facts) {
        if (!tickets.isLive(slot)) {
            return false;
        }
        collect(slot, facts);
        return true;
    }

    private void collectMoments(int ticket, TicketStatus status, Facts facts) {
        lookThrough(ticket);
        for (int moment = tickets.firstMoment(ticket); moment != MomentStore.NONE; moment = moments.next(moment)) {
            long atNs = moments.atNs(moment);
            switch (moments.kind(moment)) {
                case RESOLVED -> facts.add(Fact.RESOLVED, atNs, resolution(ticket, status, atNs));
                case REOPENED -> facts.add(Fact.REOPENED, atNs, 0);
                case ABANDONED -> facts.add(Fact.ABANDONED, atNs, 0);
                case TRANSFERRED -> facts.add(Fact.TRANSFERRED, atNs, transfer(atNs));
                case RATED_CSAT -> facts.add(Fact.CSAT, atNs, moments.value(moment));
                case RATED_NPS -> facts.add(Fact.NPS, atNs, moments.value(moment));
                case OPENED, COMPLAINED, REPLIED, CAME_AGAIN -> {}
            }
        }
        if (complainedNs != Long.MAX_VALUE) {
            facts.add(Fact.COMPLAINED, complainedNs, 0);
        }
    }

    /** Resolutions are noted in the order of their instants, because a status from before another does not count. */
    private void lookThrough(int ticket) {
        firstResolvedNs = MomentStore.UNKNOWN;
        resolvedCount = 0;
        complainedNs = Long.MAX_VALUE;
        firstTransferredNs = Long.MAX_VALUE;
        firstTransferSeen = false;
        for (int moment = tickets.firstMoment(ticket); moment != MomentStore.NONE; moment = moments.next(moment)) {
            long atNs = moments.atNs(moment);
            if (moments.kind(moment) == Moment.RESOLVED) {
                firstResolvedNs = atNs;
                resolvedCount++;
            } else if (moments.kind(moment) == Moment.COMPLAINED) {
                complainedNs = Math.min(complainedNs, atNs);
            } else if (moments.kind(moment) == Moment.TRANSFERRED) {
                firstTransferredNs = Math.min(firstTransferredNs, atNs);
            }
        }
        resolvedLeft = resolvedCount;
    }

    /** One of the earliest hand-overs is the ticket's first. */
    private long transfer(long atNs) {
        boolean first = atNs == firstTransferredNs && !firstTransferSeen;
        firstTransferSeen |= first;
        return first ? Fact.FIRST : 0;
    }

    /** What the value of a resolution says; they come with the last first. */
    private long resolution(int ticket, TicketStatus status, long atNs) {
        boolean stands =
                resolvedLeft == resolvedCount && (status == TicketStatus.RESOLVED || status == TicketStatus.CLOSED);
        long value = stands ? Fact.STANDS | (long) contactsUntil(ticket, atNs) << Fact.CONTACTS_SHIFT : 0;
        value |= stands && complainedNs != Long.MAX_VALUE ? Fact.COMPLAINT : 0;
        resolvedLeft--;
        if (resolvedLeft > 0) {
            return value;
        }
        value |= Fact.FIRST;
        for (int moment = tickets.firstMoment(ticket); moment != MomentStore.NONE; moment = moments.next(moment)) {
            if (isSoonAfter(moments.atNs(moment), firstResolvedNs)) {
                value |= switch (moments.kind(moment)) {
                    case REPLIED, CAME_AGAIN -> Fact.CAME_AGAIN;
                    case REOPENED -> Fact.REOPENED_SOON;
                    default -> 0;
                };
            }
        }
        return value;
    }

    private boolean isSoonAfter(long atNs, long resolvedNs) {
        return resolvedNs != MomentStore.UNKNOWN && atNs > resolvedNs && atNs - resolvedNs <= repeatWithinNs;
    }

    /** The opening, and each reply up to an instant. */
    private int contactsUntil(int ticket, long atNs) {
        int contacts = 1;
        for (int moment = tickets.firstMoment(ticket); moment != MomentStore.NONE; moment = moments.next(moment)) {
            contacts += moments.kind(moment) == Moment.REPLIED && moments.atNs(moment) <= atNs ? 1 : 0;
        }
        return contacts;
    }

    private void collectCycle(int cycle, TicketStatus status, Facts facts) {
        Outcome outcome = cycles.outcome(cycle);
        if (outcome == Outcome.UNCOUNTED) {
            return;
        }
        int clock = cycles.clock(cycle);
        ClockState state = cycles.state(cycle);
        switch (outcome) {
            case RUNNING -> facts.add(Fact.of(Fact.RUNNING, clock), Fact.NOW, 0);
            case PAUSED -> facts.add(Fact.of(Fact.PAUSED, clock), Fact.NOW, 0);
            case MET -> facts.add(Fact.of(Fact.MET, clock), cycles.stopNs(cycle), elapsedNs(cycle));
            case CANCELLED -> facts.add(Fact.of(Fact.CANCELLED, clock), cycles.stopNs(cycle), elapsedNs(cycle));
            case BREACHED -> collectBreached(cycle, clock, state, facts);
            case UNCOUNTED -> {}
        }
        if (!status.isFinished() && isWaiting(cycle)) {
            facts.add(Fact.of(Fact.WAITING, clock), Fact.NOW, cycles.startNs(cycle));
        }
    }

    private void collectBreached(int cycle, int clock, ClockState state, Facts facts) {
        facts.add(Fact.of(Fact.BREACHED, clock), cycles.dueNs(cycle), 0);
        if (state == ClockState.STOPPED) {
            facts.add(Fact.of(Fact.STOPPED_LATE, clock), cycles.stopNs(cycle), elapsedNs(cycle));
        } else if (state == ClockState.CANCELLED) {
            facts.add(Fact.of(Fact.CANCELLED_LATE, clock), cycles.stopNs(cycle), elapsedNs(cycle));
        }
    }

    private long elapsedNs(int cycle) {
        CompiledTarget target = registry.target(cycles.target(cycle));
        return measure.elapsedNs(cycle, target.calendar(), cycles.stopNs(cycle));
    }
}
