package io.tocsin.http;

import io.javalin.http.Context;
import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.engine.view.Window;
import io.tocsin.http.json.StatsJson;
import io.tocsin.http.wallboard.StatsQuestion;

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
        StatsQuestion question = new StatsQuestion(Query.names(ctx, "by", MAX_NAMES), window(ctx));
        Answers.json(ctx, prepared.json(Answers.client(ctx), question, () -> question.ask(reads), StatsJson::write));
    }

    /** The window asked for. */
    static String window(Context ctx) {
        String window = Query.oneOf(ctx, "window", Window.texts());
        return window == null ? Window.ALL.text() : window;
    }
}
