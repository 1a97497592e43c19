package io.tocsin.app.explain;

import io.tocsin.app.PolicyOption;
import io.tocsin.app.Tocsin;
import io.tocsin.app.policyfile.PolicyResult;
import io.tocsin.app.text.InstantConverter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin policy explain FILE}: which policy a ticket gets, why, and what happens when. Main thread. */
@Command(
        name = "explain",
        description = {
            "Shows which policy a ticket with these attributes gets, why none before it, and for each of its clocks when it",
            "would be due, warned of and escalated if it started at an instant."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Tocsin.Version.class,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done, also when no policy matches", "2:wrong usage, or the file has mistakes"})
public final class ExplainCommand implements Callable<Integer> {
    private final Clock clock;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The policy file (YAML).")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--attributes",
            paramLabel = "NAME=VALUE,…",
            converter = GivenAttributes.Converter.class,
            description = {
                "What is known about the ticket, such as channel=phone,grade=A.",
                "A name ends at its first =, a value at the next comma. For commas and spaces at its ends, put a value into"
                        + " double quotes, or a backslash before the character: team=\"A, B\" or team=A\\, B."
            })
    private GivenAttributes attributes = GivenAttributes.NONE;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            converter = InstantConverter.class,
            description =
                    "When the clocks start: RFC 3339 with offset, such as 2026-11-22T18:00:00+08:00. Default: now.")
    @Nullable
    private Long atNs;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** The command for the command line, on the machine's clock. */
    public ExplainCommand() {
        this(Clock.systemUTC());
    }

    /** The command on a clock of its own, for tests. */
    ExplainCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Instant now = clock.instant();
        Optional<PolicyResult.Valid> valid = PolicyOption.check(file, now, err);
        if (valid.isEmpty()) {
            return Tocsin.INVALID_INPUT;
        }
        long startNs = atNs == null ? epochNs(now) : atNs;
        Explanation explanation = Explanation.of(valid.get().policySet(), attributes.values(), startNs);
        explanation.unknown().forEach(unknown -> err.println(file + ": hint: " + unknown.hint()));
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? ExplanationJson.of(explanation) + "\n" : ExplanationText.of(explanation));
        out.flush();
        return Tocsin.DONE;
    }

    private static long epochNs(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
}
