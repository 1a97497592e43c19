package io.tocsin.app.timeline;

import io.tocsin.app.Failure;
import io.tocsin.app.PolicyOption;
import io.tocsin.app.Remedy;
import io.tocsin.app.Tocsin;
import io.tocsin.app.replay.Source;
import io.tocsin.app.replay.Sources;
import io.tocsin.app.replay.Until;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.timeline.Detections;
import io.tocsin.engine.timeline.Timeline;
import io.tocsin.http.json.Json;
import io.tocsin.http.json.TimelineJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin explain TICKET}: why a promise was kept or broken. Main thread. */
@Command(
        name = "explain",
        description = {
            "Tells how a ticket came to stand where it stands: for each of its clocks what counted and what did not, which",
            "policy decided and why, which event changed what, and when each threshold was crossed. It adds up exactly."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Tocsin.Version.class,
        footerHeading = "Examples:%n",
        footer = {
            "  tocsin explain INC0010023 --data data",
            "  tocsin explain INC0010023 --data events.ndjson.gz --policy policy.yaml --until end",
            "  tocsin explain INC0010023 --data data --json | jq '.clocks[].segments'"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the journal is damaged, or the source cannot be read",
            "2:wrong usage, no such source, or no trace of the ticket in it"
        })
public final class TimelineCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "TICKET", description = "The ticket's id.")
    @SuppressWarnings("NullAway.Init")
    private String ticket;

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE",
            description =
                    "A server's data folder, whose server may be running, or a file of events (.ndjson, .ndjson.gz,"
                            + " or - for standard input). Default: data.")
    private String data = "data";

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

    @Option(names = "--json", description = "Print JSON, as GET /v1/tickets/{id}/timeline does.")
    private boolean json;

    @Override
    public Integer call() {
        Sources.check(data);
        PolicySet policies = policy == null ? null : PolicyOption.read(policy);
        Optional<Timeline> timeline = read(policies);
        if (timeline.isEmpty()) {
            throw Failure.ofInput("explain: there is no event of ticket \"" + ticket + "\" in " + data
                    + "; check the id, which is exact to the letter");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? json(timeline.get()) : TimelineText.of(timeline.get()));
        out.flush();
        return Tocsin.DONE;
    }

    private Optional<Timeline> read(@Nullable PolicySet policies) {
        try {
            if (Sources.isDataFolder(data)) {
                return new JournalTimelines(Path.of(data)).readAll(ticket, policies, until);
            }
            if (policies == null) {
                throw Failure.ofInput("explain: " + data + " brings no policy; give one with --policy FILE");
            }
            return readFile(policies);
        } catch (IOException e) {
            throw Failure.ofRun(data + ": cannot be read (" + e.getMessage() + ")", e);
        } catch (IllegalStateException | UncheckedIOException e) {
            throw Failure.ofRun(Remedy.explain(e), e);
        }
    }

    private Optional<Timeline> readFile(PolicySet policies) throws IOException {
        Source source =
                Sources.open("explain", data, false, false, spec.commandLine().getErr());
        TicketReading reading =
                new TicketReading(ticket, false, source.engineConfig().rememberedIds());
        source.forEach(reading::offer);
        return reading.timeline(policies, until, Detections.NONE);
    }

    private static String json(Timeline timeline) {
        return new String(Json.bytes(out -> TimelineJson.write(out, timeline)), StandardCharsets.UTF_8) + "\n";
    }
}
