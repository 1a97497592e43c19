package io.tocsin.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsApiTest {
    private static final String A = "{\"ticket\":\"A\",\"type\":\"opened\"}";
    private static final String B = "{\"ticket\":\"B\",\"type\":\"opened\"}";
    private static final String BAD = "{\"ticket\":\"C\"}";
    private static final int MAX_BODY_LENGTH = 100_000;

    private final ServerFixture server = new ServerFixture(MAX_BODY_LENGTH);

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""})
    void shouldTakeOneEvent(String contentType) {
        HttpResponse<String> response = server.post("", contentType, A);

        assertOutcome(response, 200, "{\"accepted\":1,\"rejected\":0,\"errors\":[]}");
        assertThat(server.gate.taken()).containsExactly("A opened");
        assertThat(server.gate.awaited()).isZero();
    }

    @Test
    void shouldTakeAnArrayAndSayWhatWasWrongWithWhichElement() {
        HttpResponse<String> response = server.post("", "application/json", "[" + A + "," + BAD + ",7," + B + "]");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("{\"accepted\":2,\"rejected\":2,\"errors\":[{\"index\":1,\"detail\":\"type: missing")
                .contains("{\"index\":2,\"detail\":\"found the number 7, expected an event");
        assertThat(server.gate.taken()).containsExactly("A opened", "B opened");
        assertThat(server.gate.awaited()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "application/ndjson", "application/jsonl; charset=utf-8"})
    void shouldTakeLinesAndCountOnlyThoseThatAreNotBlank(String contentType) {
        HttpResponse<String> response = server.post("", contentType, A + "\r\n\n{broken\n" + B);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("{\"accepted\":2,\"rejected\":1,\"errors\":[{\"index\":1,\"detail\":\"not JSON: ");
    }

    @Test
    void shouldTakeCloudEvents() {
        String event =
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"com.x.opened\",\"subject\":\"A\"}";

        assertOutcome(
                server.post("", "application/cloudevents+json", event),
                200,
                "{\"accepted\":1,\"rejected\":0,\"errors\":[]}");
        assertOutcome(
                server.post("", "application/cloudevents-batch+json; charset=UTF-8", "[" + event + "," + event + "]"),
                200,
                "{\"accepted\":2,\"rejected\":0,\"errors\":[]}");
        assertThat(server.gate.taken()).containsOnly("A opened");
        assertProblem(server.post("", "application/cloudevents-batch+json", event), 400, "expected a JSON array");
    }

    @ParameterizedTest
    @CsvSource({"application/json,[]", "application/x-ndjson,''", "application/x-ndjson,'\n\n'"})
    void shouldTakeNothingGladly(String contentType, String body) {
        assertOutcome(server.post("", contentType, body), 200, "{\"accepted\":0,\"rejected\":0,\"errors\":[]}");
        assertThat(server.gate.awaited()).isEqualTo(-1);
    }

    @Test
    void shouldAnswerUnprocessableWhenThereWasSomethingAndNothingWasAccepted() {
        HttpResponse<String> response = server.post("", "application/json", BAD);

        assertProblem(response, 422, "none of the events is valid");
        assertThat(response.body())
                .contains("\"accepted\":0,\"rejected\":1,\"errors\":[{\"index\":0,\"detail\":\"type: missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[", "[{\"ticket\":\"A\",\"type\":\"opened\"},{]", "7", "{}{}", "\u0000"})
    void shouldRefuseUnreadableJsonAsAWholeAndChangeNothing(String body) {
        assertProblem(server.post("", "application/json", body), 400, "");
        assertThat(server.gate.taken()).isEmpty();
    }

    @Test
    void shouldSurviveBytesThatAreNotTextAndDeepNesting() {
        byte[] notUtf8 = A.getBytes(UTF_8);
        notUtf8[11] = (byte) 0xFF;

        assertProblem(server.post("", "application/json", BodyPublishers.ofByteArray(notUtf8)), 400, "not valid UTF-8");
        assertProblem(server.post("", "application/json", "[".repeat(90_000)), 400, "nesting depth");
        assertProblem(server.post("", "application/x-ndjson", "[".repeat(90_000)), 422, "none of the events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "json", ";"})
    void shouldRefuseOtherContentTypes(String contentType) {
        assertProblem(server.post("", contentType, A), 415, "expected application/json, application/x-ndjson");
    }

    @Test
    void shouldRefuseAMissingContentType() {
        assertProblem(server.post("", null, A), 415, "Content-Type: missing");
    }

    @Test
    void shouldRefuseBodiesOverTheLimitHoweverTheyCome() throws IOException {
        byte[] atLimit = ("[" + A + "]" + " ".repeat(MAX_BODY_LENGTH - A.length() - 2)).getBytes(UTF_8);
        byte[] over = ("[" + A + "]" + " ".repeat(MAX_BODY_LENGTH - A.length() - 1)).getBytes(UTF_8);
        String detail = "the body is longer than 100000 bytes";

        assertThat(server.post("", "application/json", BodyPublishers.ofByteArray(atLimit))
                        .statusCode())
                .isEqualTo(200);
        assertProblem(server.post("", "application/json", BodyPublishers.ofByteArray(over)), 413, detail);
        assertProblem(server.post("", "application/json", chunked(over)), 413, detail);
        assertProblem(server.post("", "application/json", gzip(over), "Content-Encoding", "gzip"), 413, detail);
        assertThat(server.gate.taken()).containsExactly("A opened");
    }

    @Test
    void shouldInflateBodies() throws IOException {
        assertOutcome(
                server.post("", "application/json", gzip(A.getBytes(UTF_8)), "Content-Encoding", "gzip"),
                200,
                "{\"accepted\":1,\"rejected\":0,\"errors\":[]}");
        assertProblem(
                server.post("", "application/json", BodyPublishers.ofString(A), "Content-Encoding", "gzip"),
                400,
                "the body cannot be inflated");
        assertProblem(
                server.post("", "application/json", BodyPublishers.ofString(A), "Content-Encoding", "br"),
                415,
                "Content-Encoding: br is not read here");
    }

    @Test
    void shouldTellHowFarItCameWhenTheEngineIsFull() {
        server.gate.roomFor(2, Integer.MAX_VALUE);
        HttpResponse<String> response =
                server.post("", "application/x-ndjson", String.join("\n", A, BAD, B, BAD, A, BAD, B));

        assertProblem(response, 429, "2 events were accepted, go on from index 4");
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.body())
                .contains("\"accepted\":2,\"rejected\":2,\"errors\":[{\"index\":1,")
                .endsWith("\"next\":4}");
        assertThat(response.body()).contains("{\"index\":3,").doesNotContain("{\"index\":5,");
        assertThat(server.gate.taken()).containsExactly("A opened", "B opened");
        assertThat(server.gate.awaited()).isEqualTo(1);
    }

    @Test
    void shouldTryAFullRingAgainBeforeGivingUp() {
        server.gate.roomFor(1, 3);

        assertThat(server.post("", "application/x-ndjson", A + "\n" + B).body()).startsWith("{\"accepted\":2,");
        assertThat(server.gate.taken()).containsExactly("A opened", "B opened");
    }

    @Test
    void shouldTakeAllOrNothingWhenStrict() {
        HttpResponse<String> invalid = server.post("?strict=true", "application/json", "[" + A + "," + BAD + "]");

        assertProblem(invalid, 422, "1 of 2 events are not valid, so none was taken");
        assertThat(invalid.body()).contains("\"accepted\":0,\"rejected\":1,\"errors\":[{\"index\":1,");
        assertThat(server.gate.taken()).isEmpty();
        assertOutcome(
                server.post("?strict=true", "application/json", "[" + A + "," + B + "]"),
                200,
                "{\"accepted\":2,\"rejected\":0,\"errors\":[]}");
        assertThat(server.gate.taken()).containsExactly("A opened", "B opened");
        assertThat(server.post("?strict=true", "application/json", "[]").statusCode())
                .isEqualTo(200);
        assertProblem(server.post("?strict=yes", "application/json", A), 400, "strict: \"yes\" is not possible");
    }

    @Test
    void shouldTakeNothingWhenStrictAndFull() {
        server.gate.roomFor(1, Integer.MAX_VALUE);
        HttpResponse<String> full = server.post("?strict=true", "application/json", "[" + A + "," + B + "]");

        assertProblem(full, 429, "0 events were accepted, go on from index 0");
        assertThat(server.gate.taken()).isEmpty();

        server.gate.ofCapacity(1);
        assertProblem(
                server.post("?strict=true", "application/json", "[" + A + "," + B + "]"),
                413,
                "2 events are more than the 1 that can be taken at once");
    }

    @Test
    void shouldSayWhenTheEngineHasStoppedOrDoesNotCatchUp() {
        server.gate.neverApplies();
        assertUnavailable(
                server.post("", "application/json", A), "has not come to the events within 300 ms; the first 1");

        server.gate.stop();
        assertUnavailable(server.post("", "application/json", A), "the engine has stopped; no event was taken");
        assertUnavailable(server.post("?strict=true", "application/json", A), "the engine has stopped; no event");
    }

    @Test
    void shouldRefuseTimesAheadOfTheServersClock() {
        assertThat(server.post("", "application/json", at("2026-11-22T03:28:49Z"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.post("", "application/json", at("2026-11-22T03:28:50Z"))
                        .body())
                .contains("at: 2026-11-22T03:28:50Z is 6.0 s after its arrival");
    }

    @Test
    void shouldNotAnswerAFloodOfErrorsWithAFlood() {
        HttpResponse<String> response =
                server.post("", "application/x-ndjson", "x\n".repeat(EventBatch.MAX_ERRORS + 5));

        assertThat(response.body())
                .contains("\"rejected\":10005,")
                .contains("\"index\":9999,")
                .doesNotContain("\"index\":10000,");
    }

    private static String at(String time) {
        return "{\"ticket\":\"A\",\"type\":\"opened\",\"at\":\"" + time + "\"}";
    }

    private static BodyPublisher chunked(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    private static BodyPublisher gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        }
        return BodyPublishers.ofByteArray(bytes.toByteArray());
    }

    private static void assertOutcome(HttpResponse<String> response, int status, String body) {
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    private static void assertUnavailable(HttpResponse<String> response, String detail) {
        assertProblem(response, 503, detail);
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body())
                .startsWith("{\"type\":\"about:blank\",\"title\":\"")
                .contains("\"status\":" + status + ",\"detail\":\"")
                .contains(detail.replace("\"", "\\\""));
    }
}
