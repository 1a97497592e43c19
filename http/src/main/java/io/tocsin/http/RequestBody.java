package io.tocsin.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a request's body, inflated if need be, and never holds more of it than the limit and one byte. */
final class RequestBody {
    private static final int FIRST_LENGTH = 16 * 1024;

    private final byte[] bytes;
    private final int length;

    private RequestBody(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /** Reads the whole body; throws a {@link Problem} if it is too long or cannot be inflated. */
    static RequestBody read(Context ctx, int maxLength) throws IOException {
        InputStream raw = ctx.req().getInputStream();
        if (ctx.req().getContentLengthLong() > maxLength) {
            throw tooLong(ctx, raw, maxLength);
        }
        try {
            RequestBody body = read(inflated(ctx, raw), maxLength);
            if (body.length > maxLength) {
                throw tooLong(ctx, raw, maxLength);
            }
            return body;
        } catch (ZipException | EOFException e) {
            if (encoding(ctx).equals("identity")) {
                throw e;
            }
            throw Problem.badRequest("the body cannot be inflated: expected gzip, as Content-Encoding says");
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private static InputStream inflated(Context ctx, InputStream raw) throws IOException {
        String encoding = encoding(ctx);
        return switch (encoding) {
            case "identity" -> raw;
            case "gzip", "x-gzip" -> new GZIPInputStream(raw, FIRST_LENGTH);
            default -> {
                ctx.header("Accept-Encoding", "gzip");
                throw new Problem(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Encoding: " + encoding + " is not read here: expected gzip, or none");
            }
        };
    }

    private static String encoding(Context ctx) {
        String encoding = ctx.header("Content-Encoding");
        return encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
    }

    private static RequestBody read(InputStream in, int maxLength) throws IOException {
        byte[] bytes = new byte[Math.min(FIRST_LENGTH, maxLength + 1)];
        int length = 0;
        int read = in.read(bytes, 0, bytes.length);
        while (read >= 0 && length + read <= maxLength) {
            length += read;
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length * 2L, maxLength + 1L));
            }
            read = in.read(bytes, length, bytes.length - length);
        }
        return new RequestBody(bytes, read < 0 ? length : length + read);
    }

    /** Lets the client finish sending something moderately too long, so that it reads the answer instead of a reset. */
    private static Problem tooLong(Context ctx, InputStream raw, int maxLength) throws IOException {
        if (ctx.header("Expect") == null) {
            byte[] ignored = new byte[FIRST_LENGTH];
            long left = maxLength;
            int read = raw.read(ignored);
            while (read >= 0 && left > 0) {
                left -= read;
                read = raw.read(ignored);
            }
        }
        ctx.header("Connection", "close");
        return new Problem(
                HttpStatus.CONTENT_TOO_LARGE,
                "the body is longer than " + maxLength + " bytes: send fewer events at a time");
    }
}
