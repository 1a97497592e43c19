package io.tocsin.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The files of a queue, seen from outside of Chronicle. Any thread. */
final class QueueFiles {
    private QueueFiles() {}

    /**
     * Forces a queue's files and their names to the device. What was written through a mapping is in the same pages of
     * the system's cache as what is written through a channel, so that forcing a channel forces both.
     */
    static void force(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                forceOne(file);
            }
            forceOne(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot force " + folder + " to the device: " + e, e);
        }
    }

    private static void forceOne(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(false);
        }
    }
}
