package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tocsin.engine.view.DueQuery;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The deadline is only there to end a test that would otherwise read from a stream for ever. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WallboardStreamTest {
    private static final String STREAM = "/v1/wallboard/stream";
    private static final long PATIENCE_MS = 1_000;

    private final ServerFixture server = new ServerFixture(1_000_000, 3, 50, PATIENCE_MS);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shouldSendEverythingAtOnce() throws IOException {
        server.journal.appendBreaches(2, 1);

        try (Stream stream = open(STREAM + "?by=channel")) {
            assertThat(stream.response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(stream.response.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(stream.next("alerts"))
                    .contains("\"seq\":2,\"id\":\"A/resolution/1/breach\",\"kind\":\"breach\"")
                    .contains("\"seq\":1,");
            assertThat(stream.next("board"))
                    .startsWith("{\"as_of\":\"1970-01-01T00:00:00Z\",\"lag_ms\":1795318124000,\"window\":\"all\","
                            + "\"windows\":[\"5m\",\"15m\",\"1h\",\"today\",\"all\"],\"goals\":{\"resolution\":0.9},"
                            + "\"has_figures\":true,\"total\":{\"key\":{},\"tickets\":{\"opened\":1,")
                    .contains("\"group_count\":1,\"groups\":[{\"key\":{\"channel\":\"x\"},")
                    .contains("\"due\":[{\"ticket\":\"A\",\"clock\":\"resolution\",\"cycle\":1,"
                            + "\"due\":\"1970-01-01T00:00:01Z\",\"target\":0.00000001,\"policy\":\"gold\","
                            + "\"label\":{\"zh\":\"金牌\"}}]")
                    .contains("\"detection_lag\":", "\"counters\":{\"events\":1,");
            assertThat(stream.next("trend"))
                    .isEqualTo("{\"as_of\":\"1970-01-01T00:00:00Z\",\"period\":300,\"hours\":8,\"at\":[-300,0],"
                            + "\"open\":[1,1],\"clocks\":{\"resolution\":{\"met\":[3,0],\"breached\":[1,0]}}}");
            assertThat(stream.next("forecast"))
                    .isEqualTo("{\"within\":[300,900,3600],\"clocks\":{\"resolution\":[5,15,60]}}");
        }
    }

    @Test
    void shouldSendAnAlertAsSoonAsItIsThere() throws IOException {
        try (Stream stream = open(STREAM)) {
            assertThat(stream.next("alerts")).isEqualTo("[]");

            server.journal.appendBreaches(1, 1);

            assertThat(stream.next("alerts")).startsWith("[{\"seq\":1,");
            assertThat(stream.lastId).isEqualTo("1");
        }
    }

    @Test
    void shouldAskOnceForAllBoardsOfAllViewsAndNothingWhenNobodyLooks() throws IOException {
        List<Stream> boards = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            boards.add(open(STREAM + (i % 2 == 0 ? "" : "?by=channel")));
        }
        for (Stream board : boards) {
            board.next("board");
        }
        int statsBefore = server.reads.statsAsked.get();
        server.reads.questions.clear();
        boards.get(0).next("board");
        boards.get(0).next("board");
        // Two groupings a round, and a round that may have begun.
        assertThat(server.reads.statsAsked.get() - statsBefore).isBetween(2, 6);
        assertThat(server.reads.questions.stream().filter(DueQuery.class::isInstance))
                .hasSizeLessThanOrEqualTo(3);

        for (Stream board : boards) {
            board.close();
        }
        ServerFixture.await("the boards' end", () -> server.server.boardCount() == 0);
        server.reads.questions.clear();
        try (Stream quiet = open("/v1/alerts/stream")) {
            for (int i = 0; i < 40; i++) { // Of 50 ms each.
                quiet.line();
            }
        }
        assertThat(server.reads.questions).isEmpty();
    }

    @Test
    void shouldAskForTicketsWithCertainAttributesOnly() throws IOException {
        try (Stream stream = open(STREAM + "?where=team:x&where=note:a:b&by=channel&trend_hours=2")) {
            assertThat(stream.next("board")).contains("\"total\":null", "\"groups\":[]");
            assertThat(stream.next("trend")).contains("\"hours\":2,");
            assertThat(stream.next("forecast")).endsWith("\"clocks\":{}}");
        }
        assertThat(server.reads.questions)
                .contains(List.of("note", "team"), List.of("note", "team", "channel"))
                .anySatisfy(question -> assertThat(question)
                        .isInstanceOfSatisfying(
                                DueQuery.class,
                                due -> assertThat(due.where()).isEqualTo(Map.of("team", "x", "note", "a:b"))));
    }

    @Test
    void shouldShowTheGroupOfItsTicketsAlone() throws IOException {
        try (Stream other = open(STREAM + "?where=team:y");
                Stream stream = open(STREAM + "?where=team:x&by=team")) {
            assertThat(stream.next("board")).contains("\"total\":{\"key\":{\"team\":\"x\"}", "\"groups\":[]");
            assertThat(other.next("board")).contains("\"total\":null");
            server.journal.appendBreaches(1, 1);
            server.journal.appendBreach("team", "x");
            String alerts = stream.next("alerts");
            while (alerts.equals("[]")) { // What there was when the board was opened, if it was told late.
                alerts = stream.next("alerts");
            }
            assertThat(alerts).startsWith("[{\"seq\":2,").doesNotContain("\"seq\":1,");
        }
    }

    @Test
    void shouldShowThatItIsThereWhenTheEngineDoesNotAnswerAndGoOnWhenItDoes() throws IOException {
        server.reads.stop();
        try (Stream stream = open(STREAM)) {
            assertThat(stream.next("alerts")).isEqualTo("[]");
            server.reads.goOn();
            assertThat(stream.next("board")).contains("\"total\":{");
        }
    }

    @Test
    void shouldEndWithTheServer() throws IOException {
        try (Stream stream = open(STREAM)) {
            stream.next("board");
            server.close();
            stream.readToEnd();
        }
    }

    @Test
    void shouldGiveUpABoardThatTakesNothing() throws Exception {
        try (Socket deaf = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            deaf.setReceiveBufferSize(1_024);
            deaf.getOutputStream()
                    .write(("GET " + STREAM + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            ServerFixture.await("the deaf board", () -> server.server.boardCount() == 1);
            ServerFixture.await("its end", () -> {
                server.journal.appendBreaches(100, 10_000);
                return server.server.boardCount() == 0;
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "window=1w           | window: \\\"1w\\\" is not possible: expected one of 5m, 15m, 1h, today, all",
                "by=a,b              | by: \\\"a,b\\\" is not possible: expected at most 1 names",
                "where=team          | where: \\\"team\\\" is not possible: expected an attribute's name and its value",
                "where=a:&where=b:&where=c:&where=d:&where=e: | where: \\\"a, b, c, d, e\\\" is not possible",
                "trend_hours=25      | trend_hours: \\\"25\\\" is not possible: expected a whole number, 1 to 24",
            })
    void shouldRefuseWhatCannotBeMeant(String query, String detail) {
        HttpResponse<String> response = server.get(STREAM + "?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(detail);
    }

    @Test
    void shouldRefuseMoreGroupingsThanTheEngineHasRoomFor() throws IOException {
        List<Stream> boards = new ArrayList<>();
        Set<Integer> statuses = new HashSet<>();
        for (int i = 0; i < 14 && !statuses.contains(503); i++) {
            Stream board = open(STREAM + "?by=a" + i);
            boards.add(board);
            statuses.add(board.response.statusCode());
            if (board.response.statusCode() == 200) {
                board.next("board");
            }
        }
        assertThat(boards).hasSize(12); // All tickets, by eleven attributes.
        assertThat(statuses).containsExactlyInAnyOrder(200, 503);
        for (Stream board : boards) {
            board.close();
        }
    }

    private Stream open(String path) {
        HttpResponse<InputStream> response =
                server.send(HttpRequest.newBuilder(server.uri(path)).build(), BodyHandlers.ofInputStream());
        return new Stream(response, new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    private static final class Stream implements AutoCloseable {
        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;
        private String lastId;

        Stream(HttpResponse<InputStream> response, BufferedReader lines) {
            this.response = response;
            this.lines = lines;
        }

        String line() throws IOException {
            return lines.readLine();
        }

        /** The data of the next event of a name. */
        String next(String event) throws IOException {
            String id = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                }
                if (line.equals("event: " + event)) {
                    lastId = id;
                    return lines.readLine().substring("data: ".length());
                }
            }
            throw new AssertionError("the stream has ended without " + event);
        }

        /** Reads until there is nothing more; a connection that is closed ends it too. */
        void readToEnd() {
            Throwable thrown = catchThrowable(() -> {
                while (lines.readLine() != null) {
                    // Until the server has gone; the test's deadline ends one that does not.
                }
            });
            assertThat(thrown == null || thrown instanceof IOException).isTrue();
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }
}
