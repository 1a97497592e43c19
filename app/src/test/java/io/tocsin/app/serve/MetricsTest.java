package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.app.CommandRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What a server says to a scraper, and what of it the examples for Grafana and Prometheus rely on. */
class MetricsTest {
    private static final Path GRAFANA = Path.of("..", "examples", "grafana");
    private static final Path DOCUMENTATION = Path.of("..", "docs", "metrics.md");
    private static final String POLICY = """
            version: 1
            policies:
            - name: fast
              warn: [50%]
              targets: {first_response: 300ms, resolution: 4h, follow_up: 1h}
            """;
    /** Prometheus adds these to what it scrapes, or makes them itself. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void shouldSayHowThingsStand() throws Exception {
        try (TestServer server = started()) {
            OpenMetricsText metrics = openMetrics(server);

            assertThat(metrics.value("tocsin_ready")).isEqualTo(1);
            assertThat(metrics.value("tocsin_events_accepted_total")).isEqualTo(6);
            assertThat(metrics.value("tocsin_events_duplicate_total")).isEqualTo(1);
            assertThat(metrics.value("tocsin_events_orphaned_total")).isEqualTo(1);
            assertThat(metrics.value("tocsin_events_rejected_total{reason=\"invalid\"}"))
                    .isEqualTo(1);
            assertThat(metrics.value("tocsin_tickets_opened_total")).isEqualTo(2);
            assertThat(metrics.value("tocsin_tickets_open")).isEqualTo(2);
            assertThat(metrics.value("tocsin_clocks{clock=\"first_response\",state=\"met\"}"))
                    .isEqualTo(1);
            assertThat(metrics.value("tocsin_clocks{clock=\"first_response\",state=\"breached\"}"))
                    .isEqualTo(1);
            assertThat(metrics.value("tocsin_clocks{clock=\"resolution\",state=\"running\"}"))
                    .isEqualTo(2);
            assertThat(metrics.value("tocsin_clock_attainment_ratio{clock=\"first_response\"}"))
                    .isEqualTo(0.5);
            assertThat(metrics.has("tocsin_clock_attainment_ratio{clock=\"resolution\"}"))
                    .isFalse();
            assertThat(metrics.value("tocsin_alerts_total{clock=\"first_response\",kind=\"breach\"}"))
                    .isEqualTo(1);
            assertThat(metrics.value("tocsin_ingest_to_apply_seconds_count")).isEqualTo(7);
            assertThat(metrics.value("tocsin_detection_lag_seconds_count")).isEqualTo(2);
            assertThat(metrics.value("tocsin_journal_records_total")).isEqualTo(7);
            assertThat(metrics.value("tocsin_ring_slots")).isEqualTo(1 << 14);
            assertThat(metrics.value("tocsin_timers_armed")).isPositive();
            assertThat(metrics.value("jvm_memory_used_bytes{area=\"heap\"}")).isPositive();
            assertThat(metrics.names()).noneMatch(name -> name.endsWith("_created"));
        }
    }

    @Test
    void shouldSayTheSameInBothFormatsAndNameNoTicketAndNoAttribute() throws Exception {
        try (TestServer server = started()) {
            HttpResponse<String> plain = get(server, "*/*");
            OpenMetricsText metrics = openMetrics(server);

