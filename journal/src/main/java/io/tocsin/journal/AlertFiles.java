package io.tocsin.journal;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * Which file an alert lies in: the files, oldest first, and the number of each one's first alert.
 *
 * <p>A value: {@link #plus} makes a new one, once a day.
 */
final class AlertFiles {
    static final AlertFiles NONE = new AlertFiles(new long[0], new Path[0]);

    private final long[] firstSeqs;
    private final Path[] paths;

    private AlertFiles(long[] firstSeqs, Path[] paths) {
        this.firstSeqs = firstSeqs;
        this.paths = paths;
    }

    /** These and one more file, whose alerts come after all others. */
    AlertFiles plus(long firstSeq, Path path) {
        int files = paths.length;
        long[] seqs = Arrays.copyOf(firstSeqs, files + 1);
        Path[] all = Arrays.copyOf(paths, files + 1);
        seqs[files] = firstSeq;
        all[files] = path;
        return new AlertFiles(seqs, all);
    }

    /** The file that an alert lies in if it is kept; not of no files. */
    int fileOf(long seq) {
        int found = Arrays.binarySearch(firstSeqs, seq);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    /** The number of a file's first alert. */
    long firstSeq(int file) {
        return firstSeqs[file];
    }

    Path path(int file) {
        return paths[file];
    }
}
