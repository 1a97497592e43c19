package io.tocsin.http;

import io.javalin.http.Context;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How answers are waited for and given. */
final class Answers {
    private Answers() {}

    /** Answers with JSON that no cache keeps. */
    static void json(Context ctx, byte[] body) {
        ctx.contentType("application/json").header("Cache-Control", "no-store").result(body);
    }

    /** The address a request comes from, which is what its sender is known by. */
    static String client(Context ctx) {
        return ctx.req().getRemoteAddr();
    }

    /** Waits for the core; a {@link Problem} if it does not answer in time or has stopped. */
    static <T> T await(CompletableFuture<T> answer, long timeoutMs) {
        try {
            return answer.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw Problem.unavailable("the engine has not answered within " + timeoutMs + " ms");
        } catch (CancellationException e) {
            throw Problem.unavailable("the engine has stopped");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalStateException) {
                throw Problem.unavailable("the engine has stopped");
            }
            throw new IllegalStateException("the engine failed to answer", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the server is stopping");
        }
    }
}
