package io.tocsin.engine.ticket;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.memory.ByteArena;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.memory.RecordSlab;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import org.agrona.DirectBuffer;

/**
 * The tickets in memory, found by the bytes of their id.
 *
 * <p>A ticket's slot is the number of its record of eight longs:
 *
 * <pre>
 *   0 number: the first-seen order, from 1
 *   1 hash of the id
 *   2 attributes (low) | id (high): references
 *   3 policy (low) | first cycle of its clocks (high)
 *   4 arrival of its last event
 *   5 event time of its last change of status
 *   6 status (3 bits) | lived before (1 bit) | how often resolved, reopened, abandoned (20 bits each)
 *   7 forget at
 * </pre>
 *
 * <p>The core's thread. Grows in chunks; the index of ids doubles.
 */
public final class TicketStore {
    /** Stands for no ticket. */
    public static final int NONE = -1;
    /** Stands for no policy. */
    public static final int NO_POLICY = -1;

    private static final long SEED = 0x7469_636B_6574L;
    private static final int RECORD_LONGS = 8;
    private static final int NUMBER = 0;
    private static final int HASH = 1;
    private static final int REFS = 2;
    private static final int POLICY_AND_CYCLES = 3;
    private static final int LAST_ARRIVAL = 4;
    private static final int STATUS_AT = 5;
    private static final int STATUS_AND_COUNTS = 6;
    private static final int FORGET_AT = 7;

    /** What {@code FORGET_AT} says of a record that holds no ticket. */
    private static final long FREE = Long.MIN_VALUE;

    private static final long STATUS_MASK = 0x7;
    private static final long LIVED_BEFORE_FLAG = 1L << 3;
    private static final int RESOLVED_SHIFT = 4;
    private static final int REOPENED_SHIFT = 24;
    private static final int ABANDONED_SHIFT = 44;
    private static final long COUNT_MASK = (1L << 20) - 1;

    /** A quarter of the largest index. */
    private static final int MOST = 1 << 28;
    /** What a snapshot has of a ticket beside what it has of all. */
    private static final int LIVED_BEFORE = 1;

    private static final int HAS_FORGET_AT = 2;
    private static final int HAS_COUNTS = 4;

    private final RecordSlab records = new RecordSlab(RECORD_LONGS);
    private final ByteArena ids = new ByteArena();
    private int[] index = new int[1 << 12];
    private long lastNumber;

    /** The slot of a ticket, or {@link #NONE}. */
    public int find(DirectBuffer id, int offset, int length) {
        return find(Hashing.hash(id, offset, length, SEED), id, offset, length);
    }

    /** Adds a ticket that is not there yet; it is open, has no attributes, no policy and no cycles. */
    public int add(DirectBuffer id, int offset, int length) {
        if (records.liveCount() * 2 >= index.length) {
            growIndex(index.length * 2);
        }
        return add(++lastNumber, id, offset, length);
    }

    private int add(long number, DirectBuffer id, int offset, int length) {
        int slot = records.allocate();
        records.set(slot, NUMBER, number);
        records.set(slot, HASH, Hashing.hash(id, offset, length, SEED));
        records.setLow(slot, REFS, Attributes.EMPTY);
        records.setHigh(slot, REFS, ids.put(id, offset, length));
        records.setLow(slot, POLICY_AND_CYCLES, NO_POLICY);
        records.setHigh(slot, POLICY_AND_CYCLES, RecordSlab.NONE);
        records.set(slot, FORGET_AT, Long.MAX_VALUE);
        insert(slot);
        return slot;
    }

    /** Forgets a ticket; its attributes and cycles must have been given back before. */
    public void remove(int slot) {
        removeFromIndex(slot);
        ids.free(records.getHigh(slot, REFS));
        records.free(slot);
        records.set(slot, FORGET_AT, FREE);
    }

    /** Whether a slot below {@link #slotCount()} holds a ticket. */
    public boolean isLive(int slot) {
        return records.get(slot, FORGET_AT) != FREE;
    }

    /** One more than the highest slot ever used. */
    public int slotCount() {
        return records.recordCount();
    }

    /** How many tickets are in memory. */
    public int liveCount() {
        return records.liveCount();
    }

    /** How many tickets were ever added. */
    public long lastNumber() {
        return lastNumber;
    }

    /** The first-seen order of a ticket, from 1. */
    public long number(int slot) {
        return records.get(slot, NUMBER);
    }

    /** The buffer that holds a ticket's id. */
    public DirectBuffer idBuffer(int slot) {
        return ids.buffer(records.getHigh(slot, REFS));
    }

    /** Where a ticket's id begins in its buffer. */
    public int idOffset(int slot) {
        return ids.offset(records.getHigh(slot, REFS));
    }

    /** The length of a ticket's id in bytes. */
    public int idLength(int slot) {
        return ids.length(records.getHigh(slot, REFS));
    }

