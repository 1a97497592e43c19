package io.tocsin.engine.stats;

import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.clock.Outcome;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.TicketFigures;
import java.util.Arrays;

/**
 * How tickets flowed and what became of clocks: the counts that are always kept, see {@link Figures}, and those of a
 * {@link Group}. Everything that is added can be taken away again, because figures are corrected. Allocates when a clock is
 * counted for the first time, or a duration longer than any before.
 */
final class Cell {
    private long[] outcomes = new long[0];
    private Durations[] durations = new Durations[0];
    private long opened;
    private long resolved;
    private long reopened;
    private long abandoned;
    private long open;

    void addFlow(int sign, long resolvedCount, long reopenedCount, long abandonedCount, boolean isOpen) {
        opened += sign;
        resolved += sign * resolvedCount;
        reopened += sign * reopenedCount;
        abandoned += sign * abandonedCount;
        open += isOpen ? sign : 0;
    }

    void add(int sign, int clock, Outcome outcome, long countedNs) {
        if (outcome == Outcome.UNCOUNTED) {
            return;
        }
        makeRoom(clock);
        outcomes[clock * Outcome.COUNT + outcome.code()] += sign;
        if (countedNs != CycleStore.NOT_COUNTED) {
            durations[clock].add(sign, countedNs);
        }
    }

    long count(int clock, Outcome outcome) {
        int at = clock * Outcome.COUNT + outcome.code();
        return at < outcomes.length ? outcomes[at] : 0;
    }

    /** Adds a fact; those that only {@link Tally} counts are passed over. */
    void add(int sign, int what, long value) {
        int clock = Fact.clock(what);
        switch (Fact.kind(what)) {
            case Fact.OPENED -> opened += sign;
            case Fact.RESOLVED -> resolved += sign;
            case Fact.REOPENED -> reopened += sign;
            case Fact.ABANDONED -> abandoned += sign;
            case Fact.OPEN -> open += sign;
            case Fact.RUNNING -> add(sign, clock, Outcome.RUNNING, CycleStore.NOT_COUNTED);
            case Fact.PAUSED -> add(sign, clock, Outcome.PAUSED, CycleStore.NOT_COUNTED);
            case Fact.MET -> add(sign, clock, Outcome.MET, value);
            case Fact.BREACHED -> add(sign, clock, Outcome.BREACHED, CycleStore.NOT_COUNTED);
            case Fact.CANCELLED -> add(sign, clock, Outcome.CANCELLED, CycleStore.NOT_COUNTED);
            case Fact.STOPPED_LATE -> {
                makeRoom(clock);
                durations[clock].add(sign, value);
            }
            default -> {}
        }
    }

    long opened() {
        return opened;
    }

    /** How many cycles of a clock have a result: in time, late or none. */
    long decided(int clock) {
        return count(clock, Outcome.MET) + count(clock, Outcome.BREACHED) + count(clock, Outcome.CANCELLED);
    }

    /** How many cycles of a clock have stopped. */
    long stopped(int clock) {
        return clock < durations.length ? durations[clock].count() : 0;
    }

    /** The average time of the stopped cycles of a clock, or {@link ClockView#NONE}. */
    long averageNs(int clock) {
        return clock < durations.length ? durations[clock].averageNs() : ClockView.NONE;
    }

    /** How many tickets are open or pending. */
    long open() {
        return open;
    }

    TicketFigures ticketFigures(long transferred, long complained, long longestWaitingNs) {
        return new TicketFigures(
                opened, resolved, reopened, abandoned, open, transferred, complained, longestWaitingNs);
    }

    ClockFigures clockFigures(int clock) {
        Durations taken = clock < durations.length ? durations[clock] : new Durations();
        return new ClockFigures(
                count(clock, Outcome.RUNNING),
                count(clock, Outcome.PAUSED),
                count(clock, Outcome.MET),
                count(clock, Outcome.BREACHED),
                count(clock, Outcome.CANCELLED),
                taken.count(),
                taken.averageNs(),
                taken.quantileNs(50),
                taken.quantileNs(90),
                taken.quantileNs(95),
                taken.quantileNs(99),
                taken.maxNs());
    }

    long stateHash() {
        long hash = Hashing.fold(opened, resolved);
        hash = Hashing.fold(Hashing.fold(hash, reopened), Hashing.fold(abandoned, open));
        for (long outcome : outcomes) {
            hash = Hashing.fold(hash, outcome);
        }
        for (Durations taken : durations) {
            hash = taken.stateHash(hash);
        }
        return hash;
    }

    void save(SnapshotWriter out) {
        out.number(opened);
        out.number(resolved);
        out.number(reopened);
        out.number(abandoned);
        out.number(open);
        out.number(durations.length);
        for (long outcome : outcomes) {
            out.number(outcome);
        }
        for (Durations taken : durations) {
            taken.save(out);
        }
    }

    /** Reads what was saved into a new cell. */
    void load(SnapshotReader in, int clockCount) {
        opened = in.number();
        resolved = in.number();
        reopened = in.number();
        abandoned = in.number();
        open = in.number();
        makeRoom(in.upTo(clockCount) - 1);
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = in.number();
        }
        for (Durations taken : durations) {
            taken.load(in);
        }
    }

    private void makeRoom(int clock) {
        int has = durations.length;
        if (clock >= has) {
            outcomes = Arrays.copyOf(outcomes, (clock + 1) * Outcome.COUNT);
            durations = Arrays.copyOf(durations, clock + 1);
            for (int i = has; i <= clock; i++) {
                durations[i] = new Durations();
            }
        }
    }
}
