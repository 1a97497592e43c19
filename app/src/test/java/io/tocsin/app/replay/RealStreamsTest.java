package io.tocsin.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.app.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real streams of events, which are at hand where the product is built for good, and not part of it. */
class RealStreamsTest {
    /** Maven runs the tests in the module's folder. */
    private static final Path DATA = Path.of("..", "..", "shared", "data");

    private static final Path POLICIES = Path.of("..", "examples", "policies");

    @TempDir
    Path folder;

    @BeforeEach
    void needTheData() {
        assumeTrue(Files.isDirectory(DATA), () -> DATA + " is not there, so no real stream is replayed");
    }

    @Test
    void shouldReplayAYearOfIncidents() throws IOException {
        JsonNode summary = replay("incidents.ndjson.gz", "it-incidents.yaml");
        assertThat(summary.get("events").asInt()).isEqualTo(120_102);
        assertThat(summary.get("tickets").asInt()).isEqualTo(24_918);
        assertThat(summary.get("rejected").asInt()).isZero();
        assertThat(summary.get("duplicates").asInt()).isZero();
        assertThat(sum(summary.get("clocks").get("first_response"))).isEqualTo(24_918);
        assertConsistent(summary);
    }

    @Test
    void shouldReplayAMonthOfCalls() throws IOException {
        JsonNode summary = replay("bank-calls-1999-02.ndjson.gz", "bank-calls.yaml");
        assertThat(summary.get("events").asInt()).isEqualTo(93_223);
        assertThat(summary.get("tickets").asInt()).isEqualTo(33_041);
        assertThat(summary.get("rejected").asInt()).isZero();
        assertThat(summary.get("orphaned").asInt()).isZero();
        JsonNode firstResponse = summary.get("clocks").get("first_response");
        assertThat(sum(firstResponse)).isEqualTo(33_041);
        assertThat(firstResponse.get("running").asInt()).isZero();
        assertConsistent(summary);
    }

    /** Alerts are numbered without gaps and each ticket has its line. */
    private void assertConsistent(JsonNode summary) throws IOException {
        int alertCount = sum(summary.get("alerts"));
        List<String> alerts = Files.readAllLines(folder.resolve("alerts"));
        assertThat(alerts).hasSize(alertCount);
        assertThat(alerts.get(alertCount - 1)).startsWith("{\"seq\":" + alertCount + ",");
        assertThat(Files.readAllLines(folder.resolve("tickets")))
                .hasSize(summary.get("tickets").asInt());
    }

    private JsonNode replay(String events, String policy) throws IOException {
        CommandRun run = CommandRun.of(
                "replay",
                DATA.resolve(events),
                "--policy",
                POLICIES.resolve(policy),
                "--until",
                "end",
                "--alerts",
                folder.resolve("alerts"),
                "--tickets",
                folder.resolve("tickets"),
                "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        return new ObjectMapper().readTree(run.out());
    }

    private static int sum(JsonNode counts) {
        int sum = 0;
        for (JsonNode count : counts) {
            sum += count.asInt();
        }
        return sum;
    }
}
