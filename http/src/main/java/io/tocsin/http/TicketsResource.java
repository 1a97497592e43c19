package io.tocsin.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.engine.pipeline.EngineReads;
import io.tocsin.engine.view.DueQuery;
import io.tocsin.engine.view.TicketView;
import io.tocsin.http.json.DueJson;
import io.tocsin.http.json.Json;
import io.tocsin.http.json.TicketJson;
import java.util.List;
import java.util.Optional;

/** {@code GET /v1/tickets/{id}} and {@code GET /v1/tickets}: one ticket as it is now, and what is about to breach. */
final class TicketsResource {
    static final String PATH = "/v1/tickets";

    private static final int MAX_LIMIT = 1_000;
    private static final int DEFAULT_LIMIT = 50;

    private final EngineReads reads;
    private final PreparedAnswers prepared;
    private final long timeoutMs;

    TicketsResource(EngineReads reads, PreparedAnswers prepared, long timeoutMs) {
        this.reads = reads;
        this.prepared = prepared;
        this.timeoutMs = timeoutMs;
    }

    /** Asks the core each time, so that a sender sees at once what became of its events. */
    void get(Context ctx) {
        // Not the router's parameter: it takes malformed bytes for question marks.
        String id = PercentCoded.decode(ctx.path().substring(PATH.length() + 1));
        Optional<TicketView> ticket = Answers.await(reads.ticket(id), timeoutMs);
        if (ticket.isEmpty()) {
            throw new Problem(HttpStatus.NOT_FOUND, "ticket \"" + id + "\" is not known, or forgotten");
        }
        Answers.json(ctx, Json.bytes(json -> TicketJson.write(json, ticket.get())));
    }

    void list(Context ctx) {
        DueQuery query = new DueQuery(
                Query.oneOf(ctx, "state", List.of("running", "paused")),
                Query.truthOrNull(ctx, "breached"),
                Query.text(ctx, "clock"),
                Query.seconds(ctx, "within"),
                (int) Query.number(ctx, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT));
        Answers.json(ctx, prepared.json(Answers.client(ctx), query, () -> reads.due(query), DueJson::write));
    }
}
