package io.tocsin.http;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every other way to fail into a {@link Problem} too: the router's, the web server's, and our own mistakes. */
final class ProblemPages extends ErrorHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProblemPages.class);

    /** What the router says: no such path, no such method. */
    static void onRouterError(HttpResponseException e, Context ctx) {
        String request = ctx.method() + " " + ctx.path();
        if (e instanceof MethodNotAllowedResponse) {
            String allowed = String.join(", ", e.getDetails().values());
            ctx.header("Allow", allowed);
            new Problem(HttpStatus.METHOD_NOT_ALLOWED, request + " is not possible: expected " + allowed).answer(ctx);
        } else if (e.getStatus() == HttpStatus.NOT_FOUND.getCode()) {
            new Problem(HttpStatus.NOT_FOUND, request + " does not exist: see /openapi.json").answer(ctx);
        } else {
            new Problem(HttpStatus.forStatus(e.getStatus()), describe(e.getMessage())).answer(ctx);
        }
    }

    /** The client hung up, or its bytes stopped coming; nobody reads the answer. */
    static void onConnectionError(IOException e, Context ctx) {
        LOGGER.debug("connection lost during {} {}", ctx.method(), ctx.path(), e);
        Problem.badRequest("the request could not be read to its end").answer(ctx);
    }

    /** A mistake of ours. */
    static void onMistake(Exception e, Context ctx) {
        LOGGER.error("{} {} failed", ctx.method(), ctx.path(), e);
        new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "the server failed: its log says why").answer(ctx);
    }

    /** Out of memory or stack: answer if that is still possible. */
    static void onError(HttpServletResponse response, Error e) {
        LOGGER.error("a request failed", e);
        response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.getCode());
    }

    /** What the web server refuses before the router sees it. */
    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        response.write(true, ByteBuffer.wrap(Problem.json(code, describe(message), json -> {})), callback);
    }

    private static String describe(@Nullable String message) {
        return message == null ? "the request cannot be understood" : message;
    }
}
