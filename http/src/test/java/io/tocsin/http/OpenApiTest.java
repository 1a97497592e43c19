package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private final ServerFixture server = new ServerFixture();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shouldDescribeEveryRouteAndNoOther() throws IOException {
        Set<String> served = new TreeSet<>();
        server.server
                .routes()
                .forEach(route -> served.add(route.replace('<', '{').replace('>', '}')));
        served.add("GET /");

        assertThat(described()).isEqualTo(served);
    }

    @Test
    void shouldServeTheDescription() {
        HttpResponse<String> response = server.get("/openapi.json");

        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).contains("\"openapi\": \"3.1.0\"");
    }

    @Test
    void shouldReferOnlyToWhatItDefines() throws IOException {
        String text = server.get("/openapi.json").body();
        Set<String> defined = names(text);
        try (JsonParser json = new JsonFactory().createParser(text)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_STRING && "$ref".equals(json.currentName())) {
                    assertThat(json.getText()).startsWith("#/components/");
                    assertThat(defined).contains(json.getText().substring("#/components/".length()));
                }
            }
        }
    }

    /** {@code schemas/Event} and so on. */
    private static Set<String> names(String text) throws IOException {
        Set<String> names = new TreeSet<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            skipTo(json, "components");
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String kind = json.currentName();
                json.nextToken();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    names.add(kind + "/" + json.currentName());
                    json.nextToken();
                    json.skipChildren();
                }
            }
        }
        return names;
    }

    private Set<String> described() throws IOException {
        Set<String> routes = new TreeSet<>();
        try (JsonParser json =
                new JsonFactory().createParser(server.get("/openapi.json").body())) {
            skipTo(json, "paths");
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String path = json.currentName();
                json.nextToken();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    routes.add(json.currentName().toUpperCase(Locale.ROOT) + " " + path);
                    json.nextToken();
                    json.skipChildren();
                }
            }
        }
        return routes;
    }

    /** Moves into the object of a field of the document itself. */
    private static void skipTo(JsonParser json, String field) throws IOException {
        json.nextToken();
        while (!field.equals(json.nextFieldName())) {
            json.nextToken();
            json.skipChildren();
        }
        json.nextToken();
    }
}
