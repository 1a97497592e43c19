package io.tocsin.app.serve;

import io.tocsin.app.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A new folder that is deleted on close, with all that is in it by then. A process that is killed leaves its own behind, and
 * the next one removes it: what is named like such a folder, holds a lock file, and is held by nobody.
 *
 * <p>The lock is the operating system's and goes with the process, however that ends.
 */
record TemporaryFolder(Path path, FileChannel lock) implements AutoCloseable {
    private static final String LOCK_FILE = "temporary.lock";

    /**
     * Makes one where the system keeps such folders, and removes what was left behind there.
     *
     * @param prefix what its name begins with; a number follows
     * @param tell is told what was left behind and cannot be removed, a line each
     * @throws Failure if it cannot be made
     */
    static TemporaryFolder create(String prefix, Consumer<String> tell) {
        removeLeftovers(prefix, tell);
        try {
            Path path = Files.createTempDirectory(prefix);
            FileChannel lock =
                    FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lock.lock();
            return new TemporaryFolder(path, lock);
        } catch (IOException e) {
            throw Failure.ofRun("no temporary folder could be made (" + e + "); is the disk full?", e);
        }
    }

    /**
     * Deletes it.
     *
     * @throws Failure if it cannot be deleted
     */
    @Override
    public void close() {
        try (lock) {
            delete(path);
        } catch (IOException | UncheckedIOException e) {
            throw Failure.ofRun(path + ": cannot be deleted (" + e + "); delete it by hand", e);
        }
    }

    private static void removeLeftovers(String prefix, Consumer<String> tell) {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        Pattern name = Pattern.compile(Pattern.quote(prefix) + "\\d+");
        DirectoryStream.Filter<Path> isOurs =
                path -> name.matcher(path.getFileName().toString()).matches()
                        && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                        && Files.isRegularFile(path.resolve(LOCK_FILE), LinkOption.NOFOLLOW_LINKS);
        try (DirectoryStream<Path> ours = Files.newDirectoryStream(parent, isOurs)) {
            ours.forEach(path -> removeUnlessHeld(path, tell));
        } catch (IOException | DirectoryIteratorException e) {
            tell.accept(parent + ": cannot be searched for what earlier runs left behind (" + e + ")");
        }
    }

    private static void removeUnlessHeld(Path path, Consumer<String> tell) {
        try (FileChannel lock = FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.WRITE)) {
            if (lock.tryLock() != null) {
                delete(path);
            }
        } catch (OverlappingFileLockException | NoSuchFileException e) {
            // Held by this very process; or somebody else has just removed it, its own process most likely.
            return;
        } catch (IOException | UncheckedIOException e) {
            tell.accept(
                    path + ": was left behind by an earlier run and cannot be deleted (" + e + "); delete it by hand");
        }
    }

    /** The lock file last, so that the next one takes up a removal that was cut short. */
    private static void delete(Path path) throws IOException {
        Path lockFile = path.resolve(LOCK_FILE);
        try (Stream<Path> paths = Files.walk(path)) {
            List<Path> deepestFirst = paths.filter(inside -> !inside.equals(path) && !inside.equals(lockFile))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path deepest : deepestFirst) {
                Files.delete(deepest);
            }
        }
        Files.deleteIfExists(lockFile);
        Files.delete(path);
    }
}
