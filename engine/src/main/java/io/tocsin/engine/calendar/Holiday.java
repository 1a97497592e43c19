package io.tocsin.engine.calendar;

import java.time.LocalDate;
import java.time.MonthDay;

/** Days on which nothing opens, unless an exception says otherwise. */
public sealed interface Holiday {
    /** Whether this holiday takes out what opens on a date. */
    boolean covers(LocalDate date);

    /** From a first to a last date, both included; a single date is a range of one. */
    record Range(LocalDate first, LocalDate last) implements Holiday {
        /** Checks the order. */
        public Range {
            if (last.isBefore(first)) {
                throw new IllegalArgumentException("holiday ends on " + last + ", before it begins on " + first);
            }
        }

        @Override
        public boolean covers(LocalDate date) {
            return !date.isBefore(first) && !date.isAfter(last);
        }
    }

    /** The same day of every year. */
    record Yearly(MonthDay day) implements Holiday {
        @Override
        public boolean covers(LocalDate date) {
            return date.getMonthValue() == day.getMonthValue() && date.getDayOfMonth() == day.getDayOfMonth();
        }
    }
}
