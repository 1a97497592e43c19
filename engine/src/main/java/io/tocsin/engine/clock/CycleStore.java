package io.tocsin.engine.clock;

import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.memory.RecordSlab;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;

/**
 * The cycles of all tickets' clocks, nine longs each, linked per ticket in the clocks' order and then by cycle:
 *
 * <pre>
 *   0 start
 *   1 due, or NONE
 *   2 stop or cancel, or NONE
 *   3 next threshold, or NEVER
 *   4 elapsed time counted in the figures
 *   5 target (low) | next cycle of the ticket (high)
 *   6 first gap (low) | first announcement (high)
 *   7 warnings announced, a bit each
 *   8 clock (byte) | state (byte) | outcome (byte) | flags (byte) | cycle number (high)
 * </pre>
 *
 * <p>The core's thread. Grows in chunks and otherwise allocates nothing.
 */
public final class CycleStore {
    /** Stands for no cycle. */
    public static final int NONE = RecordSlab.NONE;
    /** Stands for an instant that does not exist. */
    public static final long NO_INSTANT = Long.MIN_VALUE;
    /** Stands for a threshold that will not come. */
    public static final long NEVER = Long.MAX_VALUE;
    /** The target of a cycle for which the ticket's policy has none. */
    public static final int NO_TARGET = -1;

    /** The elapsed time of a cycle that has no result, or none that counts. */
    public static final long NOT_COUNTED = -1;

    private static final int RECORD_LONGS = 9;
    private static final int START = 0;
    private static final int DUE = 1;
    private static final int STOP = 2;
    private static final int NEXT = 3;
    private static final int COUNTED = 4;
    private static final int TARGET_AND_LINK = 5;
    private static final int LISTS = 6;
    private static final int WARNED = 7;
    private static final int PACKED = 8;

    private static final int STATE_SHIFT = 8;
    private static final int OUTCOME_SHIFT = 16;
    private static final int FLAGS_SHIFT = 24;
    private static final int NUMBER_SHIFT = 32;
    private static final long BREACHED_FLAG = 1L << FLAGS_SHIFT;
    private static final long ACKNOWLEDGED_FLAG = 2L << FLAGS_SHIFT;

    /** What a snapshot has of a cycle beside what it has of all. */
    private static final int HAS_DUE = 1;

    private static final int HAS_NEXT = 1 << 1;
    private static final int HAS_STOP = 1 << 2;
    private static final int HAS_COUNTED = 1 << 3;
    private static final int HAS_WARNED = 1 << 4;
    private static final int BREACHED = 1 << 5;
    private static final int ACKNOWLEDGED = 1 << 6;
    private static final int ALL = (1 << 7) - 1;

    private final RecordSlab records = new RecordSlab(RECORD_LONGS);

    /** Adds a running cycle without a target. */
    public int add(int clock, int number, long startNs) {
        int cycle = records.allocate();
        records.set(cycle, START, startNs);
        records.set(cycle, DUE, NO_INSTANT);
        records.set(cycle, STOP, NO_INSTANT);
        records.set(cycle, NEXT, NEVER);
        records.set(cycle, COUNTED, NOT_COUNTED);
        records.setLow(cycle, TARGET_AND_LINK, NO_TARGET);
        records.setHigh(cycle, TARGET_AND_LINK, NONE);
        records.setLow(cycle, LISTS, RecordSlab.NONE);
        records.setHigh(cycle, LISTS, RecordSlab.NONE);
        records.set(cycle, PACKED, clock | (long) number << NUMBER_SHIFT);
        return cycle;
    }

    /** Gives a cycle back; its gaps and announcements must have been given back before. */
    public void free(int cycle) {
        records.free(cycle);
    }

    /** When the cycle started. */
    public long startNs(int cycle) {
        return records.get(cycle, START);
    }

    /** When it is or was due, or {@link #NO_INSTANT} while it has no target or its pause holds the due instant off. */
    public long dueNs(int cycle) {
        return records.get(cycle, DUE);
    }

    /** Sets the due instant. */
    public void dueNs(int cycle, long dueNs) {
        records.set(cycle, DUE, dueNs);
    }

    /** When it stopped or was cancelled, or {@link #NO_INSTANT}. */
    public long stopNs(int cycle) {
        return records.get(cycle, STOP);
    }

