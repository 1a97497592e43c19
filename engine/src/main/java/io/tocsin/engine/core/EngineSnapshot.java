package io.tocsin.engine.core;

import static io.tocsin.engine.snapshot.SnapshotSection.*;

import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.rules.Rulebook;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import io.tocsin.engine.ticket.AttributeTexts;
import io.tocsin.engine.ticket.TicketStore;

/**
 * What an engine's snapshot consists of and in which order; each part is written and read by the store it belongs to.
 *
 * <p>Tickets are written in the order of their slots, because that is the order in which they lie in memory, and read into
 * slots from 0 on. So a snapshot that is read and written again has the same bytes, while two engines that know the same
 * may write it in different orders, if one of them was brought back from a snapshot. Nothing else depends on slots.
 *
 * <p>Timers are no part of it: each ticket's is a function of the ticket. Nor are groupings of figures, which are made
 * again when asked for. The core's thread; one instance for one snapshot. Allocates for texts and policies, not for
 * tickets.
 */
final class EngineSnapshot {
    private final Engine engine;
    private final EngineState state;
    private final AttributeTexts texts;

    EngineSnapshot(Engine engine, EngineState state) {
        this.engine = engine;
        this.state = state;
        texts = new AttributeTexts(state.attributes);
    }

    void write(SnapshotWriter out) {
        out.section(POLICIES);
        state.policies.save(out);
        out.section(ENGINE);
        out.fixed(engine.nowNs());
        state.counts.save(out);
        out.section(ALERTS);
        state.announcer.save(out);
        out.section(KNOWN_IDS);
        state.keys.window().save(out);
        out.section(EARLIER_LIVES);
        state.earlierLives.save(out);
        out.section(TEXTS);
        writeTexts(out);
        out.section(FIGURES);
        state.figures.save(out);
        out.section(FINISHED);
        state.figures.saveFinished(out, texts);
        out.section(TICKETS);
        writeTickets(out);
        out.section(OBJECTIVES);
        state.objectives.save(out);
        out.end();
    }

    void read(SnapshotReader in) {
        in.section(POLICIES);
        Rulebook rules = state.policies.load(in, engine.rules());
        in.section(ENGINE);
        engine.resume(in.fixed(), rules);
        state.counts.load(in);
        in.section(ALERTS);
        state.announcer.load(in);
        in.section(KNOWN_IDS);
        state.keys.window().load(in);
        in.section(EARLIER_LIVES);
        state.earlierLives.load(in);
        in.section(TEXTS);
        state.attributes.droppedCount(in.number());
        texts.load(in);
        in.section(FIGURES);
        state.figures.load(in);
        in.section(FINISHED);
        state.figures.loadFinished(in, texts);
        in.section(TICKETS);
        readTickets(in);
        texts.release();
        if (in.version() > 1) {
            in.section(OBJECTIVES);
            state.objectives.load(in);
        }
        in.end();
        engine.watch();
    }

    private void writeTexts(SnapshotWriter out) {
        state.figures.collectFinished(texts);
        for (int slot = 0; slot < state.tickets.slotCount(); slot++) {
            if (state.tickets.isLive(slot)) {
                texts.collect(state.tickets.attributes(slot));
            }
        }
        out.number(state.attributes.droppedCount());
        texts.save(out);
    }

    private void writeTickets(SnapshotWriter out) {
        TicketStore tickets = state.tickets;
        tickets.save(out);
        for (int slot = 0; slot < tickets.slotCount(); slot++) {
            if (tickets.isLive(slot)) {
                tickets.save(out, slot);
                texts.saveBlock(out, tickets.attributes(slot));
                state.moments.save(out, slot);
                writeCycles(out, slot);
            }
        }
    }

    private void readTickets(SnapshotReader in) {
        TicketStore tickets = state.tickets;
        int policyCount = engine.rules().policies().policies().size();
        for (int left = tickets.load(in); left > 0; left--) {
            int slot = tickets.load(in, policyCount);
            tickets.attributes(slot, texts.loadBlock(in));
            if (in.version() > 1) {
                state.moments.load(in, slot);
            }
            readCycles(in, slot);
            if (in.version() == 1) {
                state.moments.derive(slot, firstInstantNs(slot));
            }
            engine.schedule(slot);
        }
        if (state.customers.isOn()) {
            for (int slot : engine.views().ticketsInOrder()) {
                state.customers.learn(slot);
            }
        }
    }

    private void writeCycles(SnapshotWriter out, int slot) {
        int count = 0;
        for (int cycle = first(slot); cycle != CycleStore.NONE; cycle = state.cycles.nextCycle(cycle)) {
            count++;
        }
        out.number(count);
        for (int cycle = first(slot); cycle != CycleStore.NONE; cycle = state.cycles.nextCycle(cycle)) {
            state.cycles.save(out, cycle, state.measure.countedNs(cycle, state.registry));
            state.gaps.save(out, cycle);
            state.announcements.save(out, cycle);
        }
    }

    private void readCycles(SnapshotReader in, int slot) {
        int clockCount = state.registry.clockCount();
        int targetCount = state.registry.targetCount();
        int last = CycleStore.NONE;
        for (int left = in.upTo(Integer.MAX_VALUE); left > 0; left--) {
            int cycle = state.cycles.load(in, clockCount, targetCount);
            state.gaps.load(in, cycle);
            state.announcements.load(in, cycle, targetCount);
            if (last == CycleStore.NONE) {
                state.tickets.firstCycle(slot, cycle);
            } else {
                state.cycles.nextCycle(last, cycle);
            }
            last = cycle;
        }
    }

    /** The earliest instant that is known of a ticket of a snapshot of version 1. */
    private long firstInstantNs(int slot) {
        long firstNs = state.tickets.statusAtNs(slot);
        for (int cycle = first(slot); cycle != CycleStore.NONE; cycle = state.cycles.nextCycle(cycle)) {
            firstNs = Math.min(firstNs, state.cycles.startNs(cycle));
        }
        return firstNs;
    }

    private int first(int slot) {
        return state.tickets.firstCycle(slot);
    }
}
