package io.tocsin.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts are read eight bytes at a time; what is left at their end must count like the rest, whatever stands beside it. */
class TextTailTest {
    private static final int OFFSET = 13;
    private static final long SEED = 42;

    private final byte[] bytes = new byte[64];
    private final UnsafeBuffer text = new UnsafeBuffer(bytes);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 21, 23, 24, 31})
    void shouldHashAsTheBytesOneByOneWould(int length) {
        for (int round = 0; round < 20; round++) {
            new Random(round).nextBytes(bytes);

            assertThat(Hashing.hash(text, OFFSET, length, SEED)).isEqualTo(hashOneByOne(length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 21, 23, 24, 31})
    void shouldTellTextsApartThatDifferInOneByte(int length) {
        ByteArena arena = new ByteArena();
        new Random(length).nextBytes(bytes);
        int kept = arena.put(text, OFFSET, length);

        for (int i = 0; i < bytes.length; i++) {
            bytes[i]++;
            boolean inside = i >= OFFSET && i < OFFSET + length;
            assertThat(arena.equals(kept, text, OFFSET, length)).isEqualTo(!inside);
            bytes[i]--;
        }
    }

    private long hashOneByOne(int length) {
        long hash = SEED ^ (length * 0x9E3779B97F4A7C15L);
        int whole = length / 8 * 8;
        for (int i = 0; i < whole; i += 8) {
            long eight = 0;
            for (int j = 7; j >= 0; j--) {
                eight = (eight << 8) | (bytes[OFFSET + i + j] & 0xFF);
            }
            hash = Hashing.mix(hash ^ eight) + 0x9E3779B97F4A7C15L;
        }
        long tail = 0;
        for (int i = whole; i < length; i++) {
            tail = (tail << 8) | (bytes[OFFSET + i] & 0xFF);
        }
        return Hashing.mix(hash ^ tail);
    }
}
