package io.tocsin.http;

import io.javalin.http.Context;
import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.http.json.CountersJson;
import io.tocsin.http.json.Json;
import io.tocsin.http.json.LatencyJson;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * {@code GET /v1/latency}, {@code GET /v1/counters} and {@code GET /v1/policy}: how the engine fares and by what rules.
 */
final class EngineResource {
    private final EngineReads reads;
    private final Supplier<String> policy;
    private final PreparedAnswers prepared;

    EngineResource(EngineReads reads, Supplier<String> policy, PreparedAnswers prepared) {
        this.reads = reads;
        this.policy = policy;
        this.prepared = prepared;
    }

    void latency(Context ctx) {
        Answers.json(ctx, Json.bytes(json -> LatencyJson.write(json, reads.latency())));
    }

    void counters(Context ctx) {
        Answers.json(ctx, prepared.json("counters", reads::counters, CountersJson::write));
    }

    /** The text as it came into force, comments and all. */
    void policy(Context ctx) {
        ctx.contentType("application/yaml; charset=utf-8")
                .header("Cache-Control", "no-store")
                .result(policy.get().getBytes(StandardCharsets.UTF_8));
    }
}
