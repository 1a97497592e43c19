package io.tocsin.engine.stats;

import io.tocsin.engine.memory.RecordSlab;
import io.tocsin.engine.ticket.Attributes;
import java.util.Arrays;

/**
 * The facts of the last hour and some minutes, second by second, so that rolling windows can take away what they leave
 * behind. What is corrected is not taken out but entered again with the other sign: the second it counted in has both, and
 * they come to nothing. Facts of a second lie in the order in which they came; more may come while they are read.
 *
 * <pre>
 *   entry   0 value
 *           1 kind and clock (24 bits) | hour of opening (7 bits) | sign (1 bit) | attributes (high)
 *           2 next entry of the second (low)
 * </pre>
 *
 * <p>24 bytes a fact. An entry holds the attributes of its ticket. Kept only while somebody asks for rolling windows. The
 * core's thread; allocates only while facts have not been so many before.
 */
final class RecentFacts extends Coverage {
    /** Stands for no entry. */
    static final int NONE = RecordSlab.NONE;
    /** Stands for the first entry, whichever that will be. */
    static final int BEGIN = -2;

    static final long SECOND_NS = 1_000_000_000L;
    /** So many seconds are kept: an hour, and eight minutes for those who ask seldom. */
    static final int SECONDS = 1 << 12;
    /** 800 MB. Beyond it, windows are counted from the tickets each time. */
    static final int MOST = 1 << 25;

    private static final int RECORD_LONGS = 3;
    private static final int VALUE = 0;
    private static final int WHAT_AND_ATTRIBUTES = 1;
    private static final int LINK = 2;
    private static final int WHAT_MASK = (1 << 24) - 1;
    private static final int HOUR_SHIFT = 24;
    private static final int HOUR_MASK = (1 << 7) - 1;
    private static final int NEGATIVE = 1 << 31;
    private static final int NOBODY = -2;

    private final RecordSlab entries = new RecordSlab(RECORD_LONGS);
    private final Attributes attributes;
    private final Reading reading;
    private final long[] seconds = new long[SECONDS];
    private final int[] firsts = new int[SECONDS];
    private final int[] lasts = new int[SECONDS];
    private long newestSecond;
    private int left = NOBODY;

    /**
     * Facts of the seconds up to now and of those to come.
     *
     * @param finishedEnd where the row of the next finished ticket will begin
     */
    RecentFacts(Attributes attributes, Reading reading, long finishedEnd, long nowNs) {
        super(finishedEnd);
        newestSecond = Math.floorDiv(nowNs, SECOND_NS);
        this.attributes = attributes;
        this.reading = reading;
        Arrays.fill(seconds, Long.MIN_VALUE);
        Arrays.fill(firsts, NONE);
    }

    /** The newest second of which there is a fact. */
    long newestSecond() {
        return newestSecond;
    }

    /** Whether there are more than are worth keeping. */
    boolean isFull() {
        return entries.liveCount() > MOST;
    }

    /** The first entry of the second that begins at an instant, or {@link #NONE}. */
    int first(long secondNs) {
        int at = bucket(secondNs / SECOND_NS);
        return seconds[at] == secondNs / SECOND_NS ? firsts[at] : NONE;
    }

    /** The entry behind one in its second, or {@link #NONE}. */
    int next(int entry) {
        return entries.getLow(entry, LINK);
    }

    int attributes(int entry) {
        return entries.getHigh(entry, WHAT_AND_ATTRIBUTES);
    }

    int sign(int entry) {
        return entries.getLow(entry, WHAT_AND_ATTRIBUTES) < 0 ? -1 : 1;
    }

    int what(int entry) {
        return entries.getLow(entry, WHAT_AND_ATTRIBUTES) & WHAT_MASK;
    }

    int openedHour(int entry) {
        return entries.getLow(entry, WHAT_AND_ATTRIBUTES) >>> HOUR_SHIFT & HOUR_MASK;
    }

    long value(int entry) {
        return entries.get(entry, VALUE);
    }

    @Override
    void add(int attributesRef, Facts facts) {
        appendSome(1, attributesRef, facts, 0, facts.count());
    }

    /** Holds the attributes, which the change may be the end of. */
    @Override
    void leave(int attributesRef) {
        left = attributesRef;
        attributes.hold(attributesRef);
    }

    @Override
    void enter(int attributesRef, Facts before, Facts after, int samePrefix, int sameSuffix) {
        if (attributesRef == left) {
            appendSome(-1, left, before, samePrefix, before.count() - sameSuffix);
            appendSome(1, attributesRef, after, samePrefix, after.count() - sameSuffix);
        } else {
            if (left != NOBODY) {
                appendSome(-1, left, before, 0, before.count());
            }
            appendSome(1, attributesRef, after, 0, after.count());
        }
        if (left != NOBODY) {
            attributes.free(left);
        }
        left = NOBODY;
    }

    @Override
    void close() {
        for (int at = 0; at < SECONDS; at++) {
            clear(at);
        }
    }

    private void appendSome(int sign, int attributesRef, Facts facts, int from, int to) {
        for (int i = from; i < to; i++) {
            long second = Math.floorDiv(facts.atNs(i), SECOND_NS);
            if (facts.atNs(i) != Fact.NOW && second > newestSecond - SECONDS) {
                append(second, sign, attributesRef, facts.what(i), facts.value(i), facts.openedHour(reading));
            }
        }
    }

    private void append(long second, int sign, int attributesRef, int what, long value, int openedHour) {
        int at = bucket(second);
        if (seconds[at] != second) {
            clear(at);
            seconds[at] = second;
            newestSecond = Math.max(newestSecond, second);
        }
        int entry = entries.allocate();
        entries.set(entry, VALUE, value);
        entries.setLow(entry, WHAT_AND_ATTRIBUTES, what | openedHour << HOUR_SHIFT | (sign < 0 ? NEGATIVE : 0));
        entries.setHigh(entry, WHAT_AND_ATTRIBUTES, attributesRef);
        entries.setLow(entry, LINK, NONE);
        attributes.hold(attributesRef);
        if (firsts[at] == NONE) {
            firsts[at] = entry;
        } else {
            entries.setLow(lasts[at], LINK, entry);
        }
        lasts[at] = entry;
    }

    private void clear(int at) {
        for (int entry = firsts[at]; entry != NONE; ) {
            int freed = entry;
            entry = next(entry);
            attributes.free(attributes(freed));
            entries.free(freed);
        }
        firsts[at] = NONE;
    }

    private static int bucket(long second) {
        return (int) second & SECONDS - 1;
    }
}
