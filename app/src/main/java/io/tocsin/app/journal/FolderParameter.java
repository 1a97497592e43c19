package io.tocsin.app.journal;

import io.tocsin.app.Failure;
import io.tocsin.journal.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The data folder that a command reads. It takes no lock and changes nothing, so the folder's server may be running. */
final class FolderParameter {
    @Parameters(paramLabel = "DIR", description = "A server's data folder; the server may be running.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** The folder, once it is known to be one. */
    Path path() {
        if (!Files.exists(folder)) {
            throw Failure.ofInput(folder + ": there is no such folder; give a server's data folder");
        }
        if (!DataFolder.isDataFolder(folder)) {
            throw Failure.ofInput(folder + ": is not a data folder; give the one that 'tocsin serve --data' was given");
        }
        return folder;
    }
}
