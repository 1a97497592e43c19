package io.tocsin.app.whatif;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.app.Failure;
import io.tocsin.app.PolicyOption;
import io.tocsin.app.Remedy;
import io.tocsin.app.Tocsin;
import io.tocsin.app.replay.Source;
import io.tocsin.app.replay.Sources;
import io.tocsin.app.replay.Until;
import io.tocsin.app.text.InstantConverter;
import io.tocsin.app.whatif.Comparison.Span;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.http.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin whatif}: what another policy would have made of past events. Main thread. */
@Command(
        name = "whatif",
        description = {
            "Runs the same events under an old and a new policy and shows what that changes: the figures of each clock, and",
            "the tickets whose promises would have been kept instead of broken, or broken instead of kept."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Tocsin.Version.class,
        footerHeading = "Examples:%n",
        footer = {
            "  tocsin whatif --data data --policy new.yaml",
            "  tocsin whatif --data data --policy new.yaml --from 2026-07-01T00:00:00+08:00 --to 2026-10-01T00:00:00+08:00",
            "  tocsin whatif --data events.ndjson.gz --policy new.yaml --against old.yaml --by team --tickets flips.ndjson"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done, whatever changes",
            "1:failed while running: the events cannot be read, or the flips cannot be written",
            "2:wrong usage, an invalid policy or a missing file"
        })
public final class WhatIfCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE",
            required = true,
            description =
                    "A server's data folder, whose server may be running, or a file of events (.ndjson, .ndjson.gz,"
                            + " or - for standard input).")
    @SuppressWarnings("NullAway.Init")
    private String data;

    @Option(
            names = "--policy",
            paramLabel = "NEW",
            required = true,
            description = "The new policy file (YAML), tried from the first event on.")
    @SuppressWarnings("NullAway.Init")
    private Path policy;

    @Option(
            names = "--against",
            paramLabel = "OLD",
            description =
                    "The old policy file. Without it, the policies that a data folder was run with, as they came into"
                            + " force; a file of events needs it.")
    @Nullable
    private Path against;

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            converter = InstantConverter.class,
            description = "Only clocks that started at this instant or later: RFC 3339 with offset.")
    private long fromNs = Span.ALL.fromNs();

    @Option(
            names = "--to",
            paramLabel = "INSTANT",
            converter = InstantConverter.class,
            description = "Only clocks that started before this instant.")
    private long toNs = Span.ALL.toNs();

    @Option(names = "--by", paramLabel = "ATTR", split = ",", description = "Also the figures by these attributes.")
    private List<String> by = List.of();

    @Option(
            names = "--until",
            paramLabel = "INSTANT|end",
            converter = Until.Converter.class,
            description = "Move time on after the last event: to an instant, or until every timer has run out.")
    private Until until = Until.LAST_EVENT;

    @Option(
            names = "--tickets",
            paramLabel = "FILE",
            description = "Write everything that flips there, one JSON object a line, the most telling first.")
    @Nullable
    private Path tickets;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (fromNs >= toNs) {
            throw Failure.ofInput("whatif: --from " + Json.instant(fromNs) + " does not lie before --to "
                    + Json.instant(toNs) + "; nothing starts between them");
        }
        Sources.check(data);
        if (against == null && !Sources.isDataFolder(data)) {
            throw Failure.ofInput(
                    "whatif: " + data + " brings no policy to compare with; give one with --against FILE");
        }
        PolicySet changed = PolicyOption.read(policy);
        PolicySet old = against == null ? null : PolicyOption.read(against);
        Source source = Sources.open(
                "whatif", data, old == null, false, spec.commandLine().getErr());
        try {
            Comparison comparison = new Comparison(source, old, changed, new Span(fromNs, toNs), by).run(until);
            if (tickets != null) {
                write(tickets, comparison.flips());
            }
            PrintWriter out = spec.commandLine().getOut();
            out.print(json ? WhatIfJson.of(comparison) + "\n" : WhatIfText.of(comparison));
            out.flush();
            return Tocsin.DONE;
        } catch (IOException e) {
            throw Failure.ofRun(data + ": cannot be read (" + e.getMessage() + ")", e);
        } catch (IllegalStateException | UncheckedIOException e) {
            throw Failure.ofRun(Remedy.explain(e), e);
        }
    }

    private static void write(Path file, List<Flip> flips) {
        try (JsonGenerator lines = Json.lines(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (Flip flip : flips) {
                FlipJson.write(lines, flip);
                Json.endLine(lines);
            }
        } catch (IOException e) {
            throw Failure.ofRun(file + ": cannot be written (" + e + "); check that its folder exists and has room", e);
        }
    }
}
