package io.tocsin.journal;

import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Asks now and then whether the disk has room left, before it is written to: a store into a mapped page that the disk has
 * no block for ends the process with a bus error, without a message. One thread; allocates only when it asks, every 16 MiB.
 */
final class DiskRoom {
    /** What must be free: enough for what is written until the next question, and for a file's own tables. */
    static final long RESERVE = 64L << 20;

    static final long ASK_EVERY = 16L << 20;

    private final Path folder;
    private final long reserve;
    private final LongSupplier freeBytes;
    private long untilAsked;

    DiskRoom(Path folder) {
        this(folder, RESERVE);
    }

    /** @param reserve what must be free, in bytes */
    DiskRoom(Path folder, long reserve) {
        this(folder, reserve, () -> folder.toFile().getUsableSpace());
    }

    DiskRoom(Path folder, long reserve, LongSupplier freeBytes) {
        this.folder = folder;
        this.reserve = reserve;
        this.freeBytes = freeBytes;
    }

    /**
     * To be called before {@code length} bytes are written.
     *
     * @throws IllegalStateException if the disk is all but full; it names the folder and both figures
     */
    void take(int length) {
        untilAsked -= length;
        if (untilAsked < 0) {
            ask();
            untilAsked = ASK_EVERY;
        }
    }

    /** Whether so much could be written and what must be free still were; asks at once. */
    boolean hasFor(long length) {
        return freeBytes.getAsLong() >= reserve + length;
    }

    /** Asks at once, as before something new is opened. */
    void ask() {
        long free = freeBytes.getAsLong();
        if (free < reserve) {
            throw new IllegalStateException("the disk of " + folder + " has " + (free >> 20) + " MiB left, "
                    + (reserve >> 20) + " MiB are needed to write on: free some");
        }
    }
}
