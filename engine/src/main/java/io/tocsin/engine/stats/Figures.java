package io.tocsin.engine.stats;

import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.clock.Measure;
import io.tocsin.engine.clock.Outcome;
import io.tocsin.engine.rules.Registry;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import io.tocsin.engine.ticket.AttributeTexts;
import io.tocsin.engine.ticket.Attributes;
import io.tocsin.engine.ticket.TicketStatus;
import io.tocsin.engine.ticket.TicketStore;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.StatsView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of everything since the journal began, always current, and of groups that somebody asked for. A ticket
 * {@link #leave}s its groups before anything about it changes and {@link #enter}s them afterwards; a cycle's outcome in
 * the totals changes with {@link #count}. The core's thread; in steady state nothing is allocated.
 */
public final class Figures {
    /** So many groupings are kept current; the one not asked for the longest makes way. */
    private static final int MOST_GROUPINGS = 16;

    /** No ticket has it: it has no status. */
    private static final long NO_FLOW = -1;

    private final TicketStore tickets;
    private final Attributes attributes;
    private final CycleStore cycles;
    private final Measure measure;
    private final Registry registry;
    private final FinishedTickets finished;
    private final Cell total = new Cell();
    /** The last asked for stands last. */
    private final List<Grouping> groupings = new ArrayList<>();

    /** How the ticket that is changing counts in the totals until it enters again. */
    private long left = NO_FLOW;

    /** The cycle whose facts are about to change, and the time counted for it until now. */
    private int changing = CycleStore.NONE;

    private long changingNs;

    /** Figures of the tickets and cycles of the stores. */
    public Figures(TicketStore tickets, Attributes attributes, CycleStore cycles, Measure measure, Registry registry) {
        this.tickets = tickets;
        this.attributes = attributes;
        this.cycles = cycles;
        this.measure = measure;
        this.registry = registry;
        this.finished = new FinishedTickets(attributes);
    }

    /** What the elapsed time of a stopped cycle follows from is about to change; {@link #count} comes after it. */
    public void beforeChange(int cycle) {
        if (changing != cycle) {
            changingNs = countedNs(cycle);
            changing = cycle;
        }
    }

    /** A cycle counts in another way, or with another elapsed time. */
    public void count(int cycle, Outcome outcome, boolean timeCounted) {
        Outcome last = cycles.outcome(cycle);
        boolean changed = cycle == changing;
        if (last == outcome && timeCounted == cycles.isTimeCounted(cycle) && !changed) {
            return;
        }
        long lastNs = changed ? changingNs : countedNs(cycle);
        changing = CycleStore.NONE;
        cycles.outcome(cycle, outcome, timeCounted);
        long countedNs = countedNs(cycle);
        if (last != outcome || lastNs != countedNs) {
            int clock = cycles.clock(cycle);
            total.add(-1, clock, last, lastNs);
            total.add(1, clock, outcome, countedNs);
        }
    }

    /** Before anything about a ticket changes that was there before. */
    public void leave(int ticket) {
        left = tickets.flow(ticket);
        for (int i = 0; i < groupings.size(); i++) {
            Grouping grouping = groupings.get(i);
            if (grouping.covers(ticket)) {
                addTicket(grouping.cell(tickets.attributes(ticket)), -1, ticket);
            }
        }
    }

    /** After a ticket was added, or everything about it has changed. */
    public void enter(int ticket) {
        long flow = tickets.flow(ticket);
        if (flow != left) {
            if (left != NO_FLOW) {
                addFlow(total, -1, left);
            }
            addFlow(total, 1, flow);
        }
        left = NO_FLOW;
        for (int i = 0; i < groupings.size(); i++) {
            Grouping grouping = groupings.get(i);
            if (grouping.covers(ticket)) {
                addTicket(grouping.cell(tickets.attributes(ticket)), 1, ticket);
            }
        }
    }

    /** A ticket leaves memory but not the figures. Takes its attributes over. */
    public void finish(int ticket) {
        for (int i = 0; i < groupings.size(); i++) {
            Grouping grouping = groupings.get(i);
            if (!grouping.covers(ticket)) {
                addTicket(grouping.cell(tickets.attributes(ticket)), 1, ticket);
            }
        }
        int ref = tickets.attributes(ticket);
        tickets.attributes(ticket, Attributes.EMPTY);
        if (tickets.status(ticket) == TicketStatus.CANCELLED) {
            attributes.free(ref);
            return;
        }
        int count = 0;
        for (int cycle = tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            count++;
        }
        finished.beginRow(
                ref,
                tickets.resolvedCount(ticket),
                tickets.reopenedCount(ticket),
                tickets.abandonedCount(ticket),
                count);
        for (int cycle = tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            finished.addCycle(cycles.clock(cycle), cycles.outcome(cycle), countedNs(cycle));
        }
    }

    /** The figures of everything. Allocates. */
    public StatsView total(long asOfNs) {
        return new StatsView(asOfNs, "all", List.of(group(Map.of(), total)));
    }

    /** How many cycles of a clock count in a way. */
    public long total(int clock, Outcome outcome) {
        return total.count(clock, outcome);
    }

    /**
     * Works towards the figures by some attributes.
     *
     * @param by attribute names, at least one
     * @param most how many tickets may be looked at in this call
     * @return the figures, or null when there is more to look at
     */
    @Nullable
    public StatsView grouped(List<String> by, int most, long asOfNs) {
        Grouping grouping = grouping(by);
        if (!grouping.isComplete()) {
            grouping.cover(most, tickets.slotCount(), finished, slot -> cover(grouping, slot));
            if (!grouping.isComplete()) {
                return null;
            }
        }
        List<StatsView.Group> groups = new ArrayList<>();
        for (Grouping.Group group : grouping.groups()) {
            groups.add(group(group.key(), group.cell()));
        }
        return new StatsView(asOfNs, "all", groups);
    }

    /** Writes the totals. */
    public void save(SnapshotWriter out) {
        total.save(out);
    }

    /** Reads the totals; nothing may be counted before. */
    public void load(SnapshotReader in) {
        total.load(in, registry.clockCount());
    }

    /** Shows the attributes of tickets that left memory to a snapshot that is going to be written. */
    public void collectFinished(AttributeTexts texts) {
        finished.collect(texts);
    }

    /** Writes what is kept of tickets that left memory. */
    public void saveFinished(SnapshotWriter out, AttributeTexts texts) {
        finished.save(out, texts);
    }

    /** Reads what is kept of tickets that left memory. */
    public void loadFinished(SnapshotReader in, AttributeTexts texts) {
        finished.load(in, texts, registry.clockCount());
    }

    /** A hash of the totals. */
    public long stateHash() {
        return total.stateHash();
    }

    private Grouping grouping(List<String> by) {
        for (int i = 0; i < groupings.size(); i++) {
            if (groupings.get(i).by().equals(by)) {
                groupings.add(groupings.remove(i));
                return groupings.get(groupings.size() - 1);
            }
        }
        if (groupings.size() == MOST_GROUPINGS) {
            groupings.remove(0).close();
        }
        Grouping added = new Grouping(by, attributes, finished.end());
        groupings.add(added);
        return added;
    }

    private void cover(Grouping grouping, int slot) {
        if (tickets.isLive(slot)) {
            addTicket(grouping.cell(tickets.attributes(slot)), 1, slot);
        }
    }

    private void addTicket(Cell cell, int sign, int ticket) {
        addFlow(cell, sign, tickets.flow(ticket));
        for (int cycle = tickets.firstCycle(ticket); cycle != CycleStore.NONE; cycle = cycles.nextCycle(cycle)) {
            cell.add(sign, cycles.clock(cycle), cycles.outcome(cycle), countedNs(cycle));
        }
    }

    private static void addFlow(Cell cell, int sign, long flow) {
        TicketStatus status = TicketStore.statusOf(flow);
        if (status != TicketStatus.CANCELLED) {
            cell.addFlow(
                    sign,
                    TicketStore.resolvedCountOf(flow),
                    TicketStore.reopenedCountOf(flow),
                    TicketStore.abandonedCountOf(flow),
                    !status.isFinished());
        }
    }

    private long countedNs(int cycle) {
        return measure.countedNs(cycle, registry);
    }

    private StatsView.Group group(Map<String, Object> key, Cell cell) {
        Map<String, ClockFigures> clocks = new LinkedHashMap<>();
        for (int clock = 0; clock < registry.clockCount(); clock++) {
            if (registry.wasFollowed(clock)) {
                clocks.put(registry.clockText(clock), cell.clockFigures(clock));
            }
        }
        return new StatsView.Group(key, cell.ticketFigures(), clocks);
    }
}