    /** A ticket's id as text. Allocates. */
    public String id(int slot) {
        return ids.text(records.getHigh(slot, REFS));
    }

    /** The hash of a ticket's id. */
    public long idHash(int slot) {
        return records.get(slot, HASH);
    }

    /** Whether {@link EarlierLives} know of a ticket. */
    public boolean livedBefore(int slot) {
        return (records.get(slot, STATUS_AND_COUNTS) & LIVED_BEFORE_FLAG) != 0;
    }

    /** {@link EarlierLives} know of a ticket. */
    public void setLivedBefore(int slot) {
        records.set(slot, STATUS_AND_COUNTS, records.get(slot, STATUS_AND_COUNTS) | LIVED_BEFORE_FLAG);
    }

    /** The block of a ticket's attributes. */
    public int attributes(int slot) {
        return records.getLow(slot, REFS);
    }

    /** Sets the block of a ticket's attributes. */
    public void attributes(int slot, int ref) {
        records.setLow(slot, REFS, ref);
    }

    /** The policy that applies, or {@link #NO_POLICY}. */
    public int policy(int slot) {
        return records.getLow(slot, POLICY_AND_CYCLES);
    }

    /** Sets the policy that applies. */
    public void policy(int slot, int policy) {
        records.setLow(slot, POLICY_AND_CYCLES, policy);
    }

    /** The first of a ticket's cycles, or {@link RecordSlab#NONE}. */
    public int firstCycle(int slot) {
        return records.getHigh(slot, POLICY_AND_CYCLES);
    }

    /** Sets the first of a ticket's cycles. */
    public void firstCycle(int slot, int cycle) {
        records.setHigh(slot, POLICY_AND_CYCLES, cycle);
    }

    /** The engine time of a ticket's last event. */
    public long lastArrivalNs(int slot) {
        return records.get(slot, LAST_ARRIVAL);
    }

    /** Sets the engine time of a ticket's last event. */
    public void lastArrivalNs(int slot, long arrivalNs) {
        records.set(slot, LAST_ARRIVAL, arrivalNs);
    }

    /** When a finished ticket is to be forgotten, or {@link Long#MAX_VALUE}. */
    public long forgetAtNs(int slot) {
        return records.get(slot, FORGET_AT);
    }

    /** Sets when a ticket is to be forgotten. */
    public void forgetAtNs(int slot, long forgetAtNs) {
        records.set(slot, FORGET_AT, forgetAtNs);
    }

    /** A ticket's status. */
    public TicketStatus status(int slot) {
        return TicketStatus.of((int) (records.get(slot, STATUS_AND_COUNTS) & STATUS_MASK));
    }

    /** The event time of a ticket's last change of status. */
    public long statusAtNs(int slot) {
        return records.get(slot, STATUS_AT);
    }

    /**
     * Sets a ticket's status and counts how the ticket flowed, so that for each ticket outside of
     * {@link TicketStatus#CANCELLED} {@code 1 + reopened - resolved - abandoned} is 1 while it is open or pending, else 0.
     */
    public void status(int slot, TicketStatus next, long atNs) {
        records.set(slot, STATUS_AT, atNs);
        long field = (records.get(slot, STATUS_AND_COUNTS) & ~STATUS_MASK) | next.code();
        boolean flowsOpen = 1 + reopenedCount(slot) - resolvedCount(slot) - abandonedCount(slot) == 1;
        if (next == TicketStatus.ABANDONED && flowsOpen) {
            field = count(field, ABANDONED_SHIFT);
        } else if (next.isFinished() && next != TicketStatus.CANCELLED && flowsOpen) {
            field = count(field, RESOLVED_SHIFT);
        } else if (!next.isFinished() && !flowsOpen) {
            field = count(field, REOPENED_SHIFT);
        }
        records.set(slot, STATUS_AND_COUNTS, field);
    }

    /** A ticket that goes to and fro a million times is counted no further, rather than into its neighbour's bits. */
    private static long count(long field, int shift) {
        return (field >>> shift & COUNT_MASK) == COUNT_MASK ? field : field + (1L << shift);
    }

    /** How often a ticket left the open and pending ones as resolved or closed. */
    public int resolvedCount(int slot) {
        return (int) (records.get(slot, STATUS_AND_COUNTS) >>> RESOLVED_SHIFT & COUNT_MASK);
    }

    /** How often a finished ticket became open or pending again. */
    public int reopenedCount(int slot) {
        return (int) (records.get(slot, STATUS_AND_COUNTS) >>> REOPENED_SHIFT & COUNT_MASK);
    }

    /** How often the caller hung up. */
    public int abandonedCount(int slot) {
        return (int) (records.get(slot, STATUS_AND_COUNTS) >>> ABANDONED_SHIFT & COUNT_MASK);
    }

