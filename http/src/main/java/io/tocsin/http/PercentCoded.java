package io.tocsin.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes the part of a path that names a ticket: percent-coded UTF-8, strictly; a plus is a plus. */
final class PercentCoded {
    private PercentCoded() {}

    static String decode(String coded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(coded.length());
        byte[] raw = coded.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                bytes.write(hex(coded, raw, i + 1) << 4 | hex(coded, raw, i + 2));
                i += 2;
            } else {
                bytes.write(raw[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(coded);
        }
    }

    private static int hex(String coded, byte[] raw, int position) {
        int digit = position < raw.length ? Character.digit(raw[position], 16) : -1;
        if (digit < 0) {
            throw malformed(coded);
        }
        return digit;
    }

    private static Problem malformed(String coded) {
        return Problem.badRequest("path: \"" + coded + "\" is not a ticket's id: expected percent-coded UTF-8");
    }
}
