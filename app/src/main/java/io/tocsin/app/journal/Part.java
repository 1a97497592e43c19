package io.tocsin.app.journal;

import io.tocsin.app.Remedy;
import io.tocsin.app.journal.PartReport.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing in a data folder that {@code verify} looks through: a small class each, listed in {@link VerifyCommand}. Changes
 * nothing and takes no lock; what a running server has not committed yet is not looked at. One thread.
 */
abstract class Part {
    private final String name;
    private final Path place;
    private final String suffix;
    private final String remedy;

    /**
     * A part.
     *
     * @param name what the table calls it, and the folder in which it lies
     * @param suffix how its files' names end
     * @param remedy what to do when it is damaged, a whole sentence
     */
    Part(Path folder, String name, String suffix, String remedy) {
        this.name = name;
        this.place = folder.resolve(name);
        this.suffix = suffix;
        this.remedy = remedy;
    }

    /** Reads all of it, up to the first thing that is wrong. */
    final PartReport verify() {
        Tally tally = new Tally();
        @Nullable String problem = null;
        try {
            read(tally);
        } catch (Malformed e) {
            problem = message(e.what + " is malformed: " + e.getMessage());
        } catch (IllegalStateException e) {
            problem = Remedy.explain(e);
        } catch (Exception e) {
            // Whatever reading stumbles over: the bytes may be anything.
            problem = message(after(tally) + "reading fails: " + e);
        }
        return tally.report(name, files().size(), problem);
    }

    /**
     * Reads and checks record by record.
     *
     * @throws IllegalStateException if one is damaged; it says where and what to do
     */
    abstract void read(Tally tally);

    /** How a journal's files' names end. */
    static final String QUEUE_FILE = ".cq4";

    final String name() {
        return name;
    }

    /** What is wrong with the part, with where it lies and what to do. */
    final IllegalStateException wrong(String what) {
        return new IllegalStateException(message(what));
    }

    private static String after(Tally tally) {
        return "after " + tally.records() + " good records ";
    }

    private String message(String what) {
        return name + " in " + place + ": " + what + ". " + remedy;
    }

    private List<Path> files() {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + place + ": " + e, e);
        }
    }

    /** A record whose checksum is right and whose fields are wrong. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String what;

        /**
         * An error.
         *
         * @param what names the record within its part
         */
        Malformed(String what, RuntimeException cause) {
            super(cause.getMessage(), cause);
            this.what = what;
        }
    }
}