    /** Before which instant thresholds count: the stop, or {@link #NEVER} for an open cycle. */
    public long endNs(int cycle) {
        return state(cycle).isOpen() ? NEVER : stopNs(cycle);
    }

    /** The next threshold to announce, or {@link #NEVER}. */
    public long nextNs(int cycle) {
        return records.get(cycle, NEXT);
    }

    /** Sets the next threshold. */
    public void nextNs(int cycle, long nextNs) {
        records.set(cycle, NEXT, nextNs);
    }

    /** Its target, or {@link #NO_TARGET}. */
    public int target(int cycle) {
        return records.getLow(cycle, TARGET_AND_LINK);
    }

    /** Sets its target. */
    public void target(int cycle, int target) {
        records.setLow(cycle, TARGET_AND_LINK, target);
    }

    /** The ticket's next cycle, or {@link #NONE}. */
    public int nextCycle(int cycle) {
        return records.getHigh(cycle, TARGET_AND_LINK);
    }

    /** Links the ticket's next cycle. */
    public void nextCycle(int cycle, int next) {
        records.setHigh(cycle, TARGET_AND_LINK, next);
    }

    /** Its clock. */
    public int clock(int cycle) {
        return (int) (records.get(cycle, PACKED) & 0xFF);
    }

    /** Its number, from 1. */
    public int number(int cycle) {
        return (int) (records.get(cycle, PACKED) >>> NUMBER_SHIFT);
    }

    /** Where it stands. */
    public ClockState state(int cycle) {
        return ClockState.of((int) (records.get(cycle, PACKED) >>> STATE_SHIFT & 0xFF));
    }

    /**
     * Moves the cycle to another state.
     *
     * @param stopNs when it stopped or was cancelled; {@link #NO_INSTANT} for an open state
     */
    public void state(int cycle, ClockState next, long stopNs) {
        if (next.isOpen() != (stopNs == NO_INSTANT)) {
            throw new IllegalStateException("cycle cannot be " + next + " with stop " + stopNs);
        }
        setByte(cycle, STATE_SHIFT, next.code());
        records.set(cycle, STOP, stopNs);
    }

    /** How it counts in the figures. */
    public Outcome outcome(int cycle) {
        return Outcome.of((int) (records.get(cycle, PACKED) >>> OUTCOME_SHIFT & 0xFF));
    }

    /** The elapsed time that the figures count for it, or {@link #NOT_COUNTED}. */
    public long countedNs(int cycle) {
        return records.get(cycle, COUNTED);
    }

    /** Sets how it counts in the figures. */
    public void outcome(int cycle, Outcome outcome, long countedNs) {
        setByte(cycle, OUTCOME_SHIFT, outcome.code());
        records.set(cycle, COUNTED, countedNs);
    }

    /** Whether a breach is announced and not revoked. */
    public boolean isBreached(int cycle) {
        return (records.get(cycle, PACKED) & BREACHED_FLAG) != 0;
    }

    /** Sets whether a breach is announced; a new or revoked one has not been acknowledged. */
    public void breached(int cycle, boolean breached) {
        long packed = records.get(cycle, PACKED) & ~ACKNOWLEDGED_FLAG;
        records.set(cycle, PACKED, breached ? packed | BREACHED_FLAG : packed & ~BREACHED_FLAG);
    }

    /** Whether someone took the escalation on. */
    public boolean isAcknowledged(int cycle) {
        return (records.get(cycle, PACKED) & ACKNOWLEDGED_FLAG) != 0;
    }

    /** Someone took the escalation on. */
    public void acknowledge(int cycle) {
        records.set(cycle, PACKED, records.get(cycle, PACKED) | ACKNOWLEDGED_FLAG);
    }

    /** Whether the warning with this number was announced. */
    public boolean isWarned(int cycle, int warning) {
        return (records.get(cycle, WARNED) >>> warning & 1) != 0;
    }

    /** The warning with this number is announced. */
    public void warned(int cycle, int warning) {
        records.set(cycle, WARNED, records.get(cycle, WARNED) | 1L << warning);
    }

    /** Whether anything was ever announced of it. */
    public boolean isAnnounced(int cycle) {
        return records.get(cycle, WARNED) != 0 || firstAnnouncement(cycle) != NONE;
    }

