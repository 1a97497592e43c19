package io.tocsin.benchmarks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The least that a Javalin server can do with what Tocsin is sent: it parses the same bodies with Jackson's streaming parser,
 * every name and value decoded, and counts the events; and it answers the same bytes as Tocsin, always the same ones. The
 * main class of a process of its own; prints its port.
 */
public final class BareServer {
    private static final JsonFactory JSON = new JsonFactory();

    private BareServer() {}

    /** {@code STATS METRICS}: files with what to answer. Ends with its standard input. */
    public static void main(String[] args) throws IOException {
        byte[] stats = Files.readAllBytes(Path.of(args[0]));
        byte[] metrics = Files.readAllBytes(Path.of(args[1]));
        Javalin server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.post("/v1/events", BareServer::count);
                    config.routes.get("/v1/stats", ctx -> answer(ctx, "application/json", stats));
                    config.routes.get("/metrics", ctx -> answer(ctx, "text/plain", metrics));
                })
                .start("127.0.0.1", 0);
        System.out.println("port " + server.port());
        while (System.in.read() >= 0) {
            // Whoever started it is alive.
        }
        server.stop();
    }

    private static void count(Context ctx) throws IOException {
        int events = 0;
        long characters = 0;
        try (JsonParser json = JSON.createParser(ctx.bodyAsBytes())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                switch (token) {
                    case END_OBJECT -> events += json.getParsingContext().inRoot() ? 1 : 0;
                    case FIELD_NAME -> characters += json.currentName().length();
                    default -> characters += token.isScalarValue() ? json.getTextLength() : 0;
                }
            }
        }
        answer(
                ctx,
                "application/json",
                ("{\"accepted\":" + events + ",\"characters\":" + characters + "}").getBytes(UTF_8));
    }

    private static void answer(Context ctx, String type, byte[] body) {
        ctx.contentType(type).header("Cache-Control", "no-store").result(body);
    }
}
