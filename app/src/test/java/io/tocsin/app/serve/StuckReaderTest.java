package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.journal.ChronicleEventJournal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that asks for the stream of alerts and does not read it, beside one that does and others that send events. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StuckReaderTest {
    private static final int POSTS = 20;
    private static final int TICKETS_A_POST = 100;
    private static final int ALERTS = 2 * POSTS * TICKETS_A_POST;
    private static final int TINY = 1_024;
    private static final int ROOMY = 1 << 20;

    /** More than the system buffers for a connection, times the number of alerts. */
    private static final String LONG_TEXT = "x".repeat(1_000);

    private static final String FASTEST = """
            version: 1
            policies:
            - name: fastest
              warn: [50%]
              targets: {first_response: 10ms}
            """;

    @TempDir
    Path parent;

    @Test
    void shouldSlowNobodyAndLoseItsPlaceButNoAlert() throws Exception {
        try (TestServer server = start();
                BufferedReader stream = server.api().alertStream();
                Socket stuck = connect(server.live().port(), TINY)) {
            ask(stuck, 0);
            Await.until(
                    "the stuck stream has begun", () -> stuck.getInputStream().available() > 0);
            CompletableFuture<List<Long>> healthy = readAside(stream);

            for (int post = 0; post < POSTS; post++) {
                server.api().accept(Api.NDJSON, tickets(post * TICKETS_A_POST), TICKETS_A_POST);
            }

            assertThat(healthy.get(60, TimeUnit.SECONDS)).isEqualTo(numbers(1, ALERTS));
            awaitPlace(server, ALERTS).close();
            List<Long> seen = readRest(stuck);
            assertThat(seen).hasSizeLessThan(ALERTS);
            long lastSeen = seen.get(seen.size() - 1);
            assertThat(seen).isEqualTo(numbers(1, lastSeen));
            try (BufferedReader again = awaitPlace(server, lastSeen)) {
                assertThat(readAlerts(again)).isEqualTo(numbers(lastSeen + 1, ALERTS));
            }
        }
    }

    /** A place for the one that is stuck and one for the other; who has gone is noticed by the next comment. */
    private TestServer start() throws Exception {
        Path file = Files.writeString(parent.resolve("tocsin.yaml"), """
                data: data
                http: {host: 127.0.0.1, port: 0, max_streams: 2, stream_comment: 100ms, stream_patience: 2s}
                engine: {idle: quiet}
                """);
        TestServer server =
                TestServer.open(ConfigFile.read(file), new SystemEpochNanoClock(), ChronicleEventJournal::open);
        server.start(FASTEST);
        return server;
    }

    private static String tickets(int first) {
        return IntStream.range(first, first + TICKETS_A_POST)
                .mapToObj(i -> "{\"ticket\":\"T" + i + "\",\"type\":\"opened\",\"attributes\":{\"text\":\"" + LONG_TEXT
                        + "\"}}")
                .collect(Collectors.joining("\n"));
    }

    private static Socket connect(int port, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private static void ask(Socket socket, long lastSeen) throws IOException {
        String request = "GET /v1/alerts/stream HTTP/1.1\r\nHost: x\r\nLast-Event-ID: " + lastSeen + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** A stream after the given alert, as soon as there is a place for it. */
    private static BufferedReader awaitPlace(TestServer server, long lastSeen) throws Exception {
        List<BufferedReader> served = new ArrayList<>();
        Await.until("there is a place", () -> {
            Socket socket = connect(server.live().port(), ROOMY);
            ask(socket, lastSeen);
            BufferedReader lines = lines(socket);
            boolean isServed = lines.readLine().equals("HTTP/1.1 200 OK");
            if (isServed) {
                served.add(lines);
            } else {
                lines.close();
            }
            return isServed;
        });
        return served.get(0);
    }

    private static CompletableFuture<List<Long>> readAside(BufferedReader stream) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return readAlerts(stream);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    /** The numbers of the alerts up to the last. */
    private static List<Long> readAlerts(BufferedReader stream) throws IOException {
        List<Long> seqs = new ArrayList<>();
        while (seqs.isEmpty() || seqs.get(seqs.size() - 1) < ALERTS) {
            String line = stream.readLine();
            assertThat(line).as("the stream after " + seqs.size() + " alerts").isNotNull();
            if (line.startsWith("id: ")) {
                seqs.add(Long.parseLong(line.substring(4)));
            }
        }
        return seqs;
    }

    /** The numbers of the alerts that came whole before the server closed the connection. */
    private static List<Long> readRest(Socket socket) throws IOException {
        socket.setReceiveBufferSize(ROOMY);
        String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf("\n\n") + 1)
                .lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> Long.parseLong(line.substring(4)))
                .toList();
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
