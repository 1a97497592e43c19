package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients of the alert stream that do not read, or have nothing to read, for longer than the server is patient. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StuckStreamTest {
    private static final int MAX_STREAMS = 1;
    private static final long PATIENCE_MS = 500;
    /** Longer, and between two of the moments at which the web server looks who is idle, which would be taken for a stuck write. */
    private static final long COMMENT_MS = 5 * PATIENCE_MS / 2;

    private final ServerFixture server = new ServerFixture(1_000_000, MAX_STREAMS, COMMENT_MS, PATIENCE_MS);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shouldEndTheStreamOfAClientThatTakesNothingAndGiveItsPlaceBack() throws Exception {
        server.journal.appendBreaches(200, 60_000);
        try (Socket deaf = open("/v1/alerts/stream?after=0")) {
            ServerFixture.await("the deaf client's stream", () -> server.server.streamCount() == 1);
            ServerFixture.await("its end", () -> server.server.streamCount() == 0);

            try (Socket next = open("/v1/alerts/stream?after=199");
                    BufferedReader lines = lines(next)) {
                assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
                assertThat(lines.lines().filter(line -> line.startsWith("id:")).findFirst())
                        .contains("id: 200");
            }
        }
    }

    @Test
    void shouldBePatientWithAClientThatHasNothingToRead() throws Exception {
        try (Socket quiet = open("/v1/alerts/stream");
                BufferedReader lines = lines(quiet)) {
            assertThat(lines.lines().filter(line -> line.equals(":")).limit(2)).hasSize(2);
            server.journal.appendBreaches(1, 1);
            assertThat(lines.lines().filter(line -> line.startsWith("id:")).findFirst())
                    .contains("id: 1");
        }
    }

    private Socket open(String path) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port());
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static BufferedReader lines(Socket socket) throws Exception {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }
}
