package io.tocsin.engine.ticket;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.memory.ByteArena;
import io.tocsin.engine.memory.HashIndex;
import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.memory.RecordSlab;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The tickets in memory, found by the bytes of their id.
 *
 * <p>A ticket's slot is the number of the cache line in which its record of eight longs lies:
 *
 * <pre>
 *   0 number: the first-seen order, from 1 (56 bits) | length of the id (high byte)
 *   1 id: its first eight bytes, or of one longer than 16 bytes its reference
 *   2 id: the bytes behind them
 *   3 attributes (low) | policy (high)
 *   4 first cycle of its clocks (low) | whether it is to be forgotten (1 bit) | first moment (31 bits)
 *   5 arrival of its last event
 *   6 event time of its last change of status
 *   7 status (3 bits) | lived before (1 bit) | how often resolved, reopened, abandoned (20 bits each)
 * </pre>
 *
 * <p>The core's thread. Grows in chunks; the index of ids doubles.
 */
public final class TicketStore {
    /** Stands for no ticket. */
    public static final int NONE = -1;
    /** Stands for no policy. */
    public static final int NO_POLICY = -1;
    /** Stands for a policy that has not been looked for. */
    public static final int UNKNOWN_POLICY = -2;

    private static final long SEED = 0x7469_636B_6574L;
    private static final int RECORD_LONGS = 8;
    private static final int NUMBER_AND_LENGTH = 0;
    private static final int ID = 1;
    private static final int ID_END = 2;
    private static final int ATTRIBUTES_AND_POLICY = 3;
    private static final int CYCLES_AND_MOMENTS = 4;
    private static final int LAST_ARRIVAL = 5;
    private static final int STATUS_AT = 6;
    private static final int STATUS_AND_COUNTS = 7;

    private static final int TO_BE_FORGOTTEN = 1;

    private static final int LENGTH_SHIFT = 56;
    private static final long NUMBER_MASK = (1L << LENGTH_SHIFT) - 1;
    /** So many bytes of an id lie in the record. */
    private static final int INLINE = 2 * Long.BYTES;

    /** What {@code STATUS_AND_COUNTS} says of a record that holds no ticket: no status has this code. */
    private static final long FREE = 0x7;

    private static final long STATUS_MASK = 0x7;
    private static final long LIVED_BEFORE_FLAG = 1L << 3;
    private static final int RESOLVED_SHIFT = 4;
    private static final int REOPENED_SHIFT = 24;
    private static final int ABANDONED_SHIFT = 44;
    private static final long COUNT_MASK = (1L << 20) - 1;

    /** A third of the largest index, so many as there may be. */
    private static final int MOST = 1 << 28;
    /** What a snapshot has of a ticket beside what it has of all. */
    private static final int LIVED_BEFORE = 1;

    private static final int HAS_FORGET_AT = 2;
    private static final int HAS_COUNTS = 4;

    private final RecordSlab records = new RecordSlab(RECORD_LONGS);
    private final HashIndex index = new HashIndex();
    private final ByteArena longIds = new ByteArena();
    /** Shows an id that lies in a record as bytes. */
    private final UnsafeBuffer inlineId = new UnsafeBuffer(new byte[INLINE]);

    private long lastNumber;
    private long forgetAfterNs;
    private long soughtHash;

    /** The slot of a ticket, or {@link #NONE}. */
    public int find(DirectBuffer id, int offset, int length) {
        long first = Hashing.word(id, offset, length, 0);
        long second = Hashing.word(id, offset, length, Long.BYTES);
        long hash =
                length <= INLINE ? Hashing.hash(first, second, length, SEED) : Hashing.hash(id, offset, length, SEED);
        soughtHash = hash;
        for (int at = index.first(hash); at != HashIndex.NONE; at = index.next(hash, at)) {
            int slot = index.entry(at);
            boolean same = length <= INLINE
                    ? idLength(slot) == length
                            && records.get(at(slot), ID) == first
                            && records.get(at(slot), ID_END) == second
                    : idLength(slot) > INLINE && longIds.equals(records.getLow(at(slot), ID), id, offset, length);
            if (same) {
                return slot;
            }
        }
        return NONE;
    }

    /** The hash of the id that {@link #find} was asked for last. */
    public long soughtHash() {
        return soughtHash;
    }

    /** The hash of an id. */
    public long idHash(DirectBuffer id, int offset, int length) {
        return length <= INLINE
                ? Hashing.hash(
                        Hashing.word(id, offset, length, 0), Hashing.word(id, offset, length, Long.BYTES), length, SEED)
                : Hashing.hash(id, offset, length, SEED);
    }

