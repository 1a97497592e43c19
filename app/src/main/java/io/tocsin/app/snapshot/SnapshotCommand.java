package io.tocsin.app.snapshot;

import io.tocsin.app.Failure;
import io.tocsin.app.Remedy;
import io.tocsin.app.Tocsin;
import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.pipeline.Follower;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import io.tocsin.journal.SnapshotFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin snapshot DIR}: makes the next snapshot of a data folder, also while a server runs on it. */
@Command(
        name = "snapshot",
        description = {
            "Makes a snapshot of a data folder, so that the next start need not replay what is in it.",
            "A server that runs on the folder does this by itself; the two do not disturb each other."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Tocsin.Version.class,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done, or there was nothing new",
            "1:failed while running: a damaged folder, a full disk, another snapshot being made",
            "2:wrong usage, or not a data folder"
        })
public final class SnapshotCommand implements Callable<Integer> {
    private static final int END_OF_INPUT = -1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The data folder of a server.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(
            names = "--until-input-ends",
            hidden = true,
            description = "Give up when standard input ends: when the server that started this process is gone.")
    private boolean untilInputEnds;

    @Override
    public Integer call() {
        if (!DataFolder.isDataFolder(folder)) {
            throw Failure.ofInput(folder + ": is not a data folder; give the folder that a server runs on");
        }
        if (untilInputEnds) {
            haltWhenInputEnds();
        }
        long startNs = System.nanoTime();
        try (EventJournal journal = ChronicleEventJournal.readOnly(folder)) {
            OptionalLong position =
                    Follower.run(DataFolder.engineConfig(folder), new PolicyFile(), journal, SnapshotFolder.of(folder));
            print(position, System.nanoTime() - startNs);
            return Tocsin.DONE;
        } catch (IllegalStateException | UncheckedIOException e) {
            throw Failure.ofRun(Remedy.explain(e), e);
        }
    }

    private void print(OptionalLong position, long tookNs) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                position.isEmpty()
                        ? "tocsin: nothing new since the last snapshot"
                        : String.format(
                                "tocsin: snapshot of %,d records made in %.1f s", position.getAsLong(), tookNs / 1e9));
        out.flush();
    }

    private static void haltWhenInputEnds() {
        Thread watcher = new Thread(
                () -> {
                    try {
                        while (System.in.read() != END_OF_INPUT) {
                            // Nothing is ever sent; only the end counts.
                        }
                    } catch (IOException e) {
                        // As good as an end.
                    }
                    Runtime.getRuntime().halt(Tocsin.FAILED);
                },
                "tocsin-parent");
        watcher.setDaemon(true);
        watcher.start();
    }
}
