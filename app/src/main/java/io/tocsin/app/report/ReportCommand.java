package io.tocsin.app.report;

import io.tocsin.app.Failure;
import io.tocsin.app.PolicyOption;
import io.tocsin.app.Remedy;
import io.tocsin.app.Tocsin;
import io.tocsin.app.document.Document;
import io.tocsin.app.document.Format;
import io.tocsin.app.replay.Source;
import io.tocsin.app.replay.Sources;
import io.tocsin.app.report.Report.Part;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.http.json.Rfc3339;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin report}: what a day, a month or a quarter came to. */
@Command(
        name = "report",
        description = {
            "Reports what a day, a month or a quarter came to.",
            "Everything is replayed, so that any day in the past can be reported, and the same day again."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Tocsin.Version.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  tocsin report --data data --day yesterday",
            "  tocsin report --data data --month 2026-11 --format html --out november.html",
            "  tocsin report --data events.ndjson --policy policy.yaml --day 2026-11-21 \\",
            "                --table response_times --format csv --lang zh"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:failed while running", "2:wrong usage, an invalid policy or a missing file"})
public final class ReportCommand implements Callable<Integer> {
    private static final long MILLISECOND_NS = 1_000_000L;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final long ALL = Long.MAX_VALUE;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE",
            required = true,
            description = "A server's data folder, or a file of events (.ndjson, .ndjson.gz, or - for standard input).")
    @SuppressWarnings("NullAway.Init")
    private String data;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy file (YAML). A data folder brings its own; another one tries its events again.")
    @Nullable
    private Path policy;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private PeriodOptions period;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description =
                    "Only what had arrived by then, like 2026-11-22T00:00:00+08:00: the report as it was made then.")
    @Nullable
    private String asOf;

    @Option(
            names = "--where",
            paramLabel = "ATTR=VALUE",
            description = "Only tickets with this attribute; more than once: with all of these.")
    private List<String> where = List.of();

    @Option(
            names = "--by",
            paramLabel = "ATTR",
            split = ",",
            description = "Who has a row of response times (default: agent).")
    private List<String> by = List.of(PastTicket.AGENT);

    @Option(
            names = "--category",
            paramLabel = "ATTR",
            description = "The attribute that says what a ticket is about (default: ${DEFAULT-VALUE}).")
    private String category = "category";

    @Option(
            names = "--standard",
            paramLabel = "FIGURE=LIMIT",
            description =
                    "What a figure is held against, like first_contact_resolution=80%%, average_waiting=2m or nps=none.")
    private List<String> standards = List.of();

    @Option(
            names = "--review",
            paramLabel = "SHARE",
            description = "How many of each day's tickets are drawn for review (default: ${DEFAULT-VALUE}).")
    private String review = "20%";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Draws other tickets for review; the same seed draws the same ones (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            split = ",",
            description = "Only these tables: key_figures, out_of_line, trend, late_by_category, below_standard, best,"
                    + " response_times, by_category, by_hour, reviews. A file of CSV holds one, response_times unless"
                    + " another is named.")
    private List<String> tables = List.of();

    @Option(
            names = "--format",
            paramLabel = "text|csv|json|html",
            description = "What the report is written as (default: ${DEFAULT-VALUE}).")
    private String format = "text";

    @Option(
            names = "--lang",
            paramLabel = "en|zh",
            description = "The language of headings (default: ${DEFAULT-VALUE}).")
    private String lang = "en";

    @Option(names = "--out", paramLabel = "FILE", description = "Write the report there instead of standard output.")
    @Nullable
    private Path out;

    @Override
    public Integer call() {
        Format asked = choice("--format", format, Format.class);
        Language language = choice("--lang", lang, Language.class);
        Standards limits = Standards.of(standards);
        Where tickets = Where.of(where);
        Sample sample = new Sample(share(), seed);
        long asOfNs = asOfNs();
        try {
            Source source = open();
            PolicySet policies = policies(asOfNs);
            Instant now = asOfNs == ALL ? Instant.now() : Instant.ofEpochMilli(asOfNs / MILLISECOND_NS);
            Period about = period.period(LocalDate.ofInstant(now, policies.timezone()), policies.timezone());
            List<Part> parts = parts(about, asked);
            PastRun run = PastRun.of(
                    source, policy == null ? null : policies, policies.figures(), about, tickets, endNs(asOfNs));
            Request request = new Request(run, about, language, limits, by, category, sample);
            write(asked, Report.of(request, parts, data, tickets));
            return Tocsin.DONE;
        } catch (IOException e) {
            throw Failure.ofRun(data + ": cannot be read (" + e.getMessage() + ")", e);
        } catch (IllegalStateException | UncheckedIOException e) {
            throw Failure.ofRun(Remedy.explain(e), e);
        }
    }

    private Source open() {
        return Sources.open(
                "report", data, policy == null, false, spec.commandLine().getErr());
    }

    private PolicySet policies(long asOfNs) {
        if (policy != null) {
            return PolicyOption.read(policy);
        }
        return Sources.lastPolicy(Path.of(data), asOfNs)
                .orElseThrow(() -> Failure.ofInput("report: " + data + " has no policy"
                        + (asOfNs == ALL ? "" : " yet at " + asOf) + "; give one with --policy FILE"));
    }

    /** A server's day is not over before it is; what a file says nothing about did not happen. */
    private long endNs(long asOfNs) {
        return Sources.isDataFolder(data) ? Math.min(asOfNs, System.currentTimeMillis() * MILLISECOND_NS) : asOfNs;
    }

    private long asOfNs() {
        if (asOf == null) {
            return ALL;
        }
        long instantNs = Rfc3339.parse(asOf);
        if (instantNs == Rfc3339.NOT_A_TIME || instantNs == Rfc3339.OUT_OF_RANGE) {
            throw Failure.ofInput(
                    "report: --as-of '" + asOf + "' is no instant with offset, like 2026-11-22T00:00:00+08:00");
        }
        return instantNs;
    }

    private List<Part> parts(Period about, Format asked) {
        List<Part> parts = new ArrayList<>();
        for (String name : tables) {
            Part part = Part.of(name)
                    .orElseThrow(() -> Failure.ofInput(
                            "report: --table '" + name + "' is none of " + String.join(", ", Part.keys())));
            if (!part.isOf(about.kind())) {
                throw Failure.ofInput("report: there is no table " + name + " of "
                        + about.kind().name().toLowerCase(Locale.ROOT) + "s; it needs "
                        + (part.isOf(Period.Kind.SPAN) ? "more than a day" : "--month"));
            }
            parts.add(part);
        }
        if (asked == Format.CSV && parts.size() > 1) {
            throw Failure.ofInput("report: a file of CSV holds one table, --table gives " + parts.size()
                    + "; name one, or choose another format");
        }
        if (parts.isEmpty()) {
            return asked == Format.CSV ? List.of(Part.RESPONSE_TIMES) : Report.partsOf(about.kind());
        }
        return parts;
    }

    private BigDecimal share() {
        String digits = review.endsWith("%") ? review.substring(0, review.length() - 1) : "";
        if (!digits.matches("\\d{1,3}(\\.\\d{1,3})?") || new BigDecimal(digits).compareTo(HUNDRED) > 0) {
            throw Failure.ofInput("report: --review '" + review + "' is no share from 0% to 100%, like 20%");
        }
        return new BigDecimal(digits).movePointLeft(2);
    }

    private void write(Format asked, Document report) {
        byte[] bytes = asked.bytes(report);
        if (out == null) {
            PrintWriter writer = spec.commandLine().getOut();
            writer.print(new String(bytes, StandardCharsets.UTF_8));
            writer.flush();
            return;
        }
        try {
            Files.write(out, bytes);
        } catch (IOException e) {
            throw Failure.ofRun(out + ": cannot be written (" + e + "); check that its folder exists and has room", e);
        }
    }

    private static <E extends Enum<E>> E choice(String option, String value, Class<E> type) {
        for (E each : type.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(value)) {
                return each;
            }
        }
        throw Failure.ofInput("report: " + option + " '" + value + "' is none of "
                + String.join(
                        ", ",
                        Arrays.stream(type.getEnumConstants())
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .toList()));
    }
}