    /** Writes how many tickets there are and were. */
    public void save(SnapshotWriter out) {
        out.number(lastNumber);
        out.number(liveCount());
    }

    /**
     * Reads how many tickets there were, and makes room for those there are.
     *
     * @return how many there are
     */
    public int load(SnapshotReader in) {
        lastNumber = in.number();
        int count = in.upTo(MOST);
        growIndex(Math.max(index.length, Integer.highestOneBit(Math.max(1, count)) * 4));
        return count;
    }

    /** Writes a ticket without its attributes and cycles. */
    public void save(SnapshotWriter out, int slot) {
        out.number(number(slot));
        out.bytes(idBuffer(slot), idOffset(slot), idLength(slot));
        out.number(policy(slot) + 1L);
        out.number(status(slot).code());
        long counts = records.get(slot, STATUS_AND_COUNTS) >>> RESOLVED_SHIFT;
        int has = (livedBefore(slot) ? LIVED_BEFORE : 0)
                | (forgetAtNs(slot) == Long.MAX_VALUE ? 0 : HAS_FORGET_AT)
                | (counts == 0 ? 0 : HAS_COUNTS);
        out.number(has);
        out.fixed(lastArrivalNs(slot));
        out.fixed(statusAtNs(slot));
        if ((has & HAS_FORGET_AT) != 0) {
            out.fixed(forgetAtNs(slot));
        }
        if ((has & HAS_COUNTS) != 0) {
            out.number(resolvedCount(slot));
            out.number(reopenedCount(slot));
            out.number(abandonedCount(slot));
        }
    }

    /**
     * Reads a ticket; it has no attributes and no cycles yet.
     *
     * @param policyCount how many policies are in force
     * @return its slot
     */
    public int load(SnapshotReader in, int policyCount) {
        long number = in.number();
        int length = in.bytes(EventRecord.MAX_TICKET_LENGTH);
        int slot = add(number, in.buffer(), in.offset(), length);
        policy(slot, in.upTo(policyCount) - 1);
        long field = in.upTo(TicketStatus.COUNT - 1);
        int has = in.upTo(LIVED_BEFORE | HAS_FORGET_AT | HAS_COUNTS);
        records.set(slot, LAST_ARRIVAL, in.fixed());
        records.set(slot, STATUS_AT, in.fixed());
        if ((has & LIVED_BEFORE) != 0) {
            field |= LIVED_BEFORE_FLAG;
        }
        if ((has & HAS_FORGET_AT) != 0) {
            records.set(slot, FORGET_AT, in.fixed());
        }
        if ((has & HAS_COUNTS) != 0) {
            field |= (long) in.upTo((int) COUNT_MASK) << RESOLVED_SHIFT;
            field |= (long) in.upTo((int) COUNT_MASK) << REOPENED_SHIFT;
            field |= (long) in.upTo((int) COUNT_MASK) << ABANDONED_SHIFT;
        }
        records.set(slot, STATUS_AND_COUNTS, field);
        return slot;
    }

    /** A hash of a ticket without its attributes and clocks, independent of its slot. */
    public long stateHash(int slot) {
        long hash = Hashing.fold(number(slot), records.get(slot, HASH));
        hash = Hashing.fold(hash, lastArrivalNs(slot));
        hash = Hashing.fold(hash, statusAtNs(slot));
        hash = Hashing.fold(hash, records.get(slot, STATUS_AND_COUNTS));
        return Hashing.fold(hash, forgetAtNs(slot));
    }

    private int find(long hash, DirectBuffer id, int offset, int length) {
        int mask = index.length - 1;
        for (int at = (int) hash & mask; index[at] != 0; at = at + 1 & mask) {
            int slot = index[at] - 1;
            if (records.get(slot, HASH) == hash && ids.equals(records.getHigh(slot, REFS), id, offset, length)) {
                return slot;
            }
        }
        return NONE;
    }

    private void insert(int slot) {
        int mask = index.length - 1;
        int at = (int) records.get(slot, HASH) & mask;
        while (index[at] != 0) {
            at = at + 1 & mask;
        }
        index[at] = slot + 1;
    }

    private void removeFromIndex(int slot) {
        int mask = index.length - 1;
        int hole = (int) records.get(slot, HASH) & mask;
        while (index[hole] != slot + 1) {
            hole = hole + 1 & mask;
        }
        for (int at = hole + 1 & mask; index[at] != 0; at = at + 1 & mask) {
            int home = (int) records.get(index[at] - 1, HASH) & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                index[hole] = index[at];
                hole = at;
            }
        }
        index[hole] = 0;
    }

    private void growIndex(int length) {
        int[] old = index;
        index = new int[length];
        for (int entry : old) {
            if (entry != 0) {
                insert(entry - 1);
            }
        }
    }
}