    /** The first of its gaps, see {@link GapStore}. */
    public int firstGap(int cycle) {
        return records.getLow(cycle, LISTS);
    }

    /** Links the first of its gaps. */
    public void firstGap(int cycle, int gap) {
        records.setLow(cycle, LISTS, gap);
    }

    /** The first of its announcements, see {@link AnnouncementStore}. */
    public int firstAnnouncement(int cycle) {
        return records.getHigh(cycle, LISTS);
    }

    /** Links the first of its announcements. */
    public void firstAnnouncement(int cycle, int announcement) {
        records.setHigh(cycle, LISTS, announcement);
    }

    /** Writes a cycle without its lists. */
    public void save(SnapshotWriter out, int cycle) {
        int has = (dueNs(cycle) == NO_INSTANT ? 0 : HAS_DUE)
                | (nextNs(cycle) == NEVER ? 0 : HAS_NEXT)
                | (stopNs(cycle) == NO_INSTANT ? 0 : HAS_STOP)
                | (countedNs(cycle) == NOT_COUNTED ? 0 : HAS_COUNTED)
                | (records.get(cycle, WARNED) == 0 ? 0 : HAS_WARNED)
                | (isBreached(cycle) ? BREACHED : 0)
                | (isAcknowledged(cycle) ? ACKNOWLEDGED : 0);
        out.number(clock(cycle));
        out.number(number(cycle));
        out.number(target(cycle) + 1L);
        out.number(state(cycle).code());
        out.number(outcome(cycle).code());
        out.number(has);
        out.fixed(startNs(cycle));
        saveIf(HAS_DUE, has, out, cycle, DUE);
        saveIf(HAS_NEXT, has, out, cycle, NEXT);
        saveIf(HAS_STOP, has, out, cycle, STOP);
        saveIf(HAS_COUNTED, has, out, cycle, COUNTED);
        saveIf(HAS_WARNED, has, out, cycle, WARNED);
    }

    /**
     * Reads a cycle; it has no gaps and no announcements yet.
     *
     * @param clockCount how many clocks are registered
     * @param targetCount how many targets are registered
     * @return where it is
     */
    public int load(SnapshotReader in, int clockCount, int targetCount) {
        int clock = in.upTo(clockCount - 1);
        int number = in.upTo(Integer.MAX_VALUE);
        int target = in.upTo(targetCount) - 1;
        int state = in.upTo(ClockState.COUNT - 1);
        int outcome = in.upTo(Outcome.COUNT - 1);
        int has = in.upTo(ALL);
        int cycle = add(clock, number, in.fixed());
        target(cycle, target);
        setByte(cycle, STATE_SHIFT, state);
        setByte(cycle, OUTCOME_SHIFT, outcome);
        breached(cycle, (has & BREACHED) != 0);
        if ((has & ACKNOWLEDGED) != 0) {
            acknowledge(cycle);
        }
        loadIf(HAS_DUE, has, in, cycle, DUE);
        loadIf(HAS_NEXT, has, in, cycle, NEXT);
        loadIf(HAS_STOP, has, in, cycle, STOP);
        loadIf(HAS_COUNTED, has, in, cycle, COUNTED);
        loadIf(HAS_WARNED, has, in, cycle, WARNED);
        return cycle;
    }

    private void saveIf(int flag, int has, SnapshotWriter out, int cycle, int field) {
        if ((has & flag) != 0) {
            out.fixed(records.get(cycle, field));
        }
    }

    private void loadIf(int flag, int has, SnapshotReader in, int cycle, int field) {
        if ((has & flag) != 0) {
            records.set(cycle, field, in.fixed());
        }
    }

    /** A hash of a cycle without its lists and target, independent of where it lies. */
    public long stateHash(int cycle) {
        long hash = Hashing.fold(startNs(cycle), dueNs(cycle));
        hash = Hashing.fold(hash, stopNs(cycle));
        hash = Hashing.fold(hash, nextNs(cycle));
        hash = Hashing.fold(hash, countedNs(cycle));
        hash = Hashing.fold(hash, records.get(cycle, WARNED));
        return Hashing.fold(hash, records.get(cycle, PACKED));
    }

    private void setByte(int cycle, int shift, int value) {
        long packed = records.get(cycle, PACKED);
        records.set(cycle, PACKED, (packed & ~(0xFFL << shift)) | ((long) value << shift));
    }
}
