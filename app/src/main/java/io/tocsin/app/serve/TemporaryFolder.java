package io.tocsin.app.serve;

import io.tocsin.app.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A new folder that is deleted on close, with all that is in it by then. */
record TemporaryFolder(Path path) implements AutoCloseable {
    /**
     * Makes one where the system keeps such folders.
     *
     * @throws Failure if it cannot be made
     */
    static TemporaryFolder create(String prefix) {
        try {
            return new TemporaryFolder(Files.createTempDirectory(prefix));
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
        try (Stream<Path> paths = Files.walk(path)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path deepest : deepestFirst) {
                Files.delete(deepest);
            }
        } catch (IOException e) {
            throw Failure.ofRun(path + ": cannot be deleted (" + e + "); delete it by hand", e);
        }
    }
}
