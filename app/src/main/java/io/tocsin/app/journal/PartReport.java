package io.tocsin.app.journal;

import org.jspecify.annotations.Nullable;

/**
 * What was found in one part of a data folder, up to the first thing that is wrong.
 *
 * @param name what the table calls the part
 * @param files how many files it has
 * @param records how many good records were read
 * @param first the first one's position or number; meaningless when there is none
 * @param last the last one's
 * @param firstNs the first one's arrival or detection
 * @param lastNs the last one's
 * @param problem the first thing that is wrong, where, and what to do; null when all is whole
 */
record PartReport(
        String name,
        int files,
        long records,
        long first,
        long last,
        long firstNs,
        long lastNs,
        @Nullable String problem) {

    /** Collects a report, record by record. */
    static final class Tally {
        private long records;
        private long first;
        private long last;
        private long firstNs;
        private long lastNs;

        /** One more good record. */
        void add(long number, long instantNs) {
            if (records == 0) {
                first = number;
                firstNs = instantNs;
            }
            last = number;
            lastNs = instantNs;
            records++;
        }

        /** How many there are so far. */
        long records() {
            return records;
        }

        /** The last record's instant, or the earliest there is when there is none. */
        long lastNs() {
            return records == 0 ? Long.MIN_VALUE : lastNs;
        }

        /** The report so far. */
        PartReport report(String name, int files, @Nullable String problem) {
            return new PartReport(name, files, records, first, last, firstNs, lastNs, problem);
        }
    }
}