            assertThat(plain.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(plain.body())
                    .contains("# TYPE tocsin_alerts_total counter\n")
                    .contains("tocsin_clock_attainment_ratio{clock=\"first_response\"} 0.5\n")
                    .doesNotContain("# EOF")
                    .doesNotContain("T1", "a-17");
            for (String name : metrics.names()) {
                assertThat(plain.body()).contains("\n" + name);
            }
            assertThat(get(server, "application/openmetrics-text; version=1.0.0")
                            .body())
                    .doesNotContain("T1", "a-17");
            assertThat(get(server, "application/openmetrics-text;q=0.2, text/plain;q=0.5")
                            .headers()
                            .firstValue("Content-Type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
        }
    }

    @Test
    void shouldAnswerWhileTheEngineCannotBeAsked() throws Exception {
        try (TestServer server = TestServer.open(folder)) {
            OpenMetricsText metrics = openMetrics(server);

            assertThat(metrics.value("tocsin_ready")).isZero();
            assertThat(metrics.names()).contains("tocsin_ring_slots").doesNotContain("tocsin_tickets_open");
        }
    }

    @Test
    void shouldCountAlertsFromTheStartAndEventsFromTheJournalsBeginning() throws Exception {
        try (TestServer server = started()) {
            assertThat(openMetrics(server).has("tocsin_alerts_total{clock=\"first_response\",kind=\"breach\"}"))
                    .isTrue();
        }
        try (TestServer server = TestServer.start(folder.resolve("data"), POLICY)) {
            OpenMetricsText metrics = openMetrics(server);

            assertThat(metrics.names()).doesNotContain("tocsin_alerts_total");
            assertThat(metrics.value("tocsin_events_accepted_total")).isEqualTo(6);
            assertThat(metrics.value("tocsin_clocks{clock=\"first_response\",state=\"breached\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldHaveEveryMetricThatTheExamplesNameAndDocumentAllOfItsOwn() throws Exception {
        try (TestServer server = started()) {
            assertThat(CommandRun.of("snapshot", folder.resolve("data")).exitCode())
                    .isZero();
            Await.until(
                    "the snapshot is told", () -> openMetrics(server).names().contains("tocsin_snapshot_age_seconds"));
            OpenMetricsText metrics = openMetrics(server);
            List<PromQl> expressions = dashboard();
            assertThat(expressions).hasSizeGreaterThan(30);
            expressions.addAll(rules());
            assertThat(expressions).hasSizeGreaterThan(40);

            expressions.forEach(expression -> check(expression, metrics));

            assertThat(documented())
                    .containsAll(metrics.names().stream()
                            .filter(name -> name.startsWith("tocsin_"))
                            .map(name -> name.replaceFirst("(_seconds)_(bucket|count|sum)$", "$1"))
                            .toList());
        }
    }

    @Test
    void shouldFindAWrongNameInAnExpression() throws Exception {
        try (TestServer server = started()) {
            OpenMetricsText metrics = openMetrics(server);

            assertThatThrownBy(() -> check(new PromQl("sum(rate(tocsin_alert_total[5m]))"), metrics))
                    .hasMessageContaining("tocsin_alert_total");
            assertThatThrownBy(() -> check(new PromQl("tocsin_clocks{clocks=\"x\"}"), metrics))
                    .hasMessageContaining("clocks");
            assertThatThrownBy(() -> check(new PromQl("sum by (agent) (tocsin_clocks)"), metrics))
                    .hasMessageContaining("agent");
        }
    }

    @Test
    void shouldFindTextThatIsNoOpenMetrics() {
        for (String wrong : List.of(
                "# TYPE a counter\n# HELP a x\na_total 1\n",
                "# TYPE a counter\n# HELP a x\na 1\n# EOF\n",
                "# TYPE a gauge\n# HELP a x\na 1\na 2\n# EOF\n",
                "# TYPE a gauge\n# UNIT a seconds\n# HELP a x\na 1\n# EOF\n",
                "# TYPE a gauge\n# HELP a x\na{b=\"\\x\"} 1\n# EOF\n",
                "# TYPE a gauge\n# HELP a x\na 1\n# TYPE b gauge\n# HELP b x\nb 1\na{c=\"d\"} 1\n# EOF\n",
                "# TYPE a histogram\n# HELP a x\na_bucket{le=\"1.0\"} 3\na_bucket{le=\"+Inf\"} 2\na_count 2\na_sum 1\n# EOF\n")) {
            assertThatThrownBy(() -> new OpenMetricsText(wrong)).as(wrong).isInstanceOf(AssertionError.class);
        }
    }

    /** One breach, one answer in time, a duplicate, an orphan and something invalid. */
    private TestServer started() throws Exception {
        TestServer server = TestServer.start(folder.resolve("data"), POLICY);
        Api api = server.api();
        api.accept(
                Api.JSON,
                "[{\"ticket\":\"T1\",\"type\":\"opened\",\"attributes\":{\"agent\":\"a-17\"}},"
                        + "{\"ticket\":\"T2\",\"type\":\"opened\"},"
                        + "{\"ticket\":\"T2\",\"type\":\"responded\",\"id\":\"1\"},"
                        + "{\"ticket\":\"T2\",\"type\":\"responded\",\"id\":\"1\"},"
                        + "{\"ticket\":\"T9\",\"type\":\"responded\"},"
                        + "{\"ticket\":\"T2\",\"type\":\"updated\"},{}]",
                6);
        Await.until(
                "a breach is noticed",
                () -> openMetrics(server).has("tocsin_alerts_total{clock=\"first_response\",kind=\"breach\"}"));
        return server;
    }

    private static void check(PromQl expression, OpenMetricsText metrics) {
        Set<String> labels = new HashSet<>(OF_PROMETHEUS);
        for (Map.Entry<String, Set<String>> used : expression.metrics().entrySet()) {
            String name = used.getKey();
            if (!name.equals("up")) {
                assertThat(metrics.names()).contains(name);
            }
            Set<String> has = new HashSet<>(OF_PROMETHEUS);
            has.addAll(metrics.labels(name));
            assertThat(has).as("labels of " + name).containsAll(used.getValue());
            labels.addAll(has);
        }
        assertThat(labels).as("labels to group by").containsAll(expression.groupedBy());
    }

    private static List<PromQl> dashboard() throws IOException {
        List<PromQl> expressions = new ArrayList<>();
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(GRAFANA.resolve("tocsin-dashboard.json")));
        assertThat(dashboard.findValuesAsText("uid")).containsOnly("tocsin", "${datasource}");
        dashboard.findValuesAsText("expr").forEach(expr -> expressions.add(new PromQl(expr)));
        dashboard.findValuesAsText("definition").forEach(query -> expressions.add(PromQl.ofVariable(query)));
        Set<Integer> ids = new HashSet<>();
        dashboard
                .get("panels")
                .forEach(panel -> assertThat(ids.add(panel.get("id").asInt())).isTrue());
        return expressions;
    }

    @SuppressWarnings("unchecked")
    private static List<PromQl> rules() throws IOException {
        List<PromQl> expressions = new ArrayList<>();
        Map<String, Object> file = new Yaml().load(Files.readString(GRAFANA.resolve("tocsin-rules.yaml")));
        for (Map<String, Object> group : (List<Map<String, Object>>) file.get("groups")) {
            for (Map<String, Object> rule : (List<Map<String, Object>>) group.get("rules")) {
                assertThat(rule).containsKeys("alert", "expr", "labels", "annotations");
                expressions.add(new PromQl((String) rule.get("expr")));
            }
        }
        return expressions;
    }

    private static Set<String> documented() throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher name = Pattern.compile("`(tocsin_[a-z_]+)").matcher(Files.readString(DOCUMENTATION));
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }

    private static OpenMetricsText openMetrics(TestServer server) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(
                server,
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        return new OpenMetricsText(answer.body());
    }

    private static HttpResponse<String> get(TestServer server, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.live().port() + "/metrics"))
                .header("Accept", accept)
                .build();
        HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }
}
