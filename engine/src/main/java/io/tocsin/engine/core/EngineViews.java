package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.clock.ClockState;
import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.rules.CompiledTarget;
import io.tocsin.engine.ticket.TicketStore;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.DueView;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about an engine with immutable values; changes nothing but figures' groupings, which are no state.
 * On the engine's thread. Allocates what it answers.
 */
public final class EngineViews {
    /** How many tickets one slice of a large question looks at, so that timers and events never wait long for it. */
    static final int SLICE = 2_048;

    private final Engine engine;
    private final EngineState state;

    EngineViews(Engine engine, EngineState state) {
        this.engine = engine;
        this.state = state;
    }

    /** One ticket; empty when it is not known, or forgotten. */
    public Optional<TicketView> ticket(String id) {
        DirectBuffer bytes = new UnsafeBuffer(id.getBytes(StandardCharsets.UTF_8));
        int ticket = state.tickets.find(bytes, 0, bytes.capacity());
        return ticket == TicketStore.NONE ? Optional.empty() : Optional.of(ticketAt(ticket));
    }

    /** The ticket of a slot, for listeners that were given one. */
    public TicketView ticketAt(int ticket) {
        List<ClockView> clocks = new ArrayList<>();
        for (int cycle = state.tickets.firstCycle(ticket);
                cycle != CycleStore.NONE;
                cycle = state.cycles.nextCycle(cycle)) {
            if (state.cycles.target(cycle) != CycleStore.NO_TARGET) {
                clocks.add(clock(cycle));
            }
        }
        return new TicketView(
                state.tickets.number(ticket),
                state.tickets.id(ticket),
                state.tickets.status(ticket).text(),
                engine.rules().policyName(state.tickets.policy(ticket)),
                attributes(ticket),
                clocks);
    }

    /** All tickets in memory, in first-seen order. */
    public List<TicketView> tickets() {
        return IntStream.of(ticketsInOrder()).mapToObj(this::ticketAt).toList();
    }

    /** What came in and what went out. */
    public CountersView counters() {
        return new CountersView(
                state.counts.events,
                state.counts.duplicates,
                state.counts.orphaned,
                state.attributes.droppedCount(),
                state.tickets.lastNumber(),
                state.tickets.liveCount(),
                engine.armedTimers(),
                state.announcer.count(AlertKind.WARNING),
                state.announcer.count(AlertKind.BREACH),
                state.announcer.count(AlertKind.ESCALATION),
                state.announcer.count(AlertKind.REVOKED));
    }

    /** Figures since the journal began, grouped by attributes; no names: one group of everything. */
    public StatsView stats(List<String> by) {
        StatsView stats = statsSlice(by);
        while (stats == null) {
            stats = statsSlice(by);
        }
        return stats;
    }

    /** As {@link #stats}, a slice of the work at a time: null while there is more to do. */
    @Nullable
    public StatsView statsSlice(List<String> by) {
        return by.isEmpty() ? state.figures.total(engine.nowNs()) : state.figures.grouped(by, SLICE, engine.nowNs());
    }

    /** Why a policy file has no room on top of all files before it; empty when it has. */
    public Optional<String> refusalOf(PolicySet policies) {
        return Optional.ofNullable(state.registry.refusalOf(policies));
    }

    /** The number of the last alert, 0 when there was none. */
    public long lastSeq() {
        return state.announcer.lastSeq();
    }

    /**
     * A number that is the same for the same records and policies, on any machine, whether they came live, from a journal
     * or from a snapshot. Engine time is not in it, as it moves on while nothing happens. Looks at every ticket.
     */
    public long stateHash() {
        long tickets = 0;
        for (int slot = 0; slot < state.tickets.slotCount(); slot++) {
            if (state.tickets.isLive(slot)) {
                tickets += stateHash(slot);
            }
        }
        long hash = Hashing.fold(tickets, state.counts.forgottenHash);
        hash = Hashing.fold(hash, state.counts.events);
        hash = Hashing.fold(hash, state.counts.duplicates);
        hash = Hashing.fold(hash, state.counts.orphaned);
        hash = Hashing.fold(hash, state.attributes.droppedCount());
        hash = Hashing.fold(hash, state.tickets.lastNumber());
        hash = Hashing.fold(hash, state.announcer.lastSeq());
        hash = Hashing.fold(hash, state.announcer.historyHash());
        hash = Hashing.fold(hash, state.figures.stateHash());
        hash = Hashing.fold(hash, state.earlierLives.stateHash());
        return Hashing.fold(hash, state.knownIds.stateHash());
    }

    long stateHash(int ticket) {
        long hash = Hashing.fold(
                state.tickets.stateHash(ticket), state.attributes.stateHash(state.tickets.attributes(ticket)));
        return Hashing.fold(hash, state.clocks.stateHash(ticket));
    }

    /** The slots of all tickets in memory, in first-seen order. */
    int[] ticketsInOrder() {
        return IntStream.range(0, state.tickets.slotCount())
                .filter(state.tickets::isLive)
                .boxed()
                .sorted(Comparator.comparingLong(state.tickets::number))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    DueView due(int ticket, int cycle) {
        return new DueView(
                state.tickets.id(ticket),
                state.tickets.status(ticket).text(),
                engine.rules().policyName(state.tickets.policy(ticket)),
                attributes(ticket),
                clock(cycle));
    }

    EngineState state() {
        return state;
    }

    long nowNs() {
        return engine.nowNs();
    }

    private Map<String, Object> attributes(int ticket) {
        int ref = state.tickets.attributes(ticket);
        return state.attributes.view(ref, state.attributes.count(ref));
    }

    private ClockView clock(int cycle) {
        CycleStore cycles = state.cycles;
        CompiledTarget target = state.registry.target(cycles.target(cycle));
        ClockState clockState = cycles.state(cycle);
        return new ClockView(
                state.registry.clockText(cycles.clock(cycle)),
                cycles.number(cycle),
                clockState.text(),
                cycles.isBreached(cycle),
                cycles.startNs(cycle),
                clockState == ClockState.PAUSED || cycles.dueNs(cycle) == CycleStore.NEVER
                        ? ClockView.NONE
                        : cycles.dueNs(cycle),
                cycles.stopNs(cycle),
                state.measure.elapsedNs(cycle, target.calendar(), engine.nowNs()),
                target.targetNs());
    }
}
