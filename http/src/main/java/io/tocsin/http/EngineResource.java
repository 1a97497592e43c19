package io.tocsin.http;

import io.javalin.http.Context;
import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.http.json.CountersJson;
import io.tocsin.http.json.Json;
import io.tocsin.http.json.LatencyJson;

/** {@code GET /v1/latency} and {@code GET /v1/counters}: how the engine fares. */
final class EngineResource {
    private final EngineReads reads;
    private final PreparedAnswers prepared;

    EngineResource(EngineReads reads, PreparedAnswers prepared) {
        this.reads = reads;
        this.prepared = prepared;
    }

    void latency(Context ctx) {
        Answers.json(ctx, Json.bytes(json -> LatencyJson.write(json, reads.latency())));
    }

    void counters(Context ctx) {
        Answers.json(ctx, prepared.json(Answers.client(ctx), "counters", reads::counters, CountersJson::write));
    }
}
