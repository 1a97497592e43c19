package io.tocsin.engine.stats;

import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.clock.Measure;
import io.tocsin.engine.clock.Outcome;
import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.rules.Registry;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import io.tocsin.engine.ticket.AttributeTexts;
import io.tocsin.engine.ticket.Attributes;
import io.tocsin.engine.ticket.MomentStore;
import io.tocsin.engine.ticket.TicketStatus;
import io.tocsin.engine.ticket.TicketStore;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TrendView;
import io.tocsin.engine.view.Window;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures: the totals of everything since the journal began, always current, and groups of windows that somebody asked
 * for. A ticket {@link #leave}s before anything about it changes and {@link #enter}s afterwards; a cycle's outcome in the
 * totals changes with {@link #count}. The core's thread; in steady state nothing is allocated.
 */
public final class Figures {
    /** No ticket has it: it has no status. */
    private static final long NO_FLOW = -1;

    private static final long HOUR_NS = 3_600_000_000_000L;

    private final TicketStore tickets;
    private final Attributes attributes;
    private final CycleStore cycles;
    private final Measure measure;
    private final Registry registry;
    private final FactCollector collector;
    private final FinishedTickets finished;
    private final Cell total = new Cell();
    /** All that is kept current: groupings of windows and of scans, and recent facts. */
    private final List<Coverage> coverages = new ArrayList<>();

    private final Windows windows = new Windows(this);
    private final Trends trends = new Trends(this);

    private Reading reading;
    private final Facts before = new Facts();
    private final Facts after = new Facts();

    /** How the ticket that is changing counts in the totals until it enters again. */
    private long left = NO_FLOW;

    /** The cycle whose facts are about to change, and the time counted for it until now. */
    private int changing = CycleStore.NONE;

    private long changingNs;

    /** Figures of the tickets, their moments and cycles. */
    public Figures(
            TicketStore tickets,
            MomentStore moments,
            Attributes attributes,
            CycleStore cycles,
            Measure measure,
            Registry registry) {
        this.tickets = tickets;
        this.attributes = attributes;
        this.cycles = cycles;
        this.measure = measure;
        this.registry = registry;
        this.collector = new FactCollector(tickets, moments, cycles, measure, registry);
        this.finished = new FinishedTickets(attributes);
        this.reading = new Reading(FigureSettings.DEFAULT, ZoneOffset.UTC, registry);
        collector.use(reading);
    }

    /** Counts by other settings from now on: groups that were counted by others are made anew when asked for. */
    public void use(FigureSettings settings, ZoneId zone) {
        if (!reading.isAsBefore(settings, zone, registry)) {
            reading = new Reading(settings, zone, registry);
            collector.use(reading);
            unpin();
        }
    }

    /** What the elapsed time of a stopped cycle follows from is about to change; {@link #count} comes after it. */
    public void beforeChange(int cycle) {
        if (changing != cycle) {
            changingNs = cycles.isTimeCounted(cycle) ? countedNs(cycle) : CycleStore.NOT_COUNTED;
            changing = cycle;
        }
    }

    /** A cycle counts in another way, or with another elapsed time. */
    public void count(int cycle, Outcome outcome, boolean timeCounted) {
        Outcome last = cycles.outcome(cycle);
        boolean wasTimeCounted = cycles.isTimeCounted(cycle);
        boolean changed = cycle == changing;
        if (last == outcome && timeCounted == wasTimeCounted && !changed) {
            return;
        }
        long lastNs = CycleStore.NOT_COUNTED;
        if (changed) {
            lastNs = changingNs;
        } else if (wasTimeCounted) {
            lastNs = countedNs(cycle);
        }
        changing = CycleStore.NONE;
        cycles.outcome(cycle, outcome, timeCounted);
        long countedNs = timeCounted ? countedNs(cycle) : CycleStore.NOT_COUNTED;
        if (last != outcome || lastNs != countedNs) {
            int clock = cycles.clock(cycle);
            total.add(-1, clock, last, lastNs);
            total.add(1, clock, outcome, countedNs);
        }
    }

    /** Before anything about a ticket changes that was there before. */
    public void leave(int ticket) {
        left = tickets.flow(ticket);
        if (coverages.isEmpty()) {
            return;
        }
        collector.collect(ticket, before);
        for (int i = 0; i < coverages.size(); i++) {
            Coverage coverage = coverages.get(i);
            if (coverage.covers(ticket)) {
                coverage.leave(tickets.attributes(ticket));
            }
        }
    }

    /** After a ticket was added, or everything about it has changed. */
    public void enter(int ticket) {
        boolean isNew = left == NO_FLOW;
        long flow = tickets.flow(ticket);
        if (flow != left) {
            if (!isNew) {
                addFlow(total, -1, left);
            }
            addFlow(total, 1, flow);
        }
        left = NO_FLOW;
        if (!coverages.isEmpty()) {
            enterCoverages(ticket, isNew);
        }
    }

    private void enterCoverages(int ticket, boolean isNew) {
        if (isNew) {
            before.begin(ticket, 0);
        }
        collector.collect(ticket, after);
        int samePrefix = before.samePrefix(after);
        int sameSuffix = before.sameSuffix(after, samePrefix);
        for (int i = 0; i < coverages.size(); i++) {
            Coverage coverage = coverages.get(i);
            if (coverage.covers(ticket)) {
                coverage.enter(tickets.attributes(ticket), before, after, samePrefix, sameSuffix);
            }
        }
        windows.rest();
        trends.rest();
    }

    /** A ticket leaves memory but not the figures. Takes its attributes over. */
    public void finish(int ticket) {
        collector.collect(ticket, after);
        int ref = tickets.attributes(ticket);
        for (int i = 0; i < coverages.size(); i++) {
            Coverage coverage = coverages.get(i);
            if (!coverage.covers(ticket)) {
                coverage.add(ref, after);
            }
        }
        tickets.attributes(ticket, Attributes.EMPTY);
        if (tickets.status(ticket) == TicketStatus.CANCELLED) {
            attributes.free(ref);
        } else {
            finished.add(ref, after);
        }
    }

    /** How many tickets are open or pending. */
    public long openTickets() {
        return total.open();
    }

    /** How many cycles of a clock count in a way. */
    public long total(int clock, Outcome outcome) {
        return total.count(clock, outcome);
    }

    /** What became of the cycles of each clock, since the journal began; answered at once. Allocates. */
    public Map<String, ClockFigures> totals() {
        Map<String, ClockFigures> clocks = new LinkedHashMap<>();
        for (int clock = 0; clock < registry.clockCount(); clock++) {
            if (registry.wasFollowed(clock)) {
                clocks.put(registry.clockText(clock), total.clockFigures(clock));
            }
        }
        return clocks;
    }

    /**
     * Works towards the figures of a window by some attributes, which are kept current from then on.
     *
     * @param by attribute names, none for one group of everything
     * @param most how many tickets may be looked at in this call
     * @return the figures, or null when there is more to look at
     */
    @Nullable
    public StatsView slice(List<String> by, Window window, int most, long asOfNs) {
        return windows.slice(by, window, most, asOfNs);
    }

    /**
     * Works towards the trend of tickets whose attributes have some values; it is kept current from then on.
     *
     * @param hours how far back, 1 to 24
     * @param most how many tickets may be looked at in this call
     * @return the trend, or null when there is more to look at
     */
    @Nullable
    public TrendView trendSlice(SortedMap<String, String> where, int hours, int most, long asOfNs) {
        int periods = (int) (hours * HOUR_NS / TrendGroup.PERIOD_NS) + 1;
        return trends.slice(where, periods, most, asOfNs);
    }

    /** A rolling window that is always kept current, until {@link #use} or {@link #unpin}. Looks at every ticket. */
    public PinnedWindow pin(List<String> by, Window window, long asOfNs) {
        return windows.pin(by, window, asOfNs);
    }

    /** Lets go of everything that is kept; it is made anew when asked for. */
    public void unpin() {
        coverages.forEach(Coverage::close);
        coverages.clear();
        windows.clear();
        trends.clear();
    }

    /** Whether {@link #slice} may be asked for rolling windows; otherwise there are too many facts to keep, {@link #scan}. */
    public boolean canRoll() {
        return windows.canRoll();
    }

    /** Where a window begins. */
    public long fromNs(Window window, long asOfNs) {
        if (window == Window.ALL) {
            return Long.MIN_VALUE;
        }
        return window == Window.TODAY ? reading.wall().midnightBefore(asOfNs) : window.fromNs(asOfNs);
    }

    /** A scan for the figures of a window, to the nanosecond; see {@link FigureScan}. */
    public FigureScan scan(List<String> by, long fromNs, long untilNs) {
        return new FigureScan(this, by, "between", fromNs, untilNs);
    }

    /** A scan for the figures of a window as it is now. */
    public FigureScan scan(List<String> by, Window window, long asOfNs) {
        return new FigureScan(this, by, window.text(), fromNs(window, asOfNs), Long.MAX_VALUE);
    }

    /** Begins a grouping that is kept current until it is {@link #drop}ped. */
    Grouping begin(List<String> by, long fromNs, long untilNs) {
        Grouping added = new Grouping(by, fromNs, untilNs, attributes, reading, collector, finished.end());
        coverages.add(added);
        return added;
    }

    RecentFacts beginRecent(long nowNs) {
        RecentFacts added = new RecentFacts(attributes, reading, finished.end(), nowNs);
        coverages.add(added);
        return added;
    }

    TrendGrouping beginTrend(List<String> by, long nowNs) {
        TrendGrouping added = new TrendGrouping(by, attributes, finished.end(), nowNs);
        coverages.add(added);
        return added;
    }

    Registry registry() {
        return registry;
    }

    /** Whether something is kept current still; nothing is when the settings have changed. */
    boolean keeps(Coverage coverage) {
        return coverages.contains(coverage);
    }

    void drop(Coverage coverage) {
        if (coverages.remove(coverage)) {
            coverage.close();
        }
    }

    /** Goes over some more tickets; true when all are covered. */
    boolean cover(Coverage coverage, int most) {
        if (!coverage.isComplete()) {
            coverage.cover(most, tickets.slotCount(), finished, after, collector);
        }
        return coverage.isComplete();
    }

    StatsView view(Grouping grouping, String window, long fromNs, long toNs, long asOfNs) {
        List<StatsView.Group> groups = new ArrayList<>();
        for (Grouping.Shown shown : grouping.shown()) {
            groups.add(shown.group().view(shown.key(), asOfNs, registry));
        }
        return new StatsView(asOfNs, window, fromNs, toNs, groups);
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
}
