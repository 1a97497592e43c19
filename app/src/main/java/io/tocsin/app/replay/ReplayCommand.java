package io.tocsin.app.replay;

import io.tocsin.app.Failure;
import io.tocsin.app.PolicyOption;
import io.tocsin.app.Remedy;
import io.tocsin.app.Tocsin;
import io.tocsin.engine.core.EngineViews;
import io.tocsin.engine.policy.PolicySet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin replay SOURCE}: what the engine makes of past events. */
@Command(
        name = "replay",
        description = {
            "Runs events through the engine, in event time, as fast as it can.",
            "The same events and policy give the same alerts and the same state hash, on any machine."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Tocsin.Version.class,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed while running",
            "2:wrong usage, an invalid policy or a missing file; with --strict an invalid event"
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final double SECOND_NS = 1e9;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SOURCE",
            description = "A file of events (.ndjson, .ndjson.gz, or - for standard input), or a server's data folder.")
    @SuppressWarnings("NullAway.Init")
    private String source;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy file (YAML). A data folder brings its own; another one tries its events again.")
    @Nullable
    private Path policy;

    @Option(
            names = "--until",
            paramLabel = "INSTANT|end",
            converter = Until.Converter.class,
            description = "Move time on after the last event: to an instant, or until every timer has run out.")
    private Until until = Until.LAST_EVENT;

    @Option(names = "--alerts", paramLabel = "FILE", description = "Write the alerts there, one JSON object a line.")
    @Nullable
    private Path alerts;

    @Option(
            names = "--tickets",
            paramLabel = "FILE",
            description = "Write the tickets there with their clocks, one JSON object a line, in first-seen order.")
    @Nullable
    private Path tickets;

    @Option(names = "--stats", paramLabel = "FILE", description = "Write the figures there, as JSON.")
    @Nullable
    private Path stats;

    @Option(names = "--by", paramLabel = "ATTR", split = ",", description = "Group the figures by attributes.")
    private List<String> by = List.of();

    @Option(names = "--strict", description = "End with exit code 2 at the first invalid event.")
    private boolean strict;

    @Option(names = "--json", description = "Print the summary as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        long startNs = System.nanoTime();
        PolicySet policies = policy == null ? null : PolicyOption.read(policy);
        Source records = Sources.open(
                "replay", source, policy == null, strict, spec.commandLine().getErr());
        try (Outputs outputs = new Outputs(alerts, tickets, stats)) {
            EngineViews views = new Replay(records, policies, outputs).run(until, by);
            double seconds = (System.nanoTime() - startNs) / SECOND_NS;
            print(Summary.of(views, records.rejected(), seconds));
            return Tocsin.DONE;
        } catch (IOException e) {
            throw Failure.ofRun(source + ": cannot be read (" + e.getMessage() + ")", e);
        } catch (IllegalStateException | UncheckedIOException e) {
            throw Failure.ofRun(Remedy.explain(e), e);
        }
    }

    private void print(Summary summary) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? summary.json() + "\n" : summary.table());
        out.flush();
    }
}
