package io.tocsin.app.journal;

import io.tocsin.app.Tocsin;
import io.tocsin.app.text.Progress;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tocsin journal dump DIR}: the records of a data folder as NDJSON. Main thread. */
@Command(
        name = "dump",
        description = {
            "Prints the events of a data folder, one JSON object a line.",
            "Each can be sent or replayed again as it stands; its position and its arrival stand in front."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Tocsin.Version.class,
        footerHeading = "Examples:%n",
        footer = {
            "  tocsin journal dump data --ticket INC0010023",
            "  tocsin journal dump data --from 2026-11-22T18:00:00+08:00 > evening.ndjson",
            "  tocsin journal dump data | tocsin replay - --policy other.yaml",
            "  tocsin journal dump data --alerts --from 1000 --to 2000 | jq -r .id",
            "  tocsin journal dump data --policies | jq -r 'select(.policy).policy'"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done, also when whoever reads the output had enough",
            "1:the journal is damaged, or the output cannot be written",
            "2:wrong usage, or DIR is not a data folder"
        })
final class DumpCommand implements Callable<Integer> {
    private final OutputStream out;

    @Mixin
    private final FolderParameter folder = new FolderParameter();

    @Mixin
    private final Selection selection = new Selection();

    @Option(
            names = "--from",
            paramLabel = "POSITION|INSTANT",
            converter = Bound.Converter.class,
            description = "Begin with this position, or with the first arrival at this instant or after it; inclusive."
                    + " With --alerts: an alert's number, or the instant at which it was detected.")
    @Nullable
    private Bound from;

    @Option(
            names = "--to",
            paramLabel = "POSITION|INSTANT",
            converter = Bound.Converter.class,
            description =
                    "End before this position, or before the first arrival at this instant or after it; exclusive.")
    @Nullable
    private Bound to;

    DumpCommand() {
        this(StandardOutput.open());
    }

    /** With another standard output, for tests. */
    DumpCommand(OutputStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        return folder.read(path -> dump(selection.entries(path), new Lines(out)));
    }

    private void dump(Entries entries, Lines lines) {
        long start = from == null || from.isInstant() ? 0 : from.value();
        try (Progress progress = progress(entries, to)) {
            entries.visit(start, entry -> {
                if (to != null && to.isReachedBy(entry)) {
                    return false;
                }
                if ((from == null || from.isReachedBy(entry)) && selection.has(entry)) {
                    lines.print(entry);
                }
                progress.to(entry.number());
                return true;
            });
        } finally {
            lines.flush();
        }
    }

    private static Progress progress(Entries entries, @Nullable Bound to) {
        if (StandardOutput.isTerminal()) {
            return Progress.hidden();
        }
        long end = entries.end();
        return Progress.ofRecords("dump", to == null || to.isInstant() ? end : Math.min(to.value(), end));
    }
}
