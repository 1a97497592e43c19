package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.view.ClockView;
import io.tocsin.engine.view.DueQuery;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadsApiTest {
    private final ServerFixture server = new ServerFixture();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"INC1", "a/b/c", "/", "a//b", "..", "a b+c%", "é/电话?x=1&y#z;p=1", "stream", "😀", "a\\b\"", "."})
    void shouldFindTicketsOfAnyName(String id) {
        String coded = URLEncoder.encode(id, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
        HttpResponse<String> response = server.get("/v1/tickets/" + coded);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(server.reads.questions).containsExactly(id);
        assertThat(response.body())
                .endsWith("\"status\":\"open\",\"policy\":\"gold\",\"attributes\":{\"vip\":true},\"clocks\":[{"
                        + "\"clock\":\"resolution\",\"cycle\":1,\"state\":\"running\",\"breached\":false,"
                        + "\"started\":\"1970-01-01T00:00:00Z\",\"due\":\"1970-01-01T00:00:01Z\",\"stopped\":null,"
                        + "\"elapsed\":0.000000005,\"target\":0.00000001,\"remaining\":0.000000005}]}");
    }

    @Test
    void shouldFindTicketsWithPlainSlashes() {
        assertThat(server.get("/v1/tickets/a/b").statusCode()).isEqualTo(200);
        assertThat(server.reads.questions).containsExactly("a/b");
    }

    @Test
    void shouldNotFindUnknownTickets() {
        assertProblem(
                server.get("/v1/tickets/unknown%2F1"), 404, "ticket \\\"unknown/1\\\" is not known, or forgotten");
        assertProblem(server.get("/v1/tickets/%C0%80"), 400, "");
        assertProblem(server.get("/v1/tickets/a%FFb"), 400, "");
    }

    @Test
    void shouldAskForWhatIsAboutToBreach() {
        HttpResponse<String> response =
                server.get("/v1/tickets?state=running&breached=false&clock=resolution&within=0.5&limit=7");

        assertThat(response.body()).startsWith("[{\"ticket\":\"A\",\"status\":\"open\",\"policy\":\"gold\",");
        server.get("/v1/tickets");
        assertThat(server.reads.questions)
                .containsExactly(
                        new DueQuery("running", false, "resolution", 500_000_000L, 7),
                        new DueQuery(null, null, null, ClockView.NONE, 50));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/tickets?state=stopped, state: ",
        "/v1/tickets?breached=1, breached: ",
        "/v1/tickets?clock=, clock: ",
        "/v1/tickets?within=soon, within: ",
        "/v1/tickets?within=-1, within: ",
        "/v1/tickets?within=1e999999999, within: ",
        "/v1/tickets?limit=0, limit: ",
        "/v1/tickets?limit=1001, limit: ",
        "/v1/tickets?limit=99999999999999999999, limit: ",
        "/v1/alerts?limit=1001, limit: ",
        "/v1/alerts?after=-1, after: ",
        "/v1/alerts?after=x, after: ",
        "/v1/alerts/stream?after=x, after: ",
        "/v1/alerts/stream?last_event_id=x, last_event_id: ",
        "/v1/stats?window=2h, 'window: \\\"2h\\\" is not possible: expected one of 5m, 15m, 1h, today, all'",
        "/v1/forecast?within=soon, 'within: \\\"soon\\\" is not possible: expected times between commas, like 5m,15m,1h'",
        "'/v1/stats?by=a,,b', by: ",
        "'/v1/stats?by=a,a', by: ",
        "'/v1/stats?by=a,b,c,d,e,f,g,h,i', by: ",
    })
    void shouldNameTheParameterThatIsWrong(String path, String detail) {
        assertProblem(server.get(path), 400, "\"detail\":\"" + detail);
    }

    @Test
    void shouldAnswerFiguresFromWhatIsPrepared() {
        HttpResponse<String> first = server.get("/v1/stats?by=channel,priority");
        HttpResponse<String> second = server.get("/v1/stats?by=channel,priority&window=all");
        server.get("/v1/stats");

        assertThat(first.body())
                .isEqualTo(second.body())
                .startsWith(
                        "{\"as_of\":\"1970-01-01T00:00:00Z\",\"window\":\"all\",\"from\":null,\"to\":\"1970-01-01T00:00:00Z\","
                                + "\"groups\":[{\"key\":{\"channel\":\"x\"},");
        assertThat(server.get("/v1/stats?window=5m").body()).contains("\"window\":\"5m\"");
        assertThat(server.reads.questions).containsExactly(List.of("channel", "priority"), List.of(), List.of());
    }

    @Test
    void shouldGiveMetricsInTheFormatAskedForAndAskTheCoreOnceForEach() {
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> plain = server.get("/metrics");
            assertThat(plain.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(plain.headers().firstValue("Vary")).contains("Accept");
            assertThat(plain.body())
                    .contains("\ntocsin_alerts_total{clock=\"resolution\",kind=\"breach\"} 2.0\n")
                    .contains("\ntocsin_clock_attainment_ratio{clock=\"resolution\"} 0.75\n")
                    .contains("\ntocsin_journal_sync_lag_seconds 0.0015\n")
                    .contains("\ntocsin_ingest_to_apply_seconds_bucket{le=\"5.0E-7\"} 5\n")
                    .contains("\ntocsin_ingest_to_apply_seconds_bucket{le=\"+Inf\"} 6\n")
                    .contains("\ntocsin_ingest_to_apply_seconds_sum 12.0\n")
                    .doesNotContain("attainment_ratio{clock=\"follow_up\"}")
                    .doesNotContain("snapshot_age");
        }
        HttpResponse<String> open = server.send(HttpRequest.newBuilder(server.uri("/metrics"))
                .header("Accept", "application/openmetrics-text")
                .build());
        assertThat(open.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.body()).endsWith("# EOF\n").contains("# UNIT tocsin_detection_lag_seconds seconds\n");
        assertThat(server.reads.questions).containsExactly("gauges", "gauges");
    }

    @Test
    void shouldCountWhatIsNotTaken() {
        server.gate.roomFor(1, Integer.MAX_VALUE);
        server.post(
                "",
                "application/x-ndjson",
                "{}\n{\"ticket\":\"A\",\"type\":\"x\"}\n{\"ticket\":\"B\",\"type\":\"x\"}\n");

        assertThat(server.get("/metrics").body())
                .contains("tocsin_events_rejected_total{reason=\"invalid\"} 1.0\n")
                .contains("tocsin_events_rejected_total{reason=\"full\"} 1.0\n");
    }

    @Test
    void shouldForecastWithinTheTimesThatAreNamed() {
        assertThat(server.get("/v1/forecast?within=30m,2h&by=team").body())
                .startsWith("{\"as_of\":\"1970-01-01T00:00:00Z\",\"counts\":\"clocks that run, ")
                .endsWith("\"within\":[\"30m\",\"2h\"],\"groups\":[{\"key\":{},\"clocks\":"
                        + "{\"resolution\":{\"30m\":30,\"2h\":120}}}]}");
        assertThat(server.get("/v1/forecast").body()).contains("{\"5m\":5,\"15m\":15,\"1h\":60}");
    }

    @Test
    void shouldAskForATicketEachTime() {
        server.get("/v1/tickets/A");
        server.get("/v1/tickets/A");

        assertThat(server.reads.questions).containsExactly("A", "A");
    }

    @Test
    void shouldSayWhenTheEngineDoesNotAnswer() {
        server.reads.fallSilent();
        assertProblem(server.get("/v1/tickets/A"), 503, "the engine has not answered within 300 ms");

        server.reads.stop();
    }

    @Test
    void shouldSayWhenTheEngineHasStopped() {
        server.reads.stop();
        HttpResponse<String> response = server.get("/v1/stats");

        assertProblem(response, 503, "the engine has stopped");
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
    }

    @Test
    void shouldTellLatencyCountersAndPolicy() {
        assertThat(server.get("/v1/latency").body()).startsWith("{\"ingest_to_apply\":{\"count\":1,\"p50_ns\":2,");
        assertThat(server.get("/v1/counters").body()).startsWith("{\"events\":1,\"duplicates\":2,");
        HttpResponse<String> policy = server.get("/v1/policy");
        assertThat(policy.body()).isEqualTo("version: 1 # 政策\n");
        assertThat(policy.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/yaml");
    }

    @Test
    void shouldTellWhetherItIsAliveAndReady() {
        assertThat(server.get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
        HttpResponse<String> ready = server.get("/health/ready");
        assertThat(ready.body()).isEqualTo("{\"status\":\"ready\"}");
        assertThat(ready.statusCode()).isEqualTo(200);

        server.readiness.set(Readiness.RECOVERING);
        HttpResponse<String> recovering = server.get("/health/ready");
        assertThat(recovering.body()).isEqualTo("{\"status\":\"recovering\"}");
        assertThat(recovering.statusCode()).isEqualTo(503);
        assertThat(recovering.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html, wallboard",
        "/index.html, text/html, wallboard",
        "/app.js, text/javascript, answer",
        "/style.css, text/css, margin",
    })
    void shouldServeTheWallboard(String path, String contentType, String content) {
        HttpResponse<String> response = server.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains(content);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(contentType);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @Test
    void shouldServeTheProductsOwnWallboardByDefault() {
        ServerConfig config = ServerConfig.defaults().listeningOn("127.0.0.1", 0);
        try (TocsinServer product = new TocsinServer(
                config,
                server.gate,
                server.reads,
                server.journal,
                () -> 0,
                new TestPolicyDesk(),
                server.timelines,
                server.readiness::get)) {
            HttpResponse<String> response =
                    server.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + product.port() + "/"))
                            .build());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("Tocsin");
        }
    }

    private static void assertProblem(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains(detail);
    }
}
