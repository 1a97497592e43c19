package io.tocsin.journal;

import io.tocsin.engine.pipeline.SnapshotStore;
import io.tocsin.engine.snapshot.SnapshotSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The snapshots of a data folder: {@code snapshots/NNNNNNNNNNNNNNNNNNNN.snapshot}, the position in twenty digits. What is in
 * them is the engine's business.
 *
 * <p>Any thread, any process: to read needs no lock, and what was opened stays readable when it is given up. To write
 * takes a lock of its own, so that a process that follows a server and that server, which is stopping, never write at once;
 * it is the operating system's and goes with the process.
 */
public final class SnapshotFolder implements SnapshotStore {
    private static final String NAME = "snapshots";
    private static final String SUFFIX = ".snapshot";
    private static final String ASIDE_SUFFIX = SUFFIX + ".tmp";
    private static final Pattern FILE = Pattern.compile("(\\d{20})" + Pattern.quote(SUFFIX));
    private static final int KEPT = 2;

    private final Path folder;

    private SnapshotFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The snapshots of a data folder, whoever holds that.
     *
     * @param dataFolder the data folder itself; it need not have any snapshots yet
     */
    public static SnapshotFolder of(Path dataFolder) {
        return new SnapshotFolder(dataFolder.resolve(NAME));
    }

    @Override
    public List<Long> positions() {
        return list().stream()
                .map(path -> FILE.matcher(path.getFileName().toString()))
                .filter(Matcher::matches)
                .map(name -> Long.parseLong(name.group(1)))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    @Override
    public OptionalLong newestMadeMs() {
        for (long position : positions()) {
            try {
                return OptionalLong.of(Files.getLastModifiedTime(file(position)).toMillis());
            } catch (IOException e) {
                // It was given up meanwhile.
            }
        }
        return OptionalLong.empty();
    }

    /** @throws UncheckedIOException if there is no such snapshot, for example because it was given up meanwhile */
    @Override
    public SnapshotSource open(long position) {
        Path file = file(position);
        try {
            return new SnapshotFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the snapshot " + file + ": " + Texts.reason(e), e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if another process, or this one, is writing a snapshot; or if the disk has too little
     *     room left, then or at any write: twice what the journals keep in reserve must stay free
     * @throws UncheckedIOException if it cannot be written, then or later
     */
    @Override
    public Draft begin(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("a snapshot of position " + position + ": positions begin with 0");
        }
        try {
            Files.createDirectories(folder);
            LockFile lock = LockFile.acquire(
                    folder,
                    "a snapshot in " + folder + " is being written",
                    "wait until it is done, or stop that process");
            try {
                return new SnapshotDraft(this, lock, aside(position), file(position));
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a snapshot in " + folder + ": " + Texts.reason(e), e);
        }
    }

    /** Deletes all but the newest two, and what writers left that died. The caller holds the lock. */
    void giveUpOld() throws IOException {
        List<Long> positions = positions();
        for (long position : positions.subList(Math.min(KEPT, positions.size()), positions.size())) {
            Files.deleteIfExists(file(position));
        }
        for (Path path : list()) {
            if (path.getFileName().toString().endsWith(ASIDE_SUFFIX)) {
                Files.deleteIfExists(path);
            }
        }
    }

    private Path file(long position) {
        return folder.resolve(String.format("%020d", position) + SUFFIX);
    }

    private Path aside(long position) {
        return folder.resolve(String.format("%020d", position) + ASIDE_SUFFIX);
    }

    private List<Path> list() {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the folder " + folder + ": " + Texts.reason(e), e);
        }
    }
}
