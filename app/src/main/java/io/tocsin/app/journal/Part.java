package io.tocsin.app.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * One thing in a data folder that {@code verify} looks through: a small class each, listed in {@link VerifyCommand}.
 * Changes nothing and takes no lock; what a running server has not committed yet is not looked at.
 */
interface Part {
    /** What the table calls it. */
    String name();

    /** Reads all of it. What is wrong is in the answer. */
    PartReport verify();

    /** How many files of a queue there are. */
    static int queueFiles(Path queue) {
        if (!Files.isDirectory(queue)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(queue)) {
            return (int) files.filter(file -> file.toString().endsWith(".cq4")).count();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + queue + ": " + e, e);
        }
    }
}
