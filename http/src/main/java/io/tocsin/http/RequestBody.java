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

/**
 * A request's body, inflated if need be, in an array that can be used again; it never holds more than the limit and one byte.
 * Belongs to one thread at a time.
 */
final class RequestBody {
    private static final int FIRST_LENGTH = 16 * 1024;

    private byte[] bytes = {};
    private int length;

    /** Reads the whole body; throws a {@link Problem} if it is too long or cannot be inflated. */
    void read(Context ctx, int maxLength) throws IOException {
        InputStream raw = ctx.req().getInputStream();
        long announced = ctx.req().getContentLengthLong();
        if (announced > maxLength) {
            throw tooLong(ctx, raw, maxLength);
        }
        try {
            makeRoom((int) Math.max(announced, FIRST_LENGTH - 1), maxLength);
            read(inflated(ctx, raw), maxLength);
            if (length > maxLength) {
                throw tooLong(ctx, raw, maxLength);
            }
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

    /** How many bytes the array has room for. */
    int room() {
        return bytes.length;
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

    private void read(InputStream in, int maxLength) throws IOException {
        length = 0;
        for (int read = 0; read >= 0 && length <= maxLength; ) {
            length += read;
            if (length == bytes.length) {
                makeRoom(length * 2L, maxLength);
            }
            read = length > maxLength ? -1 : in.read(bytes, length, Math.min(bytes.length, maxLength + 1) - length);
        }
    }

    /** For so many bytes and one more, by which it shows that there are not too many. */
    private void makeRoom(long wanted, int maxLength) {
        int room = (int) Math.min(wanted, maxLength) + 1;
        if (bytes.length < room) {
            bytes = Arrays.copyOf(bytes, room);
        }
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
