package io.tocsin.engine.core;

import io.tocsin.engine.clock.CycleStore;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.RecordKind;
import io.tocsin.engine.ticket.Attributes;
import io.tocsin.engine.ticket.EarlierLives;
import io.tocsin.engine.ticket.MomentStore;
import io.tocsin.engine.ticket.TicketStore;
import io.tocsin.engine.timer.Timers;

/**
 * Touches what records that come next are going to need, so that the processor fetches it from memory for many of them at
 * once instead of waiting for each in turn: with a million tickets, hardly anything of one is in a cache when its next event
 * comes. What is needed hangs together in a chain, place in the index, ticket, cycle, next cycle; so all records go one link
 * at a time, and the misses of a link overlap. The loops do nothing but touch, because a processor looks only so many
 * instructions ahead: what else they did would cost misses that might overlap.
 *
 * <p>Reads only, and knows nothing afterwards but where attributes are looked for first: results are the same without it. The
 * core's thread; allocates nothing.
 */
final class LookAhead {
    /** So many tickets take some 40 KiB of lines: they stay in the nearest caches until their turn comes. */
    static final int MOST = 64;

    private final TicketStore tickets;
    private final EventKeys keys;
    private final EarlierLives earlierLives;
    private final Attributes attributes;
    private final CycleStore cycles;
    private final MomentStore moments;
    private final Timers timers;
    private final long[] hashes = new long[MOST];
    private final long[] keyPlaces = new long[MOST];
    /** Of each record, where its attributes are looked for, or {@link Attributes#UNKNOWN_PLACE}. */
    private final int[] changes = new int[MOST];
    /** Tickets of the records, then those whose timers will fire. */
    private final int[] slots = new int[2 * MOST];

    private final int[] cycle = new int[2 * MOST];
    private int count;
    /** How many of the records that were touched have not been applied yet. */
    private int toApply;
    /** How many of the records that are expected have keys. */
    private int keyCount;

    private int touchedCount;
    private long untilNs;
    /** What was read goes in here, so that the compiler does not leave the reading out. */
    private long touched;

    LookAhead(EngineState state, Timers timers) {
        this.tickets = state.tickets;
        this.keys = state.keys;
        this.earlierLives = state.earlierLives;
        this.attributes = state.attributes;
        this.cycles = state.cycles;
        this.moments = state.moments;
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
        untilNs = record.arrivalNs();
        changes[count] = record.attributeCount() > 0 ? attributes.placeOfChange(record) : Attributes.UNKNOWN_PLACE;
        long keyPlace = keys.place(record);
        if (keyPlace != 0) {
            keyPlaces[keyCount++] = keyPlace;
        }
        hashes[count++] = tickets.idHash(record.buffer(), record.ticketOffset(), record.ticketLength());
    }

    /**
     * Where the attributes of the record that is applied now are looked for, if it was expected; to be asked for each event. Of
     * a record that was not, the answer may be another's.
     */
    int placeOfChange() {
        return toApply == 0 ? Attributes.UNKNOWN_PLACE : changes[touchedCount - toApply--];
    }

    /** So many timers due before an instant, {@link #MOST} at most, will fire soon. */
    void expectExpiries(long beforeNs, int most) {
        untilNs = beforeNs;
        int from = slots.length - most;
        int firing = timers.nextUp(beforeNs, slots, from);
        System.arraycopy(slots, from, slots, 0, firing);
        touched ^= touchTickets(0, firing) ^ touchCycles(firing);
    }

    /** Touches what the expected records and the timers up to the last of them need. */
    void touch() {
        if (count == 0) {
            return;
        }
        long read = 0;
        for (int i = 0; i < count; i++) {
            read ^= tickets.touchIndex(hashes[i]);
        }
        for (int i = 0; i < keyCount; i++) {
            read ^= keys.touch(keyPlaces[i], i);
        }
        for (int i = 0; i < count; i++) {
            read ^= changes[i] == Attributes.UNKNOWN_PLACE ? 0 : attributes.touchChange(changes[i]);
        }
        for (int i = 0; i < count; i++) {
            read ^= changes[i] == Attributes.UNKNOWN_PLACE ? 0 : attributes.touchBlockAt(changes[i]);
        }
        int found = findTickets();
        int all = found + timers.nextUp(untilNs, slots, found);
        read ^= touchTickets(found, all) ^ touchCycles(all);
        touched ^= read;
        touchedCount = count;
        toApply = count;
        count = 0;
        keyCount = 0;
    }

    /** Asks the index; a ticket that is not there will be opened. */
    private int findTickets() {
        int found = 0;
        for (int i = 0; i < count; i++) {
            int slot = tickets.firstCandidate(hashes[i]);
            if (slot == TicketStore.NONE) {
                touched ^= earlierLives.touch(hashes[i]);
            } else {
                slots[found++] = slot;
            }
        }
        return found;
    }

    /** Tickets that will be forgotten are taken out of the index, their attributes and their moments are asked for. */
    private long touchTickets(int found, int all) {
        long read = 0;
        for (int i = 0; i < all; i++) {
            read ^= tickets.touch(slots[i]) ^ timers.touch(slots[i]);
        }
        for (int i = found; i < all; i++) {
            if (tickets.forgetAtNs(slots[i]) < untilNs) {
                read ^= tickets.touchIndex(tickets.idHash(slots[i]));
                read ^= attributes.serial(tickets.attributes(slots[i]));
                int moment = tickets.firstMoment(slots[i]);
                read ^= moment == MomentStore.NONE ? 0 : moments.touch(moment);
            }
        }
        return read;
    }

    private long touchCycles(int all) {
        long read = 0;
        for (int i = 0; i < all; i++) {
            read ^= timers.touchNeighbours(slots[i]);
        }
        int with = 0;
        for (int i = 0; i < all; i++) {
            int first = tickets.firstCycle(slots[i]);
            if (first != CycleStore.NONE) {
                cycle[with++] = first;
                read ^= cycles.touch(first);
            }
        }
        for (int i = 0; i < with; i++) {
            int next = cycles.nextCycle(cycle[i]);
            if (next != CycleStore.NONE) {
                read ^= cycles.touch(next);
            }
        }
        return read;
    }
}
