package io.tocsin.engine.core;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.clock.ClockState;
import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.clock.Outcome;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.rules.CompiledTarget;
import io.tocsin.engine.stats.FigureScan;
import io.tocsin.engine.ticket.TicketStore;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.CountersView;
import io.tocsin.engine.view.DueView;
import io.tocsin.engine.view.EngineGauges;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketFacts;
import io.tocsin.engine.view.TicketView;
import io.tocsin.engine.view.TrendView;
import io.tocsin.engine.view.Window;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
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
        int ticket = find(id);
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

    /** One ticket with the facts that its clocks are measured by; empty when it is not known, or forgotten. */
    public Optional<TicketFacts> facts(String id) {
        int ticket = find(id);
        return ticket == TicketStore.NONE ? Optional.empty() : Optional.of(factsAt(ticket));
    }

    /** As {@link #facts}, of a slot, for listeners that were given one. */
    public TicketFacts factsAt(int ticket) {
        return new TicketFacts(ticketAt(ticket), new FactViews(state).cycles(ticket, this));
    }

    /** Shows the facts of all tickets in memory, in first-seen order, one after the other. */
    public void forEachFacts(Consumer<TicketFacts> consumer) {
        for (int ticket : ticketsInOrder()) {
            consumer.accept(factsAt(ticket));
        }
    }

    /** The policies in force. */
    public PolicySet policies() {
        return engine.rules().policies();
    }

    /** The texts of all policies that came as records, in the order in which they came into force. */
    public List<String> policyTexts() {
        return state.policies.texts();
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
                state.announcer.count(AlertKind.REVOKED),
                state.announcer.count(AlertKind.OBJECTIVE));
    }

    /** What those who watch the engine want to know. */
    public EngineGauges gauges() {
        List<EngineGauges.ClockCounts> clocks = new ArrayList<>();
        List<EngineGauges.AlertCount> alerts = new ArrayList<>();
        for (int clock = 0; clock < state.registry.clockCount(); clock++) {
            if (state.registry.wasFollowed(clock)) {
                clocks.add(counts(clock));
            }
            for (AlertKind kind : AlertKind.values()) {
                long count = state.announcer.count(clock, kind);
                if (count > 0) {
                    alerts.add(new EngineGauges.AlertCount(state.registry.clockText(clock), kind.text(), count));
                }
            }
        }
        long ofNoClock = state.announcer.countWithoutClock();
        if (ofNoClock > 0) {
            alerts.add(new EngineGauges.AlertCount("", AlertKind.OBJECTIVE.text(), ofNoClock));
        }
        return new EngineGauges(counters(), state.figures.openTickets(), clocks, alerts);
    }

    private EngineGauges.ClockCounts counts(int clock) {
        return new EngineGauges.ClockCounts(
                state.registry.clockText(clock),
                state.figures.total(clock, Outcome.RUNNING),
                state.figures.total(clock, Outcome.PAUSED),
                state.figures.total(clock, Outcome.MET),
                state.figures.total(clock, Outcome.BREACHED),
                state.figures.total(clock, Outcome.CANCELLED));
    }

    /** Figures since the journal began, grouped by attributes; no names: one group of everything. */
    public StatsView stats(List<String> by) {
        return stats(by, Window.ALL);
    }

    /** Figures of a window, grouped by attributes; they are kept current from then on, see {@link StatsSearch}. */
    public StatsView stats(List<String> by, Window window) {
        StatsSearch search = new StatsSearch(this, by, window);
        StatsView stats = search.slice();
        while (stats == null) {
            stats = search.slice();
        }
        return stats;
    }

    /** What became of the cycles of each clock since the journal began, by the clock's name; answered at once. */
    public Map<String, ClockFigures> totals() {
        return state.figures.totals();
    }

    /**
     * The figures of a window, exact to the nanosecond: every fact counts by its own instant, which is when a ticket was
     * opened or resolved, and for a promise when it was decided: kept when its clock stopped, broken at its due instant,
     * cancelled when it was; durations count when the clock stopped. What is open, running, paused or waiting is so now.
     * Tickets are told apart by the attributes they have now. Looks at every ticket.
     *
     * @param by attribute names; none: one group of everything
     * @param fromNs the first instant of the window; {@link Long#MIN_VALUE} for no beginning
     * @param untilNs the instant that ends the window and is no part of it; {@link Long#MAX_VALUE} for no end
     */
    public StatsView figures(List<String> by, long fromNs, long untilNs) {
        FigureScan scan = figureScan(by, fromNs, untilNs);
        StatsView stats = figuresSlice(scan);
        while (stats == null) {
            stats = figuresSlice(scan);
        }
        return stats;
    }

    /** Begins {@link #figures}, to be worked on with {@link #figuresSlice} until there is an answer. */
    public FigureScan figureScan(List<String> by, long fromNs, long untilNs) {
        return state.figures.scan(by, fromNs, untilNs);
    }

    /** As {@link #figures}, a slice of the work at a time: null while there is more to do. */
    @Nullable
    public StatsView figuresSlice(FigureScan scan) {
        return scan.slice(SLICE, engine.nowNs());
    }

    /**
     * How it was in each period of the last hours for tickets whose attributes have some values; looks at every ticket, once.
     *
     * @param hours how far back, 1 to 24
     */
    public TrendView trend(SortedMap<String, String> where, int hours) {
        TrendView trend = trendSlice(where, hours);
        while (trend == null) {
            trend = trendSlice(where, hours);
        }
        return trend;
    }

    /** As {@link #trend}, a slice of the work at a time: null while there is more to do. */
    @Nullable
    public TrendView trendSlice(SortedMap<String, String> where, int hours) {
        return state.figures.trendSlice(where, hours, SLICE, engine.nowNs());
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
        hash = Hashing.fold(hash, state.keys.window().stateHash());
        Optional<Long> objectives = state.objectives.stateHash();
        return objectives.isPresent() ? Hashing.fold(hash, objectives.get()) : hash;
    }

    long stateHash(int ticket) {
        long hash = Hashing.fold(
                state.tickets.stateHash(ticket), state.attributes.stateHash(state.tickets.attributes(ticket)));
        return Hashing.fold(hash, state.clocks.stateHash(ticket));
    }

    /** When the ticket of a slot was opened. */
    public long openedNs(int ticket) {
        return state.moments.openedNs(ticket);
    }

    /** The slots of all tickets in memory, in first-seen order. */
    public int[] ticketsInOrder() {
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

    /** The engine time, up to which a running clock's elapsed time is shown. */
    public long nowNs() {
        return engine.nowNs();
    }

    private int find(String id) {
        DirectBuffer bytes = new UnsafeBuffer(id.getBytes(StandardCharsets.UTF_8));
        return state.tickets.find(bytes, 0, bytes.capacity());
    }

    private Map<String, Object> attributes(int ticket) {
        int ref = state.tickets.attributes(ticket);
        return state.attributes.view(ref, state.attributes.count(ref));
    }

    /** A cycle that has a target. */
    ClockView clock(int cycle) {
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
