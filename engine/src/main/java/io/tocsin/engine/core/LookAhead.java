package io.tocsin.engine.core;

import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.RecordKind;
import io.tocsin.engine.ticket.TicketStore;
import io.tocsin.engine.timer.Timers;

/**
 * Touches what records that come next are going to need, so that the processor fetches it from memory for many of them at
 * once instead of waiting for each in turn: with a million tickets, hardly anything of one is in a cache when its next event
 * comes. What is needed hangs together in a chain, place in the index, ticket, cycle, next cycle; so all records go one link
 * at a time, and the misses of a link overlap.
 *
 * <p>Reads only, and knows nothing afterwards: results are the same without it. The core's thread; allocates nothing.
 */
final class LookAhead {
    /** So many tickets take some 40 KiB of lines: they stay in the nearest caches until their turn comes. */
    static final int MOST = 64;

    private final TicketStore tickets;
    private final CycleStore cycles;
    private final Timers timers;
    private final long[] hashes = new long[MOST];
    private final int[] slots = new int[2 * MOST];
    private final int[] cycle = new int[2 * MOST];
    private int count;
    private long untilNs;
    /** What was read goes in here, so that the compiler does not leave the reading out. */
    private long touched;

    LookAhead(TicketStore tickets, CycleStore cycles, Timers timers) {
        this.tickets = tickets;
        this.cycles = cycles;
        this.timers = timers;
    }

    /** A record will be applied soon. */
    void expect(EventRecord record) {
        if (record.kind() != RecordKind.EVENT) {
            return;
        }
        if (count == MOST) {
            touch();
        }
        long hash = tickets.idHash(record.buffer(), record.ticketOffset(), record.ticketLength());
        hashes[count++] = hash;
        untilNs = record.arrivalNs();
        touched ^= tickets.touchIndex(hash);
    }

    /** Touches what the expected records and the timers up to the last of them need. */
    void touch() {
        if (count == 0) {
            return;
        }
        int found = 0;
        for (int i = 0; i < count; i++) {
            int slot = tickets.firstCandidate(hashes[i]);
            if (slot != TicketStore.NONE) {
                slots[found++] = slot;
                touched ^= tickets.touch(slot) ^ timers.touch(slot);
            }
        }
        found += timers.nextUp(untilNs, slots, found);
        count = 0;
        touchCycles(found);
    }

    private void touchCycles(int found) {
        for (int i = 0; i < found; i++) {
            cycle[i] = tickets.firstCycle(slots[i]);
            touched ^= timers.touchNeighbours(slots[i]) ^ touchCycle(cycle[i]);
        }
        for (int i = 0; i < found; i++) {
            if (cycle[i] != CycleStore.NONE) {
                touched ^= touchCycle(cycles.nextCycle(cycle[i]));
            }
        }
    }

    private long touchCycle(int of) {
        return of == CycleStore.NONE ? 0 : cycles.touch(of);
    }
}
