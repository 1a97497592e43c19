package io.tocsin.engine.calendar;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * A calendar's business days, numbered in the order of their dates, and when each closes. Dates are days since
 * 1970-01-01. Immutable; any thread; lookups take constant time and allocate nothing.
 */
final class BusinessDays {
    /** Stands for the index of a day that is not in the table. */
    static final int NONE = -1;

    private final long firstDate;
    /** For each date, and one more, the first business day that is not before it. */
    private final int[] firstFrom;

    private final long[] dates;
    private final long[] closes;
    /** The closes in the order in which the days open: the order of dates, but for a date that a zone skipped. */
    private final long[] closesAsOpened;

    private BusinessDays(Builder builder) {
        this.firstDate = builder.firstDate;
        this.firstFrom = Arrays.copyOf(builder.firstFrom, builder.dateCount + 1);
        firstFrom[builder.dateCount] = builder.count;
        this.dates = Arrays.copyOf(builder.dates, builder.count);
        this.closes = Arrays.copyOf(builder.closes, builder.count);
        this.closesAsOpened = Arrays.copyOf(builder.closesAsOpened, builder.count);
    }

    /** The n-th business day strictly after a date, or {@link #NONE} if the table ends before it. */
    int indexAfter(long date, int businessDays) {
        long index = (long) firstFrom[(int) (date + 1 - firstDate)] + businessDays - 1;
        return index < dates.length ? (int) index : NONE;
    }

    /** The date of a business day. */
    long date(int index) {
        return dates[index];
    }

    /** When the last shift of a business day closes. */
    long closeNs(int index) {
        return closes[index];
    }

    /**
     * The close of the first day, in the order in which they open, that does not close before an instant;
     * {@link BusinessCalendar#NEVER} if the table ends before it.
     */
    long closeFromNs(long instantNs) {
        long date = instantNs / ShiftTable.DAY_NS - ShiftTable.MARGIN_DAYS;
        int index = firstFrom[(int) (date - firstDate)];
        while (index < closesAsOpened.length && closesAsOpened[index] < instantNs) {
            index++;
        }
        return index < closesAsOpened.length ? closesAsOpened[index] : BusinessCalendar.NEVER;
    }

    /** Collects dates one after the other. */
    static final class Builder {
        private final long firstDate;
        private int[] firstFrom = new int[1024];
        private long[] dates = new long[1024];
        private long[] closes = new long[1024];
        private long[] opensAsOpened = new long[1024];
        private long[] closesAsOpened = new long[1024];
        private int dateCount;
        private int count;

        Builder(LocalDate firstDate) {
            this.firstDate = firstDate.toEpochDay();
        }

        /** Adds the next date, on which nothing opens. */
        void addClosed() {
            if (dateCount == firstFrom.length) {
                grow(2 * dateCount);
            }
            firstFrom[dateCount++] = count;
        }

        /** Adds the next date with its first opening and its last close. */
        void addOpen(long openNs, long closeNs) {
            addClosed();
            dates[count] = firstDate + dateCount - 1;
            closes[count] = closeNs;
            int at = count++;
            for (; at > 0 && opensAsOpened[at - 1] > openNs; at--) {
                opensAsOpened[at] = opensAsOpened[at - 1];
                closesAsOpened[at] = closesAsOpened[at - 1];
            }
            opensAsOpened[at] = openNs;
            closesAsOpened[at] = closeNs;
        }

        BusinessDays build() {
            return new BusinessDays(this);
        }

        private void grow(int length) {
            firstFrom = Arrays.copyOf(firstFrom, length);
            dates = Arrays.copyOf(dates, length);
            closes = Arrays.copyOf(closes, length);
            opensAsOpened = Arrays.copyOf(opensAsOpened, length);
            closesAsOpened = Arrays.copyOf(closesAsOpened, length);
        }
    }
}