    /** Reads where a search for an id begins; for the reading alone. */
    public long touchIndex(long idHash) {
        return index.touch(idHash);
    }

    /** The slot of a ticket whose id may have a hash, or {@link #NONE}; asks the index only. */
    public int firstCandidate(long idHash) {
        int at = index.first(idHash);
        return at == HashIndex.NONE ? NONE : index.entry(at);
    }

    /** Reads a ticket's record; for the reading alone. */
    public long touch(int slot) {
        return records.get(at(slot), NUMBER_AND_LENGTH);
    }

    /**
     * Adds a ticket that is not there yet; it is open, has no attributes, no policy and no cycles.
     *
     * @param idHash of its id
     */
    public int add(DirectBuffer id, int offset, int length, long idHash) {
        return add(++lastNumber, id, offset, length, idHash);
    }

    private int add(long number, DirectBuffer id, int offset, int length, long idHash) {
        int slot = RecordSlab.line(records.allocate());
        records.set(at(slot), NUMBER_AND_LENGTH, number | (long) length << LENGTH_SHIFT);
        if (length <= INLINE) {
            records.set(at(slot), ID, Hashing.word(id, offset, length, 0));
            records.set(at(slot), ID_END, Hashing.word(id, offset, length, Long.BYTES));
        } else {
            records.set(at(slot), ID, longIds.put(id, offset, length));
            records.set(at(slot), ID_END, 0);
        }
        records.set(at(slot), ATTRIBUTES_AND_POLICY, Attributes.EMPTY & 0xFFFF_FFFFL | (long) NO_POLICY << 32);
        records.set(at(slot), CYCLES_AND_MOMENTS, RecordSlab.NONE & 0xFFFF_FFFFL);
        records.set(at(slot), LAST_ARRIVAL, 0);
        records.set(at(slot), STATUS_AT, 0);
        records.set(at(slot), STATUS_AND_COUNTS, TicketStatus.OPEN.code());
        index.add(idHash, slot);
        return slot;
    }

    /** Forgets a ticket; its attributes and cycles must have been given back before. */
    public void remove(int slot) {
        index.remove(idHash(slot), slot);
        if (idLength(slot) > INLINE) {
            longIds.free(records.getLow(at(slot), ID));
        }
        records.free(at(slot));
        records.set(at(slot), STATUS_AND_COUNTS, FREE);
    }

    /** Whether a slot below {@link #slotCount()} holds a ticket. */
    public boolean isLive(int slot) {
        return !records.isGap(slot) && (records.get(at(slot), STATUS_AND_COUNTS) & STATUS_MASK) != FREE;
    }

    /** One more than the highest slot ever used. */
    public int slotCount() {
        return records.lineCount();
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
        return records.get(at(slot), NUMBER_AND_LENGTH) & NUMBER_MASK;
    }

    /** A buffer that holds a ticket's id until the next one is asked for. */
    public DirectBuffer idBuffer(int slot) {
        if (idLength(slot) > INLINE) {
            return longIds.buffer(records.getLow(at(slot), ID));
        }
        inlineId.putLong(0, records.get(at(slot), ID), LITTLE_ENDIAN);
        inlineId.putLong(Long.BYTES, records.get(at(slot), ID_END), LITTLE_ENDIAN);
        return inlineId;
    }

    /** Where a ticket's id begins in its buffer. */
    public int idOffset(int slot) {
        return idLength(slot) > INLINE ? longIds.offset(records.getLow(at(slot), ID)) : 0;
    }

    /** The length of a ticket's id in bytes. */
    public int idLength(int slot) {
        return (int) (records.get(at(slot), NUMBER_AND_LENGTH) >>> LENGTH_SHIFT);
    }

    /** A ticket's id as text. Allocates. */
    public String id(int slot) {
        return idBuffer(slot).getStringWithoutLengthUtf8(idOffset(slot), idLength(slot));
    }

    /** The hash of a ticket's id. */
    public long idHash(int slot) {
        int length = idLength(slot);
        return length <= INLINE
                ? Hashing.hash(records.get(at(slot), ID), records.get(at(slot), ID_END), length, SEED)
                : longIds.hash(records.getLow(at(slot), ID), SEED);
    }

    /** Whether {@link EarlierLives} know of a ticket. */
    public boolean livedBefore(int slot) {
        return (records.get(at(slot), STATUS_AND_COUNTS) & LIVED_BEFORE_FLAG) != 0;
    }

