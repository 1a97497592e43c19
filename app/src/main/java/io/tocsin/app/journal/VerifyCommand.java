package io.tocsin.app.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.app.Failure;
import io.tocsin.app.Tocsin;
import io.tocsin.app.text.TextTable;
import io.tocsin.http.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin journal verify DIR}: reads everything and says whether it is whole. Main thread. */
@Command(
        name = "verify",
        description = {
            "Reads everything in a data folder and checks it.",
            "Looks at checksums, at numbers without gaps and at the form of each record; of a running server's folder, at"
                    + " what is committed."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Tocsin.Version.class,
        footerHeading = "Examples:%n",
        footer = {"  tocsin journal verify data", "  tocsin journal verify data --json | jq .events.records"},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all is whole",
            "1:something is damaged or missing; a line on standard error says where it begins",
            "2:wrong usage, or DIR is not a data folder"
        })
final class VerifyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final FolderParameter folder = new FolderParameter();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        return folder.read(path -> {
            List<PartReport> reports = parts(path).stream().map(Part::verify).toList();
            PrintWriter out = spec.commandLine().getOut();
            out.print(json ? json(reports) + "\n" : table(reports));
            out.flush();
            refuse(reports);
        });
    }

    private static void refuse(List<PartReport> reports) {
        for (PartReport report : reports) {
            if (report.problem() != null) {
                throw Failure.ofRun(report.problem(), null);
            }
        }
    }

    /** All that is looked through, in the order of what matters most. */
    private static List<Part> parts(Path folder) {
        return List.of(new EventsPart(folder), new AlertsPart(folder), new SnapshotsPart(folder));
    }

    private static String table(List<PartReport> reports) {
        TextTable table = TextTable.ofWords("");
        table.row(List.of("", "files", "records", "first", "last", "first at", "last at", "whole"));
        for (PartReport report : reports) {
            boolean empty = report.records() == 0;
            table.row(List.of(
                    report.name(),
                    number(report.files()),
                    number(report.records()),
                    empty ? "-" : number(report.first()),
                    empty ? "-" : number(report.last()),
                    empty ? "-" : Json.instant(report.firstNs()),
                    empty ? "-" : Json.instant(report.lastNs()),
                    report.problem() == null ? "yes" : "no"));
        }
        return table.toString();
    }

    private static String json(List<PartReport> reports) {
        byte[] bytes = Json.bytes(json -> {
            json.writeStartObject();
            json.writeBooleanField("whole", reports.stream().allMatch(report -> report.problem() == null));
            for (PartReport report : reports) {
                json.writeObjectFieldStart(report.name());
                write(json, report);
                json.writeEndObject();
            }
            json.writeEndObject();
        });
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator json, PartReport report) throws IOException {
        json.writeNumberField("files", report.files());
        json.writeNumberField("records", report.records());
        if (report.records() > 0) {
            json.writeNumberField("first", report.first());
            json.writeNumberField("last", report.last());
            json.writeStringField("first_at", Json.instant(report.firstNs()));
            json.writeStringField("last_at", Json.instant(report.lastNs()));
        }
        json.writeStringField("problem", report.problem());
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
