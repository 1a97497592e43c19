package io.tocsin.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The queues of one journal: each run of a server writes one of its own, in a folder with the run's number, and none is
 * written again after its process has ended. So Chronicle never has to make sense of what a dead process or a failing disk
 * has left; reading can, see {@link QueueFile}. Until format 2 all runs wrote one queue, which lies beside those folders
 * and is the oldest. Any thread.
 */
final class QueueFolder {
    private static final String FILE_SUFFIX = ".cq4";
    private static final Pattern RUN = Pattern.compile("\\d{6,9}");

    private QueueFolder() {}

    /** All files with documents, oldest first; none if there is no such folder. */
    static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>(filesOf(folder));
        for (Path run : runs(folder)) {
            files.addAll(filesOf(run));
        }
        return files;
    }

    /** Makes a folder for this run's queue, behind all others. The caller holds the data folder. */
    static Path beginRun(Path folder) {
        List<Path> runs = runs(folder);
        int number = 1;
        for (Path run : runs) {
            number = Math.max(number, number(run) + 1);
            deleteIfEmpty(run);
        }
        Path run = folder.resolve(String.format("%06d", number));
        try {
            return Files.createDirectories(run);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + run + ": " + e, e);
        }
    }

    /** Deletes a file that is not wanted any more, and its run's folder if that was the last one. */
    static void delete(Path folder, Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file + ": " + e, e);
        }
        Path run = file.resolveSibling("");
        if (!run.equals(folder)) {
            deleteIfEmpty(run);
        }
    }

    /** Deletes a run's folder if it holds no documents, only what Chronicle keeps beside them. */
    private static void deleteIfEmpty(Path run) {
        if (!filesOf(run).isEmpty()) {
            return;
        }
        try (Stream<Path> rest = Files.list(run)) {
            for (Path file : rest.toList()) {
                Files.delete(file);
            }
            Files.delete(run);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + run + ": " + e, e);
        }
    }

    private static List<Path> runs(Path folder) {
        return list(folder).stream()
                .filter(path -> RUN.matcher(path.getFileName().toString()).matches())
                .sorted(Comparator.comparingInt(QueueFolder::number))
                .toList();
    }

    /** A queue's files are named by their day, so that their names have their order. */
    private static List<Path> filesOf(Path queue) {
        return list(queue).stream()
                .filter(path -> path.toString().endsWith(FILE_SUFFIX))
                .sorted()
                .toList();
    }

    private static int number(Path run) {
        return Integer.parseInt(run.getFileName().toString());
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the folder " + folder + ": " + e, e);
        }
    }
}
