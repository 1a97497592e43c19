package io.tocsin.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.http.PolicyDesk.Mistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET} and {@code PUT /v1/policy}: the policy in force and its replacement. The text is kept as it came, comments and
 * all. Whatever a body calls itself is read as YAML, of which JSON is a part. An {@code ETag} names the text, so that two
 * who change it at a time do not undo each other: {@code If-Match} makes a replacement depend on what it replaces (RFC 9110,
 * section 13.1.1).
 */
final class PolicyResource {
    private static final int MAX_LENGTH = 1 << 20;
    private static final String YAML = "application/yaml";

    private final PolicyDesk desk;

    PolicyResource(PolicyDesk desk) {
        this.desk = desk;
    }

    void get(Context ctx) {
        String text = desk.text();
        if (etag(text).equals(ctx.header("If-None-Match"))) {
            ctx.status(HttpStatus.NOT_MODIFIED).header("ETag", etag(text));
            return;
        }
        answer(ctx, text);
    }

    /** One replacement at a time: what {@code If-Match} was compared with is what is replaced. */
    synchronized void put(Context ctx) throws IOException {
        RequestBody body = new RequestBody();
        body.read(ctx, MAX_LENGTH);
        checkMatch(ctx.header("If-Match"), etag(desk.text()));
        byte[] utf8 = Arrays.copyOf(body.bytes(), body.length());
        List<Mistake> mistakes = replace(utf8);
        if (!mistakes.isEmpty()) {
            throw invalid(mistakes);
        }
        answer(ctx, new String(utf8, StandardCharsets.UTF_8));
    }

    private List<Mistake> replace(byte[] utf8) {
        try {
            return desk.replace(utf8);
        } catch (IllegalStateException e) {
            throw Problem.unavailable("the policy was not replaced: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable(
                    "the server is stopping; whether the policy was replaced shows after its restart");
        }
    }

    private static void answer(Context ctx, String text) {
        ctx.contentType(YAML + "; charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("ETag", etag(text))
                .result(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void checkMatch(@Nullable String ifMatch, String etag) {
        if (ifMatch != null && !ifMatch.equals("*") && !ifMatch.equals(etag)) {
            throw new Problem(
                    HttpStatus.PRECONDITION_FAILED,
                    "If-Match: " + ifMatch + " is not the policy in force, which is " + etag
                            + ": read it again and apply your change to it");
        }
    }

    private static Problem invalid(List<Mistake> mistakes) {
        String count = mistakes.size() == 1 ? "a mistake" : mistakes.size() + " mistakes";
        return new Problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "the policy has " + count + ", the one in force stays: "
                        + mistakes.get(0).path() + ": " + mistakes.get(0).detail(),
                json -> {
                    json.writeArrayFieldStart("errors");
                    for (Mistake mistake : mistakes) {
                        json.writeStartObject();
                        json.writeStringField("path", mistake.path());
                        json.writeNumberField("line", mistake.line());
                        json.writeNumberField("column", mistake.column());
                        json.writeStringField("detail", mistake.detail());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    private static String etag(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
