package io.tocsin.http;

import io.javalin.http.Context;
import io.tocsin.http.wallboard.BoardClient;
import io.tocsin.http.wallboard.BoardView;
import io.tocsin.http.wallboard.Wallboard;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.util.List;

/** {@code GET /v1/wallboard/stream}: what a board shows, pushed. */
final class WallboardResource {
    private static final int MAX_FILTERS = 4;
    private static final int MAX_TREND_HOURS = 24;
    private static final int DEFAULT_TREND_HOURS = 8;

    private final Wallboard wallboard;
    private final long patienceMs;

    WallboardResource(Wallboard wallboard, long patienceMs) {
        this.wallboard = wallboard;
        this.patienceMs = patienceMs;
    }

    /** Every frame is whole, so {@code Last-Event-ID} need not be looked at. */
    void stream(Context ctx) throws IOException {
        List<String> by = Query.names(ctx, "by", 1);
        BoardView view = new BoardView(
                Query.pairs(ctx, "where", MAX_FILTERS),
                by.isEmpty() ? null : by.get(0),
                StatsResource.window(ctx),
                (int) Query.number(ctx, "trend_hours", 1, MAX_TREND_HOURS, DEFAULT_TREND_HOURS));
        wallboard.refusalOf(view).ifPresent(why -> {
            throw Problem.unavailable(why);
        });
        ServletOutputStream out = ctx.res().getOutputStream();
        EventStreams.begin(ctx, patienceMs, request -> {
            BoardClient client = new BoardClient(out, request);
            client.start();
            wallboard.open(view, client);
        });
    }
}
