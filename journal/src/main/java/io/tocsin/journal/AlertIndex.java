package io.tocsin.journal;

import java.util.Arrays;

/**
 * Where an alert lies: for each of the queue's files, the number of its first alert and that alert's index. Within a file
 * both count by one, so a file's first alert is enough to find the others.
 *
 * <p>A value: {@link #plus} makes a new one, once a day.
 */
final class AlertIndex {
    static final AlertIndex EMPTY = new AlertIndex(new long[0], new long[0]);

    private final long[] firstSeqs;
    private final long[] firstIndexes;

    private AlertIndex(long[] firstSeqs, long[] firstIndexes) {
        this.firstSeqs = firstSeqs;
        this.firstIndexes = firstIndexes;
    }

    /** This index and one more file, whose alerts come after all others. */
    AlertIndex plus(long firstSeq, long firstIndex) {
        int files = firstSeqs.length;
        long[] seqs = Arrays.copyOf(firstSeqs, files + 1);
        long[] indexes = Arrays.copyOf(firstIndexes, files + 1);
        seqs[files] = firstSeq;
        indexes[files] = firstIndex;
        return new AlertIndex(seqs, indexes);
    }

    /** Whether there is no file. */
    boolean isEmpty() {
        return firstSeqs.length == 0;
    }

    /** The number of the oldest alert kept; not of an empty index. */
    long firstSeq() {
        return firstSeqs[0];
    }

    /** The queue's index of an alert that is not older than {@link #firstSeq()}. */
    long indexOf(long seq) {
        int found = Arrays.binarySearch(firstSeqs, seq);
        int file = found >= 0 ? found : -found - 2;
        return firstIndexes[file] + (seq - firstSeqs[file]);
    }

    /** The number of the alert at an index in the newest file. */
    long seqInLastFile(long index) {
        int last = firstSeqs.length - 1;
        return firstSeqs[last] + (index - firstIndexes[last]);
    }
}
