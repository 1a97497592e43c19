package io.tocsin.engine.clock;

import io.tocsin.engine.memory.Hashing;
import io.tocsin.engine.memory.RecordSlab;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotWriter;

/**
 * What was announced of cycles: breaches and escalations in the order of their alerts, revoked ones too, so that each is
 * taken back once and a second one gets a number of its own. (Warnings are never taken back: a bit of the cycle each.)
 *
 * <p>The core's thread. Only breached cycles have any. Grows in chunks and otherwise allocates nothing.
 */
public final class AnnouncementStore {
    /** Stands for no announcement. */
    public static final int NONE = RecordSlab.NONE;
    /** The level of a breach; escalation steps count from 1. */
    public static final int BREACH = 0;

    private static final int RECORD_LONGS = 3;
    private static final int LEVEL_AND_REPETITION = 0;
    private static final int NUMBER_AND_REVOKED = 1;
    private static final int LINK_AND_TARGET = 2;

    private final RecordSlab records = new RecordSlab(RECORD_LONGS);
    private final CycleStore cycles;

    /** Announcements of the cycles of a store. */
    public AnnouncementStore(CycleStore cycles) {
        this.cycles = cycles;
    }

    /**
     * Adds an announcement behind the cycle's last.
     *
     * @param level {@link #BREACH} or the escalation step from 1
     * @param repetition which repetition of the step, from 1; 1 for a breach
     * @param target the target under which it was announced
     */
    public int append(int cycle, int level, int repetition, int target) {
        int number = 1;
        int last = NONE;
        for (int it = cycles.firstAnnouncement(cycle); it != NONE; it = next(it)) {
            if (level(it) == level && repetition(it) == repetition) {
                number++;
            }
            last = it;
        }
        return appendBehind(last, cycle, level, repetition, number, target);
    }

    private int appendBehind(int last, int cycle, int level, int repetition, int number, int target) {
        int added = records.allocate();
        records.setLow(added, LEVEL_AND_REPETITION, level);
        records.setHigh(added, LEVEL_AND_REPETITION, repetition);
        records.setLow(added, NUMBER_AND_REVOKED, number);
        records.setHigh(added, NUMBER_AND_REVOKED, 0);
        records.setLow(added, LINK_AND_TARGET, NONE);
        records.setHigh(added, LINK_AND_TARGET, target);
        if (last == NONE) {
            cycles.firstAnnouncement(cycle, added);
        } else {
            records.setLow(last, LINK_AND_TARGET, added);
        }
        return added;
    }

    /** The announcement after an announcement, or {@link #NONE}. */
    public int next(int announcement) {
        return records.getLow(announcement, LINK_AND_TARGET);
    }

    /** {@link #BREACH} or the escalation step from 1. */
    public int level(int announcement) {
        return records.getLow(announcement, LEVEL_AND_REPETITION);
    }

    /** Which repetition of the step, from 1. */
    public int repetition(int announcement) {
        return records.getHigh(announcement, LEVEL_AND_REPETITION);
    }

    /** How often this was announced for the cycle, this one included, from 1. */
    public int number(int announcement) {
        return records.getLow(announcement, NUMBER_AND_REVOKED);
    }

    /** The target under which it was announced. */
    public int target(int announcement) {
        return records.getHigh(announcement, LINK_AND_TARGET);
    }

    /** Whether it was taken back. */
    public boolean isRevoked(int announcement) {
        return records.getHigh(announcement, NUMBER_AND_REVOKED) != 0;
    }

    /** It is taken back. */
    public void revoke(int announcement) {
        records.setHigh(announcement, NUMBER_AND_REVOKED, 1);
    }

    /** How often a step stands announced, that is, announced and not taken back. */
    public int standing(int cycle, int level) {
        int count = 0;
        for (int it = cycles.firstAnnouncement(cycle); it != NONE; it = next(it)) {
            if (level(it) == level && !isRevoked(it)) {
                count++;
            }
        }
        return count;
    }

    /** Gives all announcements of a cycle back. */
    public void freeAll(int cycle) {
        int it = cycles.firstAnnouncement(cycle);
        while (it != NONE) {
            int freed = it;
            it = next(it);
            records.free(freed);
        }
        cycles.firstAnnouncement(cycle, NONE);
    }

    /** Writes a cycle's announcements in order. */
    public void save(SnapshotWriter out, int cycle) {
        int count = 0;
        for (int it = cycles.firstAnnouncement(cycle); it != NONE; it = next(it)) {
            count++;
        }
        out.number(count);
        for (int it = cycles.firstAnnouncement(cycle); it != NONE; it = next(it)) {
            out.number(level(it));
            out.number(repetition(it));
            out.number(number(it));
            out.number(target(it));
            out.number(isRevoked(it) ? 1 : 0);
        }
    }

    /**
     * Reads the announcements of a cycle that has none yet.
     *
     * @param targetCount how many targets are registered
     */
    public void load(SnapshotReader in, int cycle, int targetCount) {
        int last = NONE;
        for (int left = in.upTo(Integer.MAX_VALUE); left > 0; left--) {
            int level = in.upTo(Integer.MAX_VALUE);
            int repetition = in.upTo(Integer.MAX_VALUE);
            int number = in.upTo(Integer.MAX_VALUE);
            last = appendBehind(last, cycle, level, repetition, number, in.upTo(targetCount - 1));
            if (in.upTo(1) == 1) {
                revoke(last);
            }
        }
    }

    /** A hash of a cycle's announcements. */
    public long stateHash(int cycle) {
        long hash = 0;
        for (int it = cycles.firstAnnouncement(cycle); it != NONE; it = next(it)) {
            hash = Hashing.fold(hash, records.get(it, LEVEL_AND_REPETITION));
            hash = Hashing.fold(hash, records.get(it, NUMBER_AND_REVOKED));
        }
        return hash;
    }
}
