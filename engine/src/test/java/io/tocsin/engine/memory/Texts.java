package io.tocsin.engine.memory;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** Texts for tests, as bytes somewhere in a larger buffer. */
final class Texts {
    static final int OFFSET = 3;

    private Texts() {}

    /** The text's bytes from {@link #OFFSET} on, with others before and behind. */
    static UnsafeBuffer around(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes.length + 2 * OFFSET]);
        buffer.setMemory(0, buffer.capacity(), (byte) '#');
        buffer.putBytes(OFFSET, bytes);
        return buffer;
    }

    static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static String random(Random random, int longest) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(longest + 1); left > 0; left--) {
            text.append((char) ('a' + random.nextInt(4)));
        }
        return text.toString();
    }
}
