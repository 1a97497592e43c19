package io.tocsin.http;

import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** How answers begin that are streams of server-sent events and end when their client or the server does. */
final class EventStreams {
    private EventStreams() {}

    /**
     * Begins one; whoever serves it completes the request.
     *
     * @param patienceMs how long the client may take nothing of what is sent before its connection is closed
     * @param serve is given the request, which is asynchronous by then, on the calling thread
     */
    static void begin(Context ctx, long patienceMs, Consumer<AsyncContext> serve) {
        // A write that moves nothing for so long fails; a stream that has nothing to write is not idle.
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .setIdleTimeout(patienceMs);
        ctx.contentType("text/event-stream").header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
        ctx.future(() -> {
            serve.accept(ctx.req().getAsyncContext());
            // Never completed: the router would go on with a request that the web server may have recycled when the
            // client left, and does so in an endless loop. The stream completes the request itself.
            return new CompletableFuture<>();
        });
    }
}
