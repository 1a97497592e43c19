package io.tocsin.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Forces a journal's files to the device: each one once, and the newest again and again, by a channel that stays open. What
 * is written through a mapping lies in the same pages of the system's cache as what is written through a channel, so that
 * forcing a channel forces both.
 *
 * <p>The writer's thread tells of new files; {@code force} and {@code close} are for any thread, one at a time.
 */
final class DeviceForce implements AutoCloseable {
    private final Path folder;
    /** Files that were never forced, oldest first; the last one becomes the newest. */
    private final Queue<Path> added = new ConcurrentLinkedQueue<>();

    private @Nullable FileChannel newest;

    /**
     * For one journal.
     *
     * @param folder the journal's
     * @param existing files of runs before this one, which may not have been forced
     */
    DeviceForce(Path folder, Collection<Path> existing) {
        this.folder = folder;
        added.addAll(existing);
    }

    /** To be called once there is a new file, before anything in it counts as committed. */
    void add(Path file) {
        added.add(file);
    }

    /** Forces all that was written before the call, and the names of files. */
    synchronized void force() {
        try {
            if (newest != null) {
                newest.force(false);
            }
            for (Path file = added.peek(); file != null; file = added.peek()) {
                forceNew(file);
                added.remove();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot force " + folder + " to the device: " + Texts.reason(e), e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            closeNewest();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a file in " + folder + ": " + e, e);
        }
    }

    /** Forces a file, or a folder, which is to say the names in it. */
    static void forceOne(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void forceNew(Path file) throws IOException {
        closeNewest();
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return; // It was given up meanwhile.
        }
        newest = channel;
        channel.force(true);
        Path queue = file.resolveSibling("");
        forceOne(queue);
        if (!queue.equals(folder)) {
            forceOne(folder);
        }
    }

    private void closeNewest() throws IOException {
        if (newest != null) {
            newest.close();
            newest = null;
        }
    }
}
