package io.tocsin.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.http.json.Json;
import java.util.function.Supplier;

/** {@code GET /health/live} and {@code GET /health/ready}, for those who start, stop and balance. */
final class HealthResource {
    private final Supplier<Readiness> readiness;

    HealthResource(Supplier<Readiness> readiness) {
        this.readiness = readiness;
    }

    /** Whoever can answer is alive; what it depends on is no business of this question. */
    void live(Context ctx) {
        answer(ctx, "live");
    }

    void ready(Context ctx) {
        Readiness now = readiness.get();
        ctx.status(now == Readiness.READY ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
        answer(ctx, now.text());
    }

    private static void answer(Context ctx, String status) {
        Answers.json(ctx, Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("status", status);
            json.writeEndObject();
        }));
    }
}
