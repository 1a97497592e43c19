package io.tocsin.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.app.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Made-up events in a file, a policy, and reports of both. */
final class ReportRun {
    static final String POLICY = """
            version: 1
            timezone: Asia/Shanghai
            policies:
            - name: all
              targets: {first_response: 10m, resolution: 80m}
            """;

    private final Path folder;
    private final List<Event> events = new ArrayList<>();
    private int lastTicket;

    private record Event(OffsetDateTime at, String line) {}

    ReportRun(Path folder) {
        this.folder = folder;
    }

    /** The next ticket's id. */
    String next() {
        return "T" + ++lastTicket;
    }

    /** Something happens to a ticket; attributes as JSON without the braces. */
    ReportRun event(String ticket, String type, OffsetDateTime at, String attributes) {
        events.add(new Event(
                at,
                "{\"ticket\":\"%s\",\"type\":\"%s\",\"at\":\"%s\",\"attributes\":{%s}}"
                        .formatted(ticket, type, at.toInstant(), attributes)));
        return this;
    }

    /** A ticket that is opened, answered and resolved. */
    String ticket(OffsetDateTime opened, double answeredMin, double resolvedMin, String attributes) {
        String ticket = next();
        event(ticket, "opened", opened, attributes);
        event(ticket, "responded", after(opened, answeredMin), "");
        event(ticket, "resolved", after(opened, resolvedMin), "");
        return ticket;
    }

    static OffsetDateTime after(OffsetDateTime opened, double minutes) {
        return opened.plusSeconds(Math.round(minutes * 60));
    }

    Path policy() throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), POLICY);
    }

    /** The events in the order of their instants. */
    Path file() throws IOException {
        events.sort(Comparator.comparing(Event::at));
        return Files.write(
                folder.resolve("events.ndjson"),
                events.stream().map(Event::line).toList());
    }

    CommandRun report(Object... options) throws IOException {
        Stream<Object> arguments = Stream.of("report", "--data", file(), "--policy", policy());
        return CommandRun.of(Stream.concat(arguments, Stream.of(options)).toArray());
    }

    /** What a report says, which must be no complaint. */
    String text(Object... options) throws IOException {
        return checked(report(options));
    }

    JsonNode tables(Object... options) throws IOException {
        String json = text(
                Stream.concat(Stream.of("--format", "json"), Stream.of(options)).toArray());
        return new ObjectMapper().readTree(json).path("tables");
    }

    static String checked(CommandRun run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        return run.out();
    }
}
