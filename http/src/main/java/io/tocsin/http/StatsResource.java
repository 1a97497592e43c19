package io.tocsin.http;

import io.javalin.http.Context;
import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.http.json.StatsJson;
import java.util.List;

/** {@code GET /v1/stats}: the figures of a wallboard, grouped by attributes. */
final class StatsResource {
    private static final int MAX_NAMES = 8;

    private final EngineReads reads;
    private final PreparedAnswers prepared;

    StatsResource(EngineReads reads, PreparedAnswers prepared) {
        this.reads = reads;
        this.prepared = prepared;
    }

    void get(Context ctx) {
        String window = Query.oneOf(ctx, "window", "5m", "15m", "1h", "today", "all");
        if (window != null && !window.equals("all")) {
            throw Query.wrong("window", window, "all, the only window this version has");
        }
        List<String> by = Query.names(ctx, "by", MAX_NAMES);
        Answers.json(ctx, prepared.json(by, () -> reads.stats(by), StatsJson::write));
    }
}
