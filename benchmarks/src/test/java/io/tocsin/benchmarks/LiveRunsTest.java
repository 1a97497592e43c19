package io.tocsin.benchmarks;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.http.Audience;
import io.tocsin.engine.pipeline.SyncLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the runs with a whole engine rest on: everything that is sent is seen. Nothing is measured here. */
class LiveRunsTest {
    private static final int RATE = 3_000;
    private static final int PER_SECOND = 100;

    @TempDir
    private Path folder;

    @Test
    void shouldSeeEachEventAndEachDeadline() throws Exception {
        try (LatencyRig rig =
                new LatencyRig(SyncLevel.ALWAYS, RATE, BackoffIdleStrategy::new, BackoffIdleStrategy::new)) {
            rig.load(1);
            assertThat(rig.watch().applied().getTotalCount()).isEqualTo(RATE);
            assertThat(rig.watch().durable().getTotalCount()).isEqualTo(RATE);
            assertThat(rig.watch().batches().getTotalCount()).isBetween(1L, (long) RATE);
            rig.timers(1, PER_SECOND);
            assertThat(rig.detected().getTotalCount()).isEqualTo(PER_SECOND);
        }
    }

    @Test
    void shouldLookAtEachDeadlineInTheBareLoop() throws Exception {
        assertThat(BareLoop.run(1, PER_SECOND).getTotalCount()).isEqualTo(PER_SECOND);
    }

    @Test
    void shouldFindWhatTheFlowForetellsAloneAndInThePipeline() throws Exception {
        for (String subject : List.of("core", "pipeline")) {
            assertThat(PipelineRun.measure(subject, PipelineRun.LEAST_TICKETS)).contains("events=");
        }
    }

    @Test
    void shouldSeeWhatAnAudienceSees() throws Exception {
        AudienceRun.Settings few =
                new AudienceRun.Settings(7, 14, 1_000, 1, SECONDS.toNanos(1), SECONDS.toNanos(1), SECONDS.toNanos(2));
        AudienceRun.run(few, List.of("balanced")).write(folder);

        JsonNode rows = new ObjectMapper().readTree(onlyFile().toFile()).get("rows");
        assertThat(rows.findValuesAsText("subject"))
                .containsOnlyOnceElementsOf(
                        Stream.of(Audience.Age.values()).map(Object::toString).toList())
                .contains("deadline noticed", "batch acknowledged");
        for (JsonNode row : rows) {
            assertThat(row.get("count").asLong()).as("%s", row).isPositive();
        }
    }

    @Test
    void shouldWriteResultsInTheCommonForm() throws Exception {
        Results results = new Results("some");
        results.row("core", "throughput").put("ns", 12L);
        results.write(folder);

        JsonNode json = new ObjectMapper().readTree(onlyFile().toFile());
        assertThat(json.fieldNames()).toIterable().containsExactly("run", "machine", "at", "stolen", "rows");
        assertThat(json.get("rows").get(0).toString())
                .isEqualTo("{\"subject\":\"core\",\"task\":\"throughput\",\"ns\":12}");
    }

    private Path onlyFile() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("target/results"))) {
            return files.toList().get(0);
        }
    }
}
