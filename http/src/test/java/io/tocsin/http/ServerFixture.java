package io.tocsin.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real server on a free port before test doubles of its ports, and a client for it. */
final class ServerFixture implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T03:28:44Z");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final TestGate gate = new TestGate();
    final TestReads reads = new TestReads();
    final ListAlertJournal journal = new ListAlertJournal();
    final TestPolicyDesk policy = new TestPolicyDesk();
    final TestTimelines timelines = new TestTimelines();
    final AtomicReference<Readiness> readiness = new AtomicReference<>(Readiness.READY);
    final TocsinServer server;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ServerFixture() {
        this(1_000_000);
    }

    ServerFixture(int maxBodyLength) {
        this(maxBodyLength, 3, 15_000, 30_000);
    }

    ServerFixture(int maxBodyLength, int maxStreams, long streamCommentMs, long streamPatienceMs) {
        ServerConfig config = new ServerConfig(
                "127.0.0.1",
                0,
                maxBodyLength,
                5_000_000_000L,
                300,
                20_000_000L,
                300,
                60_000_000_000L,
                streamCommentMs,
                streamPatienceMs,
                maxStreams,
                "/test-wallboard");
        server = new TocsinServer(
                config,
                gate,
                reads,
                journal,
                () -> NOW.getEpochSecond() * 1_000_000_000L,
                policy,
                timelines,
                readiness::get);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    HttpResponse<String> post(String query, String contentType, String body) {
        return post(query, contentType, BodyPublishers.ofString(body));
    }

    HttpResponse<String> post(String query, String contentType, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/v1/events" + query)).POST(body);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) {
        return send(request, BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(request.toString(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the condition holds; fails when it does not in time. */
    static void await(String what, BooleanSupplier condition) {
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError("waited in vain: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        server.close();
        journal.close();
    }
}
