package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of a running server. Any thread. */
final class Api {
    static final String JSON = "application/json";
    static final String NDJSON = "application/x-ndjson";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    Api(int port) {
        base = URI.create("http://127.0.0.1:" + port);
    }

    int port() {
        return base.getPort();
    }

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param text the body
     * @param response the rest
     */
    record Answer(int status, String text, HttpResponse<?> response) {
        JsonNode json() {
            return parse(text);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** The body of an answer that must be 200. */
    JsonNode read(String path) throws IOException, InterruptedException {
        Answer answer = get(path);
        assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(200);
        return answer.json();
    }

    Answer post(String type, String body) throws IOException, InterruptedException {
        return post("/v1/events", type, body);
    }

    Answer post(String path, String type, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    Answer putPolicy(String yaml) throws IOException, InterruptedException {
        return send(
                request("/v1/policy").header("Content-Type", "application/yaml").PUT(BodyPublishers.ofString(yaml)));
    }

    /** Posts events that must all be accepted. */
    void accept(String type, String body, int count) throws IOException, InterruptedException {
        Answer answer = post(type, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("accepted").asInt()).as(answer.text()).isEqualTo(count);
    }

    JsonNode counters() throws IOException, InterruptedException {
        return read("/v1/counters");
    }

    /** The stream of alerts, from now on; the first line, a comment, has been read. */
    BufferedReader alertStream() throws IOException, InterruptedException {
        return alertStream("");
    }

    /** As above, with a query. */
    BufferedReader alertStream(String query) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(request("/v1/alerts/stream" + query).GET().build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        assertThat(lines.readLine()).startsWith(":");
        return lines;
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
    }
}
