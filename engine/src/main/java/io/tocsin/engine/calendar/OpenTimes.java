package io.tocsin.engine.calendar;

import java.util.Arrays;

/**
 * When a calendar is open: stretches of the instant line, ascending, apart from each other, with the open time that lies
 * before each. Immutable; any thread; lookups allocate nothing.
 *
 * <pre>
 *   opens[i]   closes[i]      opens[i+1]  closes[i+1]
 *      [==========)               [===========)
 *   before[i]            before[i+1]            before[i+2]      open time since the start of the table
 * </pre>
 *
 * An index by UTC day leads to the stretch of an instant in constant time.
 */
final class OpenTimes {
    private final long[] opens;
    private final long[] closes;
    private final long[] before;
    private final int count;
    private final long firstDay;
    /** For each UTC day, and one more, the first stretch that closes after the day's start. */
    private final int[] firstOfDay;
    /** The open time before the end of what may be asked about; beyond it the table is not complete. */
    private final long knownNs;

    private OpenTimes(Builder builder, long firstDay, long endDay) {
        this.count = builder.count;
        // A stretch at the end of time follows the last, so that a search always finds one.
        this.opens = Arrays.copyOf(builder.opens, count + 1);
        this.closes = Arrays.copyOf(builder.closes, count + 1);
        opens[count] = Long.MAX_VALUE;
        closes[count] = Long.MAX_VALUE;
        this.before = new long[count + 1];
        for (int i = 0; i < count; i++) {
            before[i + 1] = before[i] + (closes[i] - opens[i]);
        }
        this.firstDay = firstDay;
        this.firstOfDay = indexDays(firstDay, endDay);
        this.knownNs = beforeNs(endDay * ShiftTable.DAY_NS);
    }

    /** Open time between the start of the table and an instant. */
    long beforeNs(long instantNs) {
        int i = firstClosingAfter(instantNs);
        return before[i] + Math.max(0, instantNs - opens[i]);
    }

    /** The instant at which a duration, more than 0, has passed, or {@link BusinessCalendar#NEVER} if it lies beyond. */
    long plusNs(long fromNs, long durationNs) {
        int i = firstClosingAfter(fromNs);
        long targetNs = before[i] + Math.max(0, fromNs - opens[i]) + durationNs;
        if (targetNs > knownNs) {
            return BusinessCalendar.NEVER;
        }
        int reached = lastBegunBefore(targetNs, i);
        return opens[reached] + (targetNs - before[reached]);
    }

    boolean isOpen(long instantNs) {
        return opens[firstClosingAfter(instantNs)] <= instantNs;
    }

    /** The next opening or close after an instant, {@link Long#MAX_VALUE} behind the last of the table. */
    long nextChangeNs(long instantNs) {
        int i = firstClosingAfter(instantNs);
        return opens[i] > instantNs ? opens[i] : closes[i];
    }

    private int firstClosingAfter(long instantNs) {
        int day = (int) (instantNs / ShiftTable.DAY_NS - firstDay);
        int low = firstOfDay[day];
        int high = firstOfDay[day + 1];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (closes[middle] > instantNs) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The last stretch with less open time before it than the target; steps double, as it is mostly near the start. */
    private int lastBegunBefore(long targetNs, int start) {
        int low = start;
        int step = 1;
        while (low + step < count && before[low + step] < targetNs) {
            low += step;
            step <<= 1;
        }
        int high = Math.min(low + step, count);
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (before[middle] < targetNs) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int[] indexDays(long startDay, long endDay) {
        int[] index = new int[(int) (endDay - startDay) + 2];
        int i = 0;
        for (int day = 0; day < index.length; day++) {
            long startNs = (startDay + day) * ShiftTable.DAY_NS;
            while (closes[i] <= startNs) {
                i++;
            }
            index[day] = i;
        }
        return index;
    }

    /** Collects shifts in any order (quickest when almost ascending) and joins those that touch or overlap. */
    static final class Builder {
        private long[] opens = new long[1024];
        private long[] closes = new long[1024];
        private int count;

        /** Adds a shift that is open for some time. */
        void add(long openNs, long closeNs) {
            if (count == opens.length) {
                opens = Arrays.copyOf(opens, 2 * count);
                closes = Arrays.copyOf(closes, 2 * count);
            }
            int at = count++;
            for (; at > 0 && opens[at - 1] > openNs; at--) {
                opens[at] = opens[at - 1];
                closes[at] = closes[at - 1];
            }
            opens[at] = openNs;
            closes[at] = closeNs;
        }

        /** The times to be asked about from the start of the first UTC day to the start of the end day. */
        OpenTimes build(long firstDay, long endDay) {
            join();
            return new OpenTimes(this, firstDay, endDay);
        }

        private void join() {
            int joined = 0;
            for (int i = 0; i < count; i++) {
                if (joined > 0 && opens[i] <= closes[joined - 1]) {
                    closes[joined - 1] = Math.max(closes[joined - 1], closes[i]);
                } else {
                    opens[joined] = opens[i];
                    closes[joined] = closes[i];
                    joined++;
                }
            }
            count = joined;
        }
    }
}
