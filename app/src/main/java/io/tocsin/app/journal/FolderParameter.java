package io.tocsin.app.journal;

import io.tocsin.app.Failure;
import io.tocsin.app.Remedy;
import io.tocsin.app.Tocsin;
import io.tocsin.journal.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The data folder that a command reads. It takes no lock and changes nothing, so the folder's server may be running. */
final class FolderParameter {
    @Parameters(paramLabel = "DIR", description = "A server's data folder; the server may be running.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /**
     * Reads the folder and tells in one line what cannot be read.
     *
     * @return the exit code
     */
    int read(Reading reading) throws InterruptedException {
        Path path = checked();
        try {
            reading.read(path);
        } catch (Lines.ReaderGone e) {
            return Tocsin.DONE; // Nothing is left to do.
        } catch (IllegalStateException | UncheckedIOException e) {
            throw Failure.ofRun(Remedy.explain(e), e);
        } catch (IOException e) {
            throw unreadable(path, e.toString(), e);
        }
        return Tocsin.DONE;
    }

    /** What a command does with the folder. */
    @FunctionalInterface
    interface Reading {
        /** Reads; Chronicle throws an {@link IOException} where nothing says that it may. */
        void read(Path folder) throws IOException, InterruptedException;
    }

    private static Failure unreadable(Path path, String why, Throwable cause) {
        return Failure.ofRun(
                path + ": cannot be read (" + why + "); 'tocsin journal verify " + path + "' says which part", cause);
    }

    private Path checked() {
        if (!Files.exists(folder)) {
            throw Failure.ofInput(folder + ": there is no such folder; give a server's data folder");
        }
        if (!DataFolder.isDataFolder(folder)) {
            throw Failure.ofInput(folder + ": is not a data folder; give the one that 'tocsin serve --data' was given");
        }
        return folder;
    }
}
