package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.app.serve.Api.Answer;
import io.tocsin.http.ServerConfig;
import io.tocsin.journal.ChronicleEventJournal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole server does with what it cannot take. */
class IntakeTest {
    private static final String POLICY = "version: 1\npolicies: [{name: all, targets: {first_response: 1h}}]\n";
    private static final int LEAST_RING = 64;
    private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long COMMIT_NS = 20 * PATIENCE_NS;

    @TempDir
    Path folder;

    @Test
    void shouldTakeTheGoodEventsOfABatchAndSayWhatIsWrongWithTheOthers() throws Exception {
        String future = Instant.now().plusSeconds(3_600).toString();
        List<String> lines = List.of(
                "{\"ticket\":\"good-1\",\"type\":\"opened\"}",
                "{\"type\":\"opened\"}",
                "{\"ticket\":\"x\",\"type\":7}",
                "{\"ticket\":\"late\",\"type\":\"opened\",\"at\":\"" + future + "\"}",
                "{\"ticket\":\"" + "t".repeat(129) + "\",\"type\":\"opened\"}",
                "{\"ticket\":",
                "{\"ticket\":\"good-2\",\"type\":\"opened\"}");
        try (TestServer server = TestServer.start(folder, POLICY)) {
            Answer answer = server.api().post(Api.NDJSON, String.join("\n", lines));

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().get("accepted").asInt()).isEqualTo(2);
            assertThat(answer.json().get("rejected").asInt()).isEqualTo(5);
            JsonNode errors = answer.json().get("errors");
            assertThat(errors.findValuesAsText("index")).containsExactly("1", "2", "3", "4", "5");
            List<String> details = errors.findValuesAsText("detail");
            assertThat(details.get(0)).contains("ticket").contains("missing");
            assertThat(details.get(1)).contains("type").contains("7");
            assertThat(details.get(2)).contains("at").contains(future.substring(0, 19));
            assertThat(details.get(3)).contains("ticket").contains("129").contains("128");
            assertThat(details.get(4)).containsIgnoringCase("json");
            assertThat(server.api().get("/v1/tickets/good-1").status()).isEqualTo(200);
            assertThat(server.api().get("/v1/tickets/good-2").status()).isEqualTo(200);
            assertThat(server.api().get("/v1/tickets/late").status()).isEqualTo(404);
        }
    }

    @Test
    void shouldRefuseAsAWholeWhatCannotBeRead() throws Exception {
        ServeConfig config = TestServer.config(folder);
        ServerConfig http = config.http().withMaxBodyLength(1 << 10);
        try (TestServer server =
                TestServer.open(config.withHttp(http), new SystemEpochNanoClock(), ChronicleEventJournal::open)) {
            server.start(POLICY);
            Api api = server.api();
            assertProblem(api.post(Api.JSON, "[{\"ticket\":\"a\",\"type\":\"opened\"},{"), 400, "JSON");
            assertProblem(api.post(Api.JSON, "{\"ticket\":\"a\",\"type\":\"Opened\"}"), 422, "type");
            assertProblem(api.post(Api.NDJSON, " ".repeat(1 << 10) + "\n"), 413, "1024");
            assertProblem(api.post("text/csv", "a;b"), 415, "text/csv");
            assertThat(api.counters().get("events").asInt()).isZero();
        }
    }

    @Test
    void shouldSendAwayWithANumberWhenTheEngineIsFullAndCompleteFromThere() throws Exception {
        List<String> events = IntStream.range(0, 300)
                .mapToObj(i -> "{\"ticket\":\"T" + i + "\",\"type\":\"opened\",\"id\":\"e" + i + "\"}")
                .toList();
        List<Integer> statuses = new ArrayList<>();
        try (TestServer server = TestServer.open(
                smallAndHasty(), new SystemEpochNanoClock(), JournalOnDisk.that(IntakeTest::takeLong))) {
            server.start(POLICY);
            int accepted = 0;
            while (accepted < events.size()) {
                String rest = events.stream().skip(accepted).collect(Collectors.joining("\n"));
                Answer answer = server.api().post(Api.NDJSON, rest);
                statuses.add(answer.status());
                accepted += answer.json().get("accepted").asInt();
                if (answer.status() == 429) {
                    assertThat(answer.header("Retry-After")).isNotEmpty();
                    assertThat(answer.text()).contains("the engine is full");
                }
            }
            Await.until(
                    "all tickets are open",
                    () -> server.api().counters().get("open_tickets").asInt() == 300);
            JsonNode counters = server.api().counters();
            assertThat(counters.get("events").asInt()).isEqualTo(300);
            assertThat(counters.get("duplicates").asInt()).isZero();
        }
        assertThat(statuses).contains(429).endsWith(200).containsOnly(429, 200);
    }

    /** Far longer for a batch than a sender's patience with a full ring. */
    private static void takeLong() {
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < COMMIT_NS) {
            LockSupport.parkNanos(COMMIT_NS);
        }
    }

    private ServeConfig smallAndHasty() {
        ServeConfig config = TestServer.config(folder);
        ServerConfig http = config.http();
        return config.withEngine(new ServeConfig.EngineSettings(Idle.QUIET, LEAST_RING, OptionalInt.empty()))
                .withHttp(new ServerConfig(
                        http.host(),
                        http.port(),
                        http.maxBodyLength(),
                        http.maxFutureSkewNs(),
                        http.applyTimeoutMs(),
                        PATIENCE_NS,
                        http.answerTimeoutMs(),
                        0,
                        http.streamCommentMs(),
                        http.streamPatienceMs(),
                        http.maxStreams(),
                        http.wallboardFolder()));
    }

    private static void assertProblem(Answer answer, int status, String detail) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text()).contains(detail);
    }
}
