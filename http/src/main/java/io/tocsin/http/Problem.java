package io.tocsin.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.http.json.Json;
import java.io.IOException;

/**
 * What went wrong with a request, as RFC 9457 tells it: {@code application/problem+json}, type {@code about:blank}, the
 * status' own title, and a detail that says what was wrong, where, the value, and what would be right. Thrown by
 * whatever finds it, answered at one place.
 */
final class Problem extends RuntimeException {
    static final String CONTENT_TYPE = "application/problem+json";

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String detail;
    private final transient Json.Content members;
    private int retryAfterSeconds;

    Problem(HttpStatus status, String detail) {
        this(status, detail, json -> {});
    }

    /** With further members, written into the object begun. */
    Problem(HttpStatus status, String detail, Json.Content members) {
        super(detail, null, false, false);
        this.status = status.getCode();
        this.detail = detail;
        this.members = members;
    }

    static Problem badRequest(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, detail);
    }

    /** The engine cannot answer now, but it, or its successor, may soon. */
    static Problem unavailable(String detail) {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, detail).retryAfter(5);
    }

    /** Tells the client when to come again. */
    Problem retryAfter(int seconds) {
        retryAfterSeconds = seconds;
        return this;
    }

    int status() {
        return status;
    }

    void answer(Context ctx) {
        if (retryAfterSeconds > 0) {
            ctx.header("Retry-After", Integer.toString(retryAfterSeconds));
        }
        ctx.status(status).contentType(CONTENT_TYPE).header("Cache-Control", "no-store");
        ctx.result(json(status, detail, members));
    }

    /** The body alone, for where there is no context. */
    static byte[] json(int status, String detail, Json.Content members) {
        return Json.bytes(json -> {
            json.writeStartObject();
            writeStandardMembers(json, status, detail);
            members.writeTo(json);
            json.writeEndObject();
        });
    }

    private static void writeStandardMembers(JsonGenerator json, int status, String detail) throws IOException {
        json.writeStringField("type", "about:blank");
        json.writeStringField("title", HttpStatus.forStatus(status).getMessage());
        json.writeNumberField("status", status);
        json.writeStringField("detail", detail);
    }
}
