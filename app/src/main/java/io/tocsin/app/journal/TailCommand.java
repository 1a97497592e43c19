package io.tocsin.app.journal;

import io.tocsin.app.Tocsin;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin journal tail DIR}: the last records of a data folder, and those to come. Main thread. */
@Command(
        name = "tail",
        description = "Prints the last events of a data folder as dump does, and with --follow those that come.",
        mixinStandardHelpOptions = true,
        versionProvider = Tocsin.Version.class,
        footerHeading = "Examples:%n",
        footer = {
            "  tocsin journal tail data",
            "  tocsin journal tail data --follow --ticket INC0010023",
            "  tocsin journal tail data --alerts -n 0 --follow | jq -r .id"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done, also when --follow was ended with Ctrl-C",
            "1:the journal is damaged, or the output cannot be written",
            "2:wrong usage, or DIR is not a data folder"
        })
final class TailCommand implements Callable<Integer> {
    private static final long POLL_MS = 200;

    private final OutputStream out;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final FolderParameter folder = new FolderParameter();

    @Mixin
    private final Selection selection = new Selection();

    @Option(
            names = "-n",
            paramLabel = "N",
            description = "How many; of a --ticket, the last so many of that ticket. Default: ${DEFAULT-VALUE}.")
    private int count = 10;

    @Option(names = "--follow", description = "Go on with what comes, until Ctrl-C.")
    private boolean follow;

    TailCommand() {
        this(StandardOutput.open());
    }

    /** With another standard output, for tests. */
    TailCommand(OutputStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (count < 0) {
            throw new ParameterException(spec.commandLine(), "-n is " + count + ", give 0 or more");
        }
        return folder.read(path -> {
            Entries entries = selection.entries(path);
            Lines lines = new Lines(out);
            Tail tail = Tail.of(entries, selection, count);
            tail.lines().forEach(lines::print);
            lines.flush();
            if (follow) {
                follow(entries, tail.end(), lines);
            }
        });
    }

    private void follow(Entries entries, long from, Lines lines) throws InterruptedException {
        try (Interruption interruption = Interruption.install()) {
            long next = from;
            while (!interruption.await(POLL_MS)) {
                next = printFrom(next, entries, lines);
            }
        }
    }

    private long printFrom(long from, Entries entries, Lines lines) {
        long[] next = {from};
        entries.visit(from, entry -> {
            if (selection.has(entry)) {
                lines.print(entry);
            }
            next[0] = entry.number() + 1;
            return true;
        });
        lines.flush();
        return next[0];
    }
}
