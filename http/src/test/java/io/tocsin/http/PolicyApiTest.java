package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolicyApiTest {
    private static final String NEW = "version: 1 # 新政策\n";

    private final ServerFixture server = new ServerFixture();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shouldReplaceThePolicyAndShowTheNewOne() {
        HttpResponse<String> put = put(NEW, "Content-Type", "application/yaml; charset=utf-8");
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.body()).isEqualTo(NEW);
        HttpResponse<String> get = server.get("/v1/policy");
        assertThat(get.body()).isEqualTo(NEW);
        assertThat(etag(get)).isEqualTo(etag(put)).startsWith("\"").endsWith("\"");
    }

    @Test
    void shouldNameEveryMistakeAndKeepThePolicyInForce() {
        HttpResponse<String> put = put("bad", "Content-Type", "text/yaml");
        assertThat(put.statusCode()).isEqualTo(422);
        assertThat(put.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(put.body())
                .contains("the policy has 2 mistakes, the one in force stays: $: is bad")
                .endsWith("\"errors\":[{\"path\":\"$\",\"line\":1,\"column\":1,\"detail\":\"is bad\"},"
                        + "{\"path\":\"policies[0]\",\"line\":2,\"column\":3,\"detail\":\"is worse\"}]}");
        assertThat(server.get("/v1/policy").body()).isEqualTo("version: 1 # 政策\n");
    }

    @Test
    void shouldReplaceOnlyWhatTheSenderHadRead() {
        String seen = etag(server.get("/v1/policy"));
        assertThat(put(NEW, "Content-Type", "application/yaml", "If-Match", seen)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> second = put("version: 1\n", "Content-Type", "application/yaml", "If-Match", seen);
        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(second.body()).contains("read it again");
        assertThat(put("version: 1\n", "Content-Type", "application/yaml", "If-Match", "*")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldNotSendAPolicyThatTheReaderHas() {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/v1/policy"))
                .header("If-None-Match", etag(server.get("/v1/policy")))
                .build();
        HttpResponse<String> response = server.send(request);
        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void shouldReadABodyAsYamlWhateverItCallsItself() {
        assertThat(put(NEW, "Content-Type", "application/x-www-form-urlencoded").statusCode())
                .isEqualTo(200);
        assertThat(server.get("/v1/policy").body()).isEqualTo(NEW);
    }

    @Test
    void shouldRefuseAPolicyThatIsTooLong() {
        assertThat(put("#".repeat((1 << 20) + 1), "Content-Type", "application/yaml")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void shouldSayThatTheEngineHasStopped() {
        server.policy.stopped = true;
        HttpResponse<String> put = put(NEW, "Content-Type", "application/yaml");
        assertThat(put.statusCode()).isEqualTo(503);
        assertThat(put.body()).contains("the policy was not replaced: the engine has stopped");
    }

    private HttpResponse<String> put(String body, String... headers) {
        return server.send(HttpRequest.newBuilder(server.uri("/v1/policy"))
                .PUT(BodyPublishers.ofString(body))
                .headers(headers)
                .build());
    }

    private static String etag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }
}
