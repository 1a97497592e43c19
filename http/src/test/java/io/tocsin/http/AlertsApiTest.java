package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The deadline is only there to end a test that would otherwise read from a stream for ever. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AlertsApiTest {
    private static final String BREACH = "{\"seq\":%d,\"id\":\"A/resolution/1/breach\",\"kind\":\"breach\",";

    private final ServerFixture server = new ServerFixture(1_000_000, 3, 50, 30_000);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shouldListAlertsInOrder() {
        assertThat(server.get("/v1/alerts").body()).isEqualTo("[]");
        server.journal.appendBreaches(150, 1);

        assertThat(server.get("/v1/alerts").body())
                .startsWith("[" + BREACH.formatted(1))
                .contains("\"seq\":100,")
                .doesNotContain("\"seq\":101,");
        assertThat(server.get("/v1/alerts?after=148&limit=5").body())
                .startsWith("[" + BREACH.formatted(149))
                .contains("\"seq\":150,");
        assertThat(server.get("/v1/alerts?after=150").body()).isEqualTo("[]");
        assertThat(server.get("/v1/alerts?after=9223372036854775807").body()).isEqualTo("[]");
    }

    @Test
    void shouldStreamWhatComesFromNowOn() throws IOException {
        server.journal.appendBreaches(2, 1);
        try (Stream stream = open("/v1/alerts/stream")) {
            server.journal.appendBreaches(2, 1);

            assertThat(stream.event()).containsExactly("id: 3", "event: breach", "data: " + BREACH.formatted(3));
            assertThat(stream.event()).containsExactly("id: 4", "event: breach", "data: " + BREACH.formatted(4));
            assertThat(stream.response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(stream.response.headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void shouldResumeAfterTheLastAlertSeen() throws IOException {
        server.journal.appendBreaches(3, 1);
        try (Stream header = open("/v1/alerts/stream?after=0", "Last-Event-ID", "2");
                Stream parameter = open("/v1/alerts/stream?last_event_id=1");
                Stream after = open("/v1/alerts/stream?after=0")) {
            assertThat(header.event()).contains("id: 3");
            assertThat(parameter.event()).contains("id: 2");
            assertThat(after.event()).contains("id: 1");
        }
    }

    @Test
    void shouldGoOnFromNowWhenTheLastAlertSeenIsOfAnotherJournal() throws IOException {
        try (Stream stream = open("/v1/alerts/stream", "Last-Event-ID", "1000")) {
            server.journal.appendBreaches(1, 1);

            assertThat(stream.event()).contains("id: 1");
        }
    }

    @Test
    void shouldShowThatAQuietStreamIsAlive() throws IOException {
        try (Stream stream = open("/v1/alerts/stream")) {
            // One when it begins, the second because nothing happens.
            assertThat(stream.line()).isEqualTo(":");
            assertThat(stream.line()).isEmpty();
            assertThat(stream.line()).isEqualTo(":");
        }
    }

    @Test
    void shouldForgetClientsThatHaveGone() throws IOException {
        open("/v1/alerts/stream").close();

        ServerFixture.await("the stream's end", () -> server.server.streamCount() == 0);
    }

    @Test
    void shouldRefuseMoreStreamsThanItServes() throws IOException {
        try (Stream first = open("/v1/alerts/stream");
                Stream second = open("/v1/alerts/stream");
                Stream third = open("/v1/alerts/stream")) {
            HttpResponse<String> fourth = server.get("/v1/alerts/stream");

            assertThat(fourth.statusCode()).isEqualTo(503);
            assertThat(fourth.body()).contains("there are 3 alert streams, which is the limit");
            assertThat(List.of(first.line(), second.line(), third.line())).containsOnly(":");
        }
    }

    @Test
    void shouldLetNobodyWaitForAClientThatNeverReads() throws IOException {
        server.journal.appendBreaches(200, 60_000);
        try (Socket deaf = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            deaf.getOutputStream()
                    .write("GET /v1/alerts/stream?after=0 HTTP/1.1\r\nHost: x\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            ServerFixture.await("the deaf client's stream", () -> server.server.streamCount() == 1);
            try (Stream stream = open("/v1/alerts/stream?after=199")) {
                assertThat(stream.event()).contains("id: 200");
                assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            }
            server.close();
            ServerFixture.await("the deaf client's end", () -> server.server.streamCount() == 0);
        }
    }

    @Test
    void shouldEndStreamsWhenTheJournalCloses() throws IOException {
        try (Stream stream = open("/v1/alerts/stream")) {
            server.journal.close();
            assertThat(stream.rest()).allMatch(line -> line.isEmpty() || line.equals(":"));
        }
        ServerFixture.await("the stream's end", () -> server.server.streamCount() == 0);
    }

    @Test
    void shouldEndStreamsWhenTheServerCloses() {
        Stream waiting = open("/v1/alerts/stream");
        server.server.close();

        assertThat(server.server.streamCount()).isZero();
        assertThat(waiting.endsSoon()).isTrue();
    }

    private Stream open(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<InputStream> response = server.send(request.build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return new Stream(response, new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    private record Stream(HttpResponse<InputStream> response, BufferedReader reader) implements AutoCloseable {
        String line() throws IOException {
            return reader.readLine();
        }

        /** The next event's lines; of the data only the beginning. */
        List<String> event() throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = line(); !line.isEmpty() || lines.isEmpty(); line = line()) {
                if (!line.isEmpty() && !line.startsWith(":")) {
                    int end = line.indexOf("\"ticket\"");
                    lines.add(end < 0 ? line : line.substring(0, end));
                }
            }
            return lines;
        }

        /** Whether there is an end to read up to, be it orderly or not; without one the test would hang. */
        boolean endsSoon() {
            try {
                return rest().stream().allMatch(line -> line.isEmpty() || line.equals(":"));
            } catch (IOException e) {
                return true;
            }
        }

        List<String> rest() throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = line(); line != null; line = line()) {
                lines.add(line);
            }
            return lines;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