    /** {@link EarlierLives} know of a ticket. */
    public void setLivedBefore(int slot) {
        records.set(at(slot), STATUS_AND_COUNTS, records.get(at(slot), STATUS_AND_COUNTS) | LIVED_BEFORE_FLAG);
    }

    /** The block of a ticket's attributes. */
    public int attributes(int slot) {
        return records.getLow(at(slot), ATTRIBUTES_AND_POLICY);
    }

    /** Sets the block of a ticket's attributes. */
    public void attributes(int slot, int ref) {
        records.setLow(at(slot), ATTRIBUTES_AND_POLICY, ref);
    }

    /** The policy that applies, or {@link #NO_POLICY}. */
    public int policy(int slot) {
        return records.getHigh(at(slot), ATTRIBUTES_AND_POLICY);
    }

    /** Sets the policy that applies. */
    public void policy(int slot, int policy) {
        records.setHigh(at(slot), ATTRIBUTES_AND_POLICY, policy);
    }

    /** The first of a ticket's cycles, or {@link RecordSlab#NONE}. */
    public int firstCycle(int slot) {
        return records.getLow(at(slot), CYCLES_AND_MOMENTS);
    }

    /** Sets the first of a ticket's cycles. */
    public void firstCycle(int slot, int cycle) {
        records.setLow(at(slot), CYCLES_AND_MOMENTS, cycle);
    }

    /** The engine time of a ticket's last event. */
    public long lastArrivalNs(int slot) {
        return records.get(at(slot), LAST_ARRIVAL);
    }

    /** Sets the engine time of a ticket's last event. */
    public void lastArrivalNs(int slot, long arrivalNs) {
        records.set(at(slot), LAST_ARRIVAL, arrivalNs);
    }

    /** When a finished ticket is to be forgotten, or {@link Long#MAX_VALUE}. */
    public long forgetAtNs(int slot) {
        return (records.getHigh(at(slot), CYCLES_AND_MOMENTS) & TO_BE_FORGOTTEN) == 0
                ? Long.MAX_VALUE
                : lastArrivalNs(slot) + forgetAfterNs;
    }

    /** Sets whether a ticket is to be forgotten. */
    public void toBeForgotten(int slot, boolean toBeForgotten) {
        int moment = records.getHigh(at(slot), CYCLES_AND_MOMENTS);
        int changed = toBeForgotten ? moment | TO_BE_FORGOTTEN : moment & ~TO_BE_FORGOTTEN;
        if (changed != moment) {
            records.setHigh(at(slot), CYCLES_AND_MOMENTS, changed);
        }
    }

    /** The first of a ticket's moments, see {@link MomentStore}, or {@link RecordSlab#NONE}. */
    public int firstMoment(int slot) {
        return (records.getHigh(at(slot), CYCLES_AND_MOMENTS) >>> 1) - 1;
    }

    /** Sets the first of a ticket's moments. */
    void firstMoment(int slot, int moment) {
        int forgetting = records.getHigh(at(slot), CYCLES_AND_MOMENTS) & TO_BE_FORGOTTEN;
        records.setHigh(at(slot), CYCLES_AND_MOMENTS, moment + 1 << 1 | forgetting);
    }

    /** Sets for how long after its last event a ticket that is to be forgotten stays. */
    public void forgetAfterNs(long newForgetAfterNs) {
        forgetAfterNs = newForgetAfterNs;
    }

    /** A ticket's status. */
    public TicketStatus status(int slot) {
        return statusOf(flow(slot));
    }

    /** Whether a ticket is out of everything. */
    public boolean isCancelled(int slot) {
        return (flow(slot) & STATUS_MASK) == TicketStatus.CANCELLED.code();
    }

    /** The status in a {@link #flow}. */
    public static TicketStatus statusOf(long flow) {
        return TicketStatus.of((int) (flow & STATUS_MASK));
    }

    /** The event time of a ticket's last change of status. */
    public long statusAtNs(int slot) {
        return records.get(at(slot), STATUS_AT);
    }

