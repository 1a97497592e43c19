package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.ColorScheme;
import io.tocsin.http.ServerConfig;
import io.tocsin.journal.ChronicleEventJournal;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The wallboard in a real Chromium before a real server. The deadline is for what the browser never answers. */
@Timeout(180)
class WallboardTest {
    private static final String POLICY = """
            version: 1
            policies:
            - name: at once
              label: {zh: 立即}
              match: {priority: urgent}
              escalate: [{after: 0s, to: team_lead}]
              targets: {first_response: 300ms}
            - name: rest
              label: {zh: 其他}
              targets: {first_response: 30m, resolution: 4h}
            """;
    private static final int MOST_TRIES = 10;

    private static Chromium chromium;

    @TempDir
    Path folder;

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
    }

    @AfterAll
    static void end() {
        chromium.close();
    }

    @Test
    void shouldShowABreachWithinASecond() throws Exception {
        try (TestServer server = TestServer.start(folder, POLICY);
                BoardPage board = open(server, "/")) {
            board.awaitLive();
            assertThat(board.find("#alerts-empty").isVisible()).isTrue();
            List<Long> lagsMs = new ArrayList<>();
            while (lagsMs.stream().noneMatch(lagMs -> lagMs < 1_000)) {
                assertThat(lagsMs).as("ms from the breach to its row").hasSizeLessThan(MOST_TRIES);
                lagsMs.add(lagOfABreach(server, board, "T" + lagsMs.size()));
            }
            System.out.println("wallboard: a breach was on the page after " + lagsMs + " ms");
            assertThat(board.text("#alerts li:first-child")).contains("Escalation", "First response", "team lead");
        }
    }

    /** From the due instant until the row is there, by the one clock of both. */
    private static long lagOfABreach(TestServer server, BoardPage board, String ticket) throws Exception {
        // Says nothing itself, as its word would be waited for.
        board.evaluate("window.seen = new Promise((found, missed) => { const look = () =>"
                + " [...document.querySelectorAll('#alerts .ticket')].some(row => row.textContent === '" + ticket + "')"
                + " ? found(Date.now()) : setTimeout(look, 5); look();"
                + " setTimeout(() => missed(new Error('no row of " + ticket + " in 20 s')), 20000); }); void 0");
        server.api()
                .accept(
                        Api.JSON,
                        "{\"ticket\":\"" + ticket + "\",\"type\":\"opened\",\"attributes\":{\"priority\":\"urgent\"}}",
                        1);
        long shownMs = ((Number) board.evaluate("window.seen")).longValue();
        String due = server.api()
                .read("/v1/tickets/" + ticket)
                .get("clocks")
                .get(0)
                .get("due")
                .asText();
        return shownMs - Instant.parse(due).toEpochMilli();
    }

    @Test
    void shouldSayThatTheServerIsGoneAndGoOnWhenItIsBack() throws Exception {
        int port;
        BoardPage board;
        try (TestServer server = TestServer.start(folder, POLICY)) {
            open(server, "T1", "{}");
            port = server.live().port();
            board = open(server, "/").awaitLive();
            assertThat(board.find("#banner").isVisible()).isFalse();
        }
        try (board) {
            board.await("document.body.dataset.state === 'gone'");
            assertThat(board.text("#banner")).contains("cannot be reached", "old");
            assertThat(board.text("#link")).isEqualTo("No connection");
            board.screenshot("gone", false);
            ServerConfig http = ServerConfig.defaults().listeningOn("127.0.0.1", port);
            try (TestServer server = TestServer.open(
                    TestServer.config(folder).withHttp(http),
                    new SystemEpochNanoClock(),
                    ChronicleEventJournal::open)) {
                server.start(POLICY);
                board.awaitLive();
                assertThat(board.find("#banner").isVisible()).isFalse();
                assertThat(board.text("#open")).isEqualTo("1");
                board.forgiveComplaints();
            }
        }
    }

    @Test
    void shouldSayThatItsFiguresAreOldWhenTheServerStandsStill() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        try (ServerProcess server = ServerProcess.start(folder, "--data", folder.resolve("data"), "--policy", policy);
                BoardPage board = chromium.page(Chromium.reader(1280, 720))) {
            board.open(server.api().port(), "/").awaitLive();

            server.standStill();
            board.await("document.body.dataset.state === 'stale'");
            assertThat(board.text("#banner")).contains("out of date");

            server.goOn();
            board.awaitLive();
            assertThat(board.find("#banner").isVisible()).isFalse();
            board.forgiveComplaints();
        }
    }

    @Test
    void shouldCountDownToWhatBreachesNextSoonestFirst() throws Exception {
        try (TestServer server = TestServer.start(folder, POLICY)) {
            long nowMs = System.currentTimeMillis();
            openAt(server, "LATER", nowMs - 60_000);
            openAt(server, "SOONEST", nowMs - 1_785_000);
            openAt(server, "SOON", nowMs - 1_000_000);
            try (BoardPage board = open(server, "/").awaitLive()) {
                assertThat(board.texts("#due li:not([hidden]) .ticket"))
                        .containsExactly("SOONEST", "SOON", "LATER", "SOONEST", "SOON", "LATER");
                assertThat(board.find("#due li").first().getAttribute("class")).isEqualTo("soon");
                String before = board.text("#due li:nth-child(2) .left");
                assertThat(before).matches("1[23]:\\d\\d");
                board.await("document.querySelector('#due li:nth-child(2) .left').innerText !== '" + before + "'");
                board.await("document.querySelector('#due li .ticket').innerText !== 'SOONEST'");
                board.await("document.querySelector('#alerts li .ticket')?.innerText === 'SOONEST'");
                assertThat(board.text("#alerts li .kind")).isEqualTo("Breach");
            }
        }
    }

    @Test
    void shouldShowAViewByItsAddress() throws Exception {
        try (TestServer server = TestServer.start(folder, POLICY)) {
            open(server, "B1", "{\"team\":\"billing\",\"channel\":\"phone\"}");
            open(server, "B2", "{\"team\":\"billing\",\"channel\":\"chat\"}");
            open(server, "B3", "{\"team\":\"billing\",\"channel\":\"chat\"}");
            open(server, "S1", "{\"team\":\"sales & more\",\"channel\":\"chat\",\"priority\":\"urgent\"}");
            open(server, "N1", "{}");
            try (BoardPage board = open(server, "/?by=team").awaitLive()) {
                assertThat(board.text("#view")).isEqualTo("All tickets");
                assertThat(board.text("#open")).isEqualTo("5");
                assertThat(board.texts("#groups th")).containsExactly("billing", "none", "sales & more");

                board.find("#groups a").first().click();
                board.await("document.querySelector('#open').innerText === '3'");
                assertThat(board.page().url()).endsWith("/?team=billing");
                assertThat(board.text("#view")).isEqualTo("team billing");
                assertThat(board.texts("#due .ticket"))
                        .isNotEmpty()
                        .allSatisfy(ticket -> assertThat(ticket).startsWith("B"));
                assertThat(board.texts("#groups th")).containsExactly("chat", "phone");
                assertThat(board.find("#alerts li").count()).isZero();

                board.open(server.live().port(), "/?team=sales+%26+more").awaitLive();
                assertThat(board.text("#open")).isEqualTo("1");
                board.await("document.querySelector('#alerts li .ticket')?.innerText === 'S1'");

                board.open(server.live().port(), "/?team=nobody").awaitLive();
                assertThat(board.text("#open")).isEqualTo("0");

                board.find("#brand").click();
                board.await("document.querySelector('#open').innerText === '5'");
            }
        }
    }

    @Test
    void shouldCompareWithTheGoalOfTheAddress() throws Exception {
        try (TestServer server = TestServer.start(folder, POLICY)) {
            for (int i = 0; i < 4; i++) {
                open(server, "T" + i, "{}");
                server.api().accept(Api.JSON, "{\"ticket\":\"T" + i + "\",\"type\":\"responded\"}", 1);
            }
            openAt(server, "OLD", System.currentTimeMillis() - 3_600_000);
            try (BoardPage board = open(server, "/?goal=80").awaitLive()) {
                assertThat(board.text("[aria-labelledby=clock-first_response] .figure"))
                        .isEqualTo("80.0%");
                assertThat(board.text("[aria-labelledby=clock-first_response] .goal"))
                        .isEqualTo("goal 80%");
                assertThat(board.text("[aria-labelledby=clock-resolution] .goal"))
                        .isEqualTo("no result yet");
                assertThat(board.texts("[aria-labelledby=clock-first_response] dd"))
                        .containsExactly("4", "1", "0");

                board.open(server.live().port(), "/?goal=resolution:50,first_response:80.5")
                        .awaitLive();
                assertThat(board.text("[aria-labelledby=clock-first_response] .goal"))
                        .isEqualTo("below goal 80.5%");
                assertThat(board.find("[aria-labelledby=clock-first_response] .goal .symbol")
                                .count())
                        .isOne();
            }
        }
    }

    @Test
    void shouldTakeTheGoalFromThePolicysObjectiveUnlessTheAddressSaysOtherwise() throws Exception {
        String objectives = """
                objectives:
                - {name: slow, metric: average, clock: resolution, window: 1h, above: 2h, to: lead}
                - {name: in time, metric: attainment, clock: first_response, by: [team], window: 1h, below: 72.5%, to: lead}
                """;
        try (TestServer server = TestServer.start(folder, POLICY + objectives)) {
            open(server, "T1", "{}");
            server.api().accept(Api.JSON, "{\"ticket\":\"T1\",\"type\":\"resolved\"}", 1);
            try (BoardPage board = open(server, "/").awaitLive()) {
                assertThat(board.text("[aria-labelledby=clock-first_response] .goal"))
                        .isEqualTo("goal 72.5%");
                assertThat(board.text("[aria-labelledby=clock-resolution] .goal"))
                        .isEqualTo("goal 95%");

                server.api().putPolicy(POLICY + objectives.replace("72.5", "60"));
                board.await("document.querySelector('[aria-labelledby=clock-first_response] .goal').innerText"
                        + " === 'goal 60%'");

                board.open(server.live().port(), "/?goal=first_response:88").awaitLive();
                assertThat(board.text("[aria-labelledby=clock-first_response] .goal"))
                        .isEqualTo("goal 88%");
            }
        }
    }

    /** The trend is made of what is known of the past, also of what came late and before the start. */
    @Test
    void shouldShowTheTrendOfTheLastHoursRightAfterARestart() throws Exception {
        long nowMs = System.currentTimeMillis();
        String trend;
        try (TestServer server = TestServer.start(folder, POLICY)) {
            for (int i = 0; i < 9; i++) {
                long openedMs = nowMs - 7_200_000 + i * 600_000L;
                openAt(server, "P" + i, openedMs);
                event(server, "P" + i, "responded", openedMs + (i < 6 ? 60_000 : 2_100_000));
            }
            trend = trend(server);
        }
        try (TestServer server = TestServer.start(folder, POLICY);
                BoardPage board = open(server, "/").awaitLive()) {
            board.await(
                    "document.querySelector('#trend-note').innerText.startsWith('Trend: share met over 15 min, since ')");
            // Two hours long, from the first ticket on.
            JsonNode shown = Api.parse(trend(server));
            assertThat(withoutNow(shown)).isEqualTo(withoutNow(Api.parse(trend)));
            assertThat(sum(shown.at("/clocks/first_response/met"))).isEqualTo(6);
            assertThat(sum(shown.at("/clocks/first_response/breached"))).isEqualTo(3);
            assertThat(shown.get("at").size()).isBetween(24, 26);
            assertThat(shown.get("open").get(0).asLong()).isEqualTo(1);
            assertThat(shown.get("open").get(shown.get("open").size() - 1).asLong())
                    .isEqualTo(9);
        }
    }

    @Test
    void shouldShowWhatComesDueAndTheRatesOfThePolicysFigures() throws Exception {
        try (TestServer server = TestServer.start(folder, POLICY)) {
            openAt(server, "T1", System.currentTimeMillis() - 1_700_000); // First response due in 100 s.
            openAt(server, "T2", System.currentTimeMillis() - 1_200_000); // In ten minutes.
            event(server, "T2", "rated", System.currentTimeMillis(), "{\"csat\":5,\"nps\":9}");
            openAt(server, "T3", System.currentTimeMillis() - 10_000); // In half an hour.
            try (BoardPage board = open(server, "/").awaitLive()) {
                board.await("document.querySelectorAll('#forecast dd').length === 3");
                assertThat(board.texts("#forecast dd")).containsExactly("1", "2", "3");
                assertThat(board.text("#forecast dt >> nth=2")).matches("≤\\h?1h");
                assertThat(board.find("#rates-section").isVisible()).isFalse();

                server.api().putPolicy(POLICY + "figures: {repeat_within: 1d}\n");
                board.await("document.querySelectorAll('#rates dd').length === 3");
                assertThat(board.texts("#rates dt")).containsExactly("CSAT", "NPS", "Complaints");
                assertThat(board.texts("#rates dd")).containsExactly("100%", "+100", "0.0%");

                board.find("#language").click();
                assertThat(board.texts("#rates dt")).containsExactly("满意度", "净推荐值", "投诉率");
                assertThat(board.text("#forecast dt >> nth=2")).isEqualTo("1小时内");
            }
        }
    }

    /** The trend as the stream sends it. */
    private static String trend(TestServer server) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.live().port() + "/v1/wallboard/stream");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(uri.toURL().openStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("event: trend")) {
                    return lines.readLine().substring("data: ".length());
                }
            }
        }
        throw new AssertionError("the stream has ended without a trend");
    }

    /** Columns without the period that is going on, which may be another one when it is asked again. */
    private static List<String> withoutNow(JsonNode trend) {
        List<String> columns = new ArrayList<>();
        for (String column : List.of("/at", "/open", "/clocks/first_response/met", "/clocks/first_response/breached")) {
            List<String> values = new ArrayList<>();
            trend.at(column).forEach(value -> values.add(value.asText()));
            columns.add(column + " " + values.subList(0, 23));
        }
        return columns;
    }

    private static long sum(JsonNode column) {
        long sum = 0;
        for (JsonNode value : column) {
            sum += value.asLong();
        }
        return sum;
    }

    @Test
    void shouldSpeakTheBrowsersLanguageAndRememberAnother() throws Exception {
        try (TestServer server = TestServer.start(folder, POLICY)) {
            open(server, "T1", "{\"channel\":\"phone\"}");
            try (BoardPage board = chromium.page(Chromium.reader(1280, 720).setLocale("zh-CN"))) {
                board.open(server.live().port(), "/").awaitLive();
                assertThat(board.evaluate("document.documentElement.lang")).isEqualTo("zh");
                assertThat(board.text("#view")).isEqualTo("全部工单");
                assertThat(board.text("#clock-first_response")).isEqualTo("首次响应");
                assertThat(board.find("#due .policy").first().textContent()).isEqualTo("其他");

                board.find("#language").click();
                assertThat(board.text("#view")).isEqualTo("All tickets");
                assertThat(board.text("#clock-first_response")).isEqualTo("First response");
                assertThat(board.find("#due .policy").first().textContent()).isEqualTo("rest");

                board.page().reload();
                board.awaitLive();
                assertThat(board.text("#view")).isEqualTo("All tickets");
                assertThat(board.kept()).isEqualTo(Map.of("tocsin.lang", "en"));

                board.open(server.live().port(), "/?lang=zh").awaitLive();
                assertThat(board.text("#view")).isEqualTo("全部工单");
            }
        }
    }

    @Test
    void shouldBeAsDarkAsTheBrowserWantsAndRememberAnotherTheme() throws Exception {
        try (TestServer server = TestServer.start(folder, POLICY);
                BoardPage board = chromium.page(Chromium.reader(1280, 720).setColorScheme(ColorScheme.DARK))) {
            board.open(server.live().port(), "/").awaitLive();
            Object dark = board.evaluate("getComputedStyle(document.body).backgroundColor");

            board.find("#theme").click();
            Object light = board.evaluate("getComputedStyle(document.body).backgroundColor");
            board.page().reload();
            board.awaitLive();

            assertThat(dark).isEqualTo("rgb(16, 21, 27)");
            assertThat(light).isEqualTo("rgb(250, 251, 251)");
            assertThat(board.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo(light);
            board.open(server.live().port(), "/?theme=dark").awaitLive();
            assertThat(board.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo(dark);
        }
    }

    @Test
    void shouldOfferTheWindowsThatTheServerHas() throws Exception {
        try (TestServer server = TestServer.start(folder, POLICY)) {
            open(server, "T1", "{}");
            try (BoardPage board = open(server, "/").awaitLive()) {
                List<?> windows = (List<?>) board.evaluate(
                        "[...document.querySelectorAll('#windows button')].map(each =>" + " each.dataset.key)");
                assertThat(windows).last().isEqualTo("all");
                for (Object window : windows.size() < 2 ? List.of() : windows) {
                    board.find("#windows [data-key='" + window + "']").click();
                    board.await(
                            "document.querySelector('#windows [aria-pressed=true]').dataset.key === '" + window + "'");
                    assertThat(board.page().url()).contains("window=" + window);
                }
            }
        }
    }

    @Test
    void shouldBeServedSafelyAndOnceOnly() throws Exception {
        try (TestServer server = TestServer.start(folder, POLICY)) {
            for (String file : List.of("/", "/board.js", "/ticket.html", "/uplot/uPlot.iife.min.js")) {
                Api.Answer answer = server.api().get(file);
                assertThat(answer.status()).as(file).isEqualTo(200);
                assertThat(answer.header("Content-Security-Policy"))
                        .startsWith("default-src 'none'; script-src 'self';");
                assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
                assertThat(answer.header("ETag")).isNotEmpty();
            }
        }
    }

    private static BoardPage open(TestServer server, String path) {
        return chromium.page(Chromium.reader(1280, 720)).open(server.live().port(), path);
    }

    private static void open(TestServer server, String ticket, String attributes) throws Exception {
        server.api()
                .accept(
                        Api.JSON,
                        "{\"ticket\":\"" + ticket + "\",\"type\":\"opened\",\"attributes\":" + attributes + "}",
                        1);
    }

    private static void event(TestServer server, String ticket, String type, long atMs) throws Exception {
        event(server, ticket, type, atMs, "{}");
    }

    private static void event(TestServer server, String ticket, String type, long atMs, String attributes)
            throws Exception {
        server.api()
                .accept(
                        Api.JSON,
                        "{\"ticket\":\"" + ticket + "\",\"type\":\"" + type + "\",\"at\":" + atMs + ",\"attributes\":"
                                + attributes + "}",
                        1);
    }

    private static void openAt(TestServer server, String ticket, long atMs) throws Exception {
        server.api().accept(Api.JSON, "{\"ticket\":\"" + ticket + "\",\"type\":\"opened\",\"at\":" + atMs + "}", 1);
    }
}
