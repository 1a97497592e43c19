package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsApiTest {
    private final ServerFixture server = new ServerFixture();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/v1", "/v1/event", "/v1/alerts/7", "/nowhere.html"})
    void shouldAnswerUnknownPathsWithAProblem(String path) {
        HttpResponse<String> response = server.get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"GET " + path
                        + " does not exist: see /openapi.json\"}");
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/events, POST", "PUT, /v1/policy, GET", "DELETE, /v1/tickets/A, GET", "POST, /v1/stats, GET"})
    void shouldAnswerUnknownMethodsWithAProblem(String method, String path, String allowed) {
        HttpResponse<String> response = server.send(HttpRequest.newBuilder(server.uri(path))
                .method(method, BodyPublishers.noBody())
                .build());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.headers().firstValue("Allow")).contains(allowed);
        assertThat(response.body()).contains(method + " " + path + " is not possible: expected " + allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/tickets/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /v1/tickets/% HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /v1/stats HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /v1/stats HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "nonsense\r\n\r\n",
                "POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: x\r\n\r\n",
            })
    void shouldAnswerWhatTheWebServerRefusesWithAProblem(String request) throws IOException {
        String response = exchange(request);

        assertThat(response).startsWith("HTTP/1.1 ");
        assertThat(response.substring(9)).matches("(?s)(400|505).*");
        assertThat(response)
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"type\":\"about:blank\"");
    }

    @Test
    void shouldGoOnAfterAClientThatHungUpInTheMiddle() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            socket.getOutputStream()
                    .write(
                            ("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
                                            + "{\"ticket\":\"A\",\"type\":\"opened\"}")
                                    .getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(server.gate.taken()).isEmpty();
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
