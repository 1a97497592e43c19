package io.tocsin.engine.stats;

import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.clock.Outcome;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.ticket.MomentStore;

/**
 * Reads how a ticket that left memory counts, as snapshots of version 1 have it: without instants. Such a ticket counts
 * over everything and in no window.
 */
final class FinishedRow1 {
    private static final int FLOW_MOST = (1 << 20) - 1;
    private static final long UNKNOWN = MomentStore.UNKNOWN;
    /** Nobody knows how long the cycle ran until it was cancelled. */
    private static final long NO_TIME = -1;

    private FinishedRow1() {}

    /** Reads what is in a row behind its attribute set. */
    static void load(SnapshotReader in, Facts facts, int clockCount) {
        facts.begin(-1, UNKNOWN);
        facts.add(Fact.OPENED, UNKNOWN, 0);
        addEach(facts, Fact.RESOLVED, in.upTo(FLOW_MOST));
        addEach(facts, Fact.REOPENED, in.upTo(FLOW_MOST));
        addEach(facts, Fact.ABANDONED, in.upTo(FLOW_MOST));
        for (int left = in.upTo(Integer.MAX_VALUE); left > 0; left--) {
            int clock = in.upTo(clockCount - 1);
            Outcome outcome = Outcome.of(in.upTo(Outcome.COUNT - 1));
            addCycle(facts, clock, outcome, in.number());
        }
    }

    private static void addEach(Facts facts, int kind, int count) {
        for (int i = 0; i < count; i++) {
            facts.add(kind, UNKNOWN, 0);
        }
    }

    private static void addCycle(Facts facts, int clock, Outcome outcome, long countedNs) {
        switch (outcome) {
            case MET -> facts.add(Fact.of(Fact.MET, clock), UNKNOWN, countedNs);
            case CANCELLED -> facts.add(Fact.of(Fact.CANCELLED, clock), UNKNOWN, NO_TIME);
            case BREACHED -> {
                facts.add(Fact.of(Fact.BREACHED, clock), UNKNOWN, 0);
                if (countedNs != CycleStore.NOT_COUNTED) {
                    facts.add(Fact.of(Fact.STOPPED_LATE, clock), UNKNOWN, countedNs);
                }
            }
            case UNCOUNTED, RUNNING, PAUSED -> {}
        }
    }
}