    /**
     * Sets a ticket's status and counts how the ticket flowed, so that for each ticket outside of
     * {@link TicketStatus#CANCELLED} {@code 1 + reopened - resolved - abandoned} is 1 while it is open or pending, else 0.
     */
    public void status(int slot, TicketStatus next, long atNs) {
        records.set(at(slot), STATUS_AT, atNs);
        long field = (flow(slot) & ~STATUS_MASK) | next.code();
        boolean flowsOpen = reopenedCountOf(field) - resolvedCountOf(field) - abandonedCountOf(field) == 0;
        if (next == TicketStatus.ABANDONED && flowsOpen) {
            field = count(field, ABANDONED_SHIFT);
        } else if (next.isFinished() && next != TicketStatus.CANCELLED && flowsOpen) {
            field = count(field, RESOLVED_SHIFT);
        } else if (!next.isFinished() && !flowsOpen) {
            field = count(field, REOPENED_SHIFT);
        }
        records.set(at(slot), STATUS_AND_COUNTS, field);
    }

    /** A ticket that goes to and fro a million times is counted no further, rather than into its neighbour's bits. */
    private static long count(long field, int shift) {
        return (field >>> shift & COUNT_MASK) == COUNT_MASK ? field : field + (1L << shift);
    }

    /** How often a ticket left the open and pending ones as resolved or closed. */
    public int resolvedCount(int slot) {
        return resolvedCountOf(flow(slot));
    }

    /** The same in a {@link #flow}. */
    public static int resolvedCountOf(long flow) {
        return (int) (flow >>> RESOLVED_SHIFT & COUNT_MASK);
    }

    /** How often a finished ticket became open or pending again. */
    public int reopenedCount(int slot) {
        return reopenedCountOf(flow(slot));
    }

    /** The same in a {@link #flow}. */
    public static int reopenedCountOf(long flow) {
        return (int) (flow >>> REOPENED_SHIFT & COUNT_MASK);
    }

    /** How often the caller hung up. */
    public int abandonedCount(int slot) {
        return abandonedCountOf(flow(slot));
    }

    /** The same in a {@link #flow}. */
    public static int abandonedCountOf(long flow) {
        return (int) (flow >>> ABANDONED_SHIFT & COUNT_MASK);
    }

    /** A ticket's status and how often it changed, as one number; two that are the same count the same in the figures. */
    public long flow(int slot) {
        return records.get(at(slot), STATUS_AND_COUNTS);
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
        index.makeRoomFor(count);
        return count;
    }

    /** Writes a ticket without its attributes and cycles. */
    public void save(SnapshotWriter out, int slot) {
        out.number(number(slot));
        out.bytes(idBuffer(slot), idOffset(slot), idLength(slot));
        out.number(policy(slot) + 1L);
        out.number(status(slot).code());
        long counts = records.get(at(slot), STATUS_AND_COUNTS) >>> RESOLVED_SHIFT;
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
        int slot = add(number, in.buffer(), in.offset(), length, idHash(in.buffer(), in.offset(), length));
        policy(slot, in.upTo(policyCount) - 1);
        long field = in.upTo(TicketStatus.COUNT - 1);
        int has = in.upTo(LIVED_BEFORE | HAS_FORGET_AT | HAS_COUNTS);
        records.set(at(slot), LAST_ARRIVAL, in.fixed());
        records.set(at(slot), STATUS_AT, in.fixed());
        if ((has & LIVED_BEFORE) != 0) {
            field |= LIVED_BEFORE_FLAG;
        }
        if ((has & HAS_FORGET_AT) != 0) {
            toBeForgotten(slot, true);
            long forgetAtNs = in.fixed();
            if (forgetAtNs != forgetAtNs(slot)) {
                throw in.damaged("a ticket is to be forgotten at " + forgetAtNs + ", which is not " + forgetAfterNs
                        + " ns after its last event at " + lastArrivalNs(slot));
            }
        }
        if ((has & HAS_COUNTS) != 0) {
            field |= (long) in.upTo((int) COUNT_MASK) << RESOLVED_SHIFT;
            field |= (long) in.upTo((int) COUNT_MASK) << REOPENED_SHIFT;
            field |= (long) in.upTo((int) COUNT_MASK) << ABANDONED_SHIFT;
        }
        records.set(at(slot), STATUS_AND_COUNTS, field);
        return slot;
    }

    /**
     * A sum of {@linkplain Hashing#term terms}, to be folded into a hash: all of a ticket but its attributes and clocks,
     * independent of its slot.
     */
    public long stateHash(int slot) {
        return Hashing.term(0, number(slot))
                + Hashing.term(1, idHash(slot))
                + Hashing.term(2, lastArrivalNs(slot))
                + Hashing.term(3, statusAtNs(slot))
                + Hashing.term(4, flow(slot))
                + Hashing.term(5, forgetAtNs(slot));
    }

    private static int at(int slot) {
        return RecordSlab.ofLine(slot);
    }
}
