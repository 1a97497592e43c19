package io.tocsin.engine.clock;

import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.memory.RecordSlab;
import io.tocsin.engine.rules.Registry;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;

/**
 * The cycles of all tickets' clocks, five longs each, linked per ticket in the clocks' order and then by cycle:
 *
 * <pre>
 *   0 start
 *   1 due, or NONE
 *   2 stop or cancel, or NONE
 *   3 clock (8 bits) | state (2) | outcome (3) | flags (5) | target (22) | cycle number (24)
 *   4 next cycle of the ticket (low) | extra (high)
 * </pre>
 *
 * <p>Most cycles are never paused, warned of or breached, and their next threshold is the due instant or none; so the
 * rest lies in extras of three longs, which only those have that need one:
 *
 * <pre>
 *   0 next threshold that is not the due instant
 *   1 first gap (low) | first announcement (high)
 *   2 warnings announced, a bit each
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

    private static final int RECORD_LONGS = 5;
    private static final int START = 0;
    private static final int DUE = 1;
    private static final int STOP = 2;
    private static final int PACKED = 3;
    private static final int LINKS = 4;

    private static final int EXTRA_LONGS = 3;
    private static final int NEXT = 0;
    private static final int LISTS = 1;
    private static final int WARNED = 2;

    private static final int CLOCK_BITS = 8;
    private static final int STATE_SHIFT = 8;
    private static final int STATE_BITS = 2;
    private static final int OUTCOME_SHIFT = 10;
    private static final int OUTCOME_BITS = 3;
    private static final long OUTCOME_MASK = (1L << OUTCOME_BITS) - 1 << OUTCOME_SHIFT;
    private static final int FLAGS_SHIFT = 13;
    private static final long BREACHED_FLAG = 1L << FLAGS_SHIFT;
    private static final long ACKNOWLEDGED_FLAG = 2L << FLAGS_SHIFT;
    /** The elapsed time is in the figures. */
    private static final long COUNTED_FLAG = 4L << FLAGS_SHIFT;
    /** The next threshold is the due instant. */
    private static final long NEXT_IS_DUE_FLAG = 8L << FLAGS_SHIFT;
    /** The next threshold lies in the extra; there is none if neither flag is set. */
    private static final long NEXT_IS_EXTRA_FLAG = 16L << FLAGS_SHIFT;

    private static final int TARGET_SHIFT = 18;
    /** As many as {@link Registry#MOST_TARGETS} take, and none. */
    private static final int TARGET_BITS = 22;

    private static final long TARGET_MASK = (1L << TARGET_BITS) - 1 << TARGET_SHIFT;

    private static final int NUMBER_SHIFT = 40;
    /** A ticket whose clock begins sixteen million cycles numbers no further, rather than into another's bits. */
    private static final int MOST_CYCLES = (1 << 24) - 1;

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
    private final RecordSlab extras = new RecordSlab(EXTRA_LONGS);

    /** Adds a running cycle without a target. */
    public int add(int clock, int number, long startNs) {
        int cycle = records.allocate();
        records.set(cycle, START, startNs);
        records.set(cycle, DUE, NO_INSTANT);
        records.set(cycle, STOP, NO_INSTANT);
        records.set(cycle, PACKED, clock | (long) Math.min(number, MOST_CYCLES) << NUMBER_SHIFT);
        records.set(cycle, LINKS, -1);
        return cycle;
    }

    /** Gives a cycle back; its gaps and announcements must have been given back before. */
    public void free(int cycle) {
        int extra = extra(cycle);
        if (extra != RecordSlab.NONE) {
            extras.free(extra);
        }
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

    /** Sets the due instant; the next threshold is to be set after it. */
    public void dueNs(int cycle, long dueNs) {
        records.set(cycle, DUE, dueNs);
    }

    /** When it stopped or was cancelled, or {@link #NO_INSTANT}. */
    public long stopNs(int cycle) {
        return records.get(cycle, STOP);
    }

    /** Before which instant thresholds count: the stop, or {@link #NEVER} for an open cycle. */
    public long endNs(int cycle) {
        return isOpen(cycle) ? NEVER : stopNs(cycle);
    }

    /** The next threshold to announce, or {@link #NEVER}. */
    public long nextNs(int cycle) {
        long packed = records.get(cycle, PACKED);
        if ((packed & NEXT_IS_DUE_FLAG) != 0) {
            return records.get(cycle, DUE);
        }
        return (packed & NEXT_IS_EXTRA_FLAG) == 0 ? NEVER : extras.get(extra(cycle), NEXT);
    }

    /** Sets the next threshold. */
    public void nextNs(int cycle, long nextNs) {
        long packed = records.get(cycle, PACKED) & ~(NEXT_IS_DUE_FLAG | NEXT_IS_EXTRA_FLAG);
        if (nextNs == NEVER) {
            records.set(cycle, PACKED, packed);
        } else if (nextNs == records.get(cycle, DUE)) {
            records.set(cycle, PACKED, packed | NEXT_IS_DUE_FLAG);
        } else {
            records.set(cycle, PACKED, packed | NEXT_IS_EXTRA_FLAG);
            extras.set(madeExtra(cycle), NEXT, nextNs);
        }
    }

    /** Its target, or {@link #NO_TARGET}. */
    public int target(int cycle) {
        return bits(cycle, TARGET_SHIFT, TARGET_BITS) - 1;
    }

    /** Sets its target. */
    public void target(int cycle, int target) {
        setBits(cycle, TARGET_SHIFT, TARGET_BITS, target + 1);
    }

    /** The ticket's next cycle, or {@link #NONE}. */
    public int nextCycle(int cycle) {
        return records.getLow(cycle, LINKS);
    }

    /** Links the ticket's next cycle. */
    public void nextCycle(int cycle, int next) {
        records.setLow(cycle, LINKS, next);
    }

    /** Its clock. */
    public int clock(int cycle) {
        return bits(cycle, 0, CLOCK_BITS);
    }

    /** Its number, from 1. */
    public int number(int cycle) {
        return (int) (records.get(cycle, PACKED) >>> NUMBER_SHIFT);
    }

    /** Where it stands. */
    public ClockState state(int cycle) {
        return ClockState.of(bits(cycle, STATE_SHIFT, STATE_BITS));
    }

    /** Whether it still goes on: running or paused. */
    public boolean isOpen(int cycle) {
        return ClockState.isOpen(bits(cycle, STATE_SHIFT, STATE_BITS));
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
        setBits(cycle, STATE_SHIFT, STATE_BITS, next.code());
        records.set(cycle, STOP, stopNs);
    }

    /** How it counts in the figures. */
    public Outcome outcome(int cycle) {
        return Outcome.of(bits(cycle, OUTCOME_SHIFT, OUTCOME_BITS));
    }

    /** Whether the figures count its elapsed time: a function of its facts and so nowhere kept, see {@link Measure}. */
    public boolean isTimeCounted(int cycle) {
        return (records.get(cycle, PACKED) & COUNTED_FLAG) != 0;
    }

    /** Sets how it counts in the figures, and whether its elapsed time does. */
    public void outcome(int cycle, Outcome outcome, boolean timeCounted) {
        long packed = records.get(cycle, PACKED) & ~(OUTCOME_MASK | COUNTED_FLAG);
        long counted = timeCounted ? COUNTED_FLAG : 0;
        records.set(cycle, PACKED, packed | counted | (long) outcome.code() << OUTCOME_SHIFT);
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
        return (warned(cycle) >>> warning & 1) != 0;
    }

    /** The warning with this number is announced. */
    public void warned(int cycle, int warning) {
        extras.set(madeExtra(cycle), WARNED, warned(cycle) | 1L << warning);
    }

    /** Whether anything was ever announced of it. */
    public boolean isAnnounced(int cycle) {
        return warned(cycle) != 0 || firstAnnouncement(cycle) != NONE;
    }

    /** The first of its gaps, see {@link GapStore}. */
    public int firstGap(int cycle) {
        int extra = extra(cycle);
        return extra == RecordSlab.NONE ? NONE : extras.getLow(extra, LISTS);
    }

    /** Links the first of its gaps. */
    public void firstGap(int cycle, int gap) {
        if (gap != firstGap(cycle)) {
            extras.setLow(madeExtra(cycle), LISTS, gap);
        }
    }

    /** The first of its announcements, see {@link AnnouncementStore}. */
    public int firstAnnouncement(int cycle) {
        int extra = extra(cycle);
        return extra == RecordSlab.NONE ? NONE : extras.getHigh(extra, LISTS);
    }

    /** Links the first of its announcements. */
    public void firstAnnouncement(int cycle, int announcement) {
        if (announcement != firstAnnouncement(cycle)) {
            extras.setHigh(madeExtra(cycle), LISTS, announcement);
        }
    }

    /** Reads a cycle's record, of which the two ends may lie in two cache lines; for the reading alone. */
    public long touch(int cycle) {
        return records.get(cycle, START) ^ records.get(cycle, LINKS);
    }

    /**
     * Writes a cycle without its lists.
     *
     * @param countedNs the elapsed time that the figures count for it, or {@link #NOT_COUNTED}
     */
    public void save(SnapshotWriter out, int cycle, long countedNs) {
        int has = (dueNs(cycle) == NO_INSTANT ? 0 : HAS_DUE)
                | (nextNs(cycle) == NEVER ? 0 : HAS_NEXT)
                | (stopNs(cycle) == NO_INSTANT ? 0 : HAS_STOP)
                | (countedNs == NOT_COUNTED ? 0 : HAS_COUNTED)
                | (warned(cycle) == 0 ? 0 : HAS_WARNED)
                | (isBreached(cycle) ? BREACHED : 0)
                | (isAcknowledged(cycle) ? ACKNOWLEDGED : 0);
        out.number(clock(cycle));
        out.number(number(cycle));
        out.number(target(cycle) + 1L);
        out.number(state(cycle).code());
        out.number(outcome(cycle).code());
        out.number(has);
        out.fixed(startNs(cycle));
        saveIf(HAS_DUE, has, out, dueNs(cycle));
        saveIf(HAS_NEXT, has, out, nextNs(cycle));
        saveIf(HAS_STOP, has, out, stopNs(cycle));
        saveIf(HAS_COUNTED, has, out, countedNs);
        saveIf(HAS_WARNED, has, out, warned(cycle));
    }

    private static void saveIf(int flag, int has, SnapshotWriter out, long value) {
        if ((has & flag) != 0) {
            out.fixed(value);
        }
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
        setBits(cycle, STATE_SHIFT, STATE_BITS, state);
        outcome(cycle, Outcome.of(outcome), (has & HAS_COUNTED) != 0);
        breached(cycle, (has & BREACHED) != 0);
        if ((has & ACKNOWLEDGED) != 0) {
            acknowledge(cycle);
        }
        if ((has & HAS_DUE) != 0) {
            dueNs(cycle, in.fixed());
        }
        if ((has & HAS_NEXT) != 0) {
            nextNs(cycle, in.fixed());
        }
        if ((has & HAS_STOP) != 0) {
            records.set(cycle, STOP, in.fixed());
        }
        if ((has & HAS_COUNTED) != 0) {
            in.fixed(); // Follows from the facts; a reader of one ticket wants it beside them.
        }
        if ((has & HAS_WARNED) != 0) {
            extras.set(madeExtra(cycle), WARNED, in.fixed());
        }
        return cycle;
    }

    /**
     * A sum of {@linkplain Hashing#term terms}, to be folded into a hash: all facts of a cycle but its target and its lists,
     * independent of where it lies. What follows from facts, as the elapsed time, is not in it.
     */
    public long stateHash(int cycle) {
        long packed = records.get(cycle, PACKED);
        return Hashing.term(0, startNs(cycle))
                + Hashing.term(1, dueNs(cycle))
                + Hashing.term(2, stopNs(cycle))
                + Hashing.term(3, nextNs(cycle))
                + Hashing.term(4, packed & ~(TARGET_MASK | NEXT_IS_DUE_FLAG | NEXT_IS_EXTRA_FLAG))
                + (warned(cycle) == 0 ? 0 : Hashing.term(5, warned(cycle)));
    }

    /** Whether a cycle was never paused, warned of or breached: it has no gaps and no announcements. */
    public boolean isPlain(int cycle) {
        return extra(cycle) == RecordSlab.NONE;
    }

    private long warned(int cycle) {
        int extra = extra(cycle);
        return extra == RecordSlab.NONE ? 0 : extras.get(extra, WARNED);
    }

    private int extra(int cycle) {
        return records.getHigh(cycle, LINKS);
    }

    private int madeExtra(int cycle) {
        int extra = extra(cycle);
        if (extra == RecordSlab.NONE) {
            extra = extras.allocate();
            extras.set(extra, NEXT, NEVER);
            extras.set(extra, LISTS, -1);
            extras.set(extra, WARNED, 0);
            records.setHigh(cycle, LINKS, extra);
        }
        return extra;
    }

    private int bits(int cycle, int shift, int count) {
        return (int) (records.get(cycle, PACKED) >>> shift) & (1 << count) - 1;
    }

    private void setBits(int cycle, int shift, int count, int value) {
        long mask = (1L << count) - 1 << shift;
        records.set(cycle, PACKED, (records.get(cycle, PACKED) & ~mask) | (long) value << shift);
    }
}
