package io.tocsin.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * {@code GET /openapi.json}: the description of all this, a file kept by hand and checked against the routes by a test.
 */
final class OpenApiResource {
    private final byte[] description = load();

    void get(Context ctx) {
        ctx.contentType("application/json").header("Cache-Control", "no-cache").result(description);
    }

    private static byte[] load() {
        try (InputStream in = OpenApiResource.class.getResourceAsStream("/openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not on the class path: the build is not complete");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.json cannot be read", e);
        }
    }
}
