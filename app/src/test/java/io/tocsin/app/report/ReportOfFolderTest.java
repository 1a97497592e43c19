package io.tocsin.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.CommandRun;
import io.tocsin.app.serve.ServedFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of a server's data folder: under its own journaled policies, and by another. */
class ReportOfFolderTest {
    @TempDir
    Path folder;

    @Test
    void shouldReportAFolderByItsOwnPolicies() throws Exception {
        Path data = folder.resolve("data");
        Instant noon = LocalDate.now(ZoneOffset.UTC).minusDays(1).atTime(12, 0).toInstant(ZoneOffset.UTC);
        try (ServedFolder served = ServedFolder.open(data)) {
            served.send(
                    event("A", "opened", noon, ",\"attributes\":{\"agent\":\"a\"}"),
                    event("A", "responded", noon.plusSeconds(60), ""),
                    event("A", "resolved", noon.plusSeconds(120), ""));
            assertThat(row(data))
                    .as("while the server runs")
                    .isEqualTo(noon.toString().substring(0, 10) + ",a,1,1.0,,0,");
        }
        Path policy = Files.writeString(
                folder.resolve("policy.yaml"),
                "{version: 1, policies: [{name: slow, targets: {first_response: 1m, resolution: 1m}}]}");

        assertThat(row(data, "--policy", policy)).endsWith(",a,1,1.0,0.0,100,0");
    }

    @Test
    void shouldNeedAPolicyOnce() throws Exception {
        Path data = folder.resolve("data");
        try (ServedFolder served = ServedFolder.open(data)) {
            served.send(event("A", "opened", Instant.now(), ""));
        }
        CommandRun run = CommandRun.of("report", "--data", data, "--day", "today", "--as-of", "2020-01-01T00:00:00Z");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("has no policy yet at 2020-01-01T00:00:00Z");
    }

    private static String row(Path data, Object... options) {
        Object[] arguments = new Object[6 + options.length];
        System.arraycopy(
                new Object[] {"report", "--data", data, "--format", "csv", "--day=yesterday"}, 0, arguments, 0, 6);
        System.arraycopy(options, 0, arguments, 6, options.length);
        return ReportRun.checked(CommandRun.of(arguments))
                .lines()
                .skip(1)
                .findFirst()
                .orElse("");
    }

    private static String event(String ticket, String type, Instant at, String more) {
        return "{\"ticket\":\"%s\",\"type\":\"%s\",\"at\":\"%s\"%s}".formatted(ticket, type, at, more);
    }
}
