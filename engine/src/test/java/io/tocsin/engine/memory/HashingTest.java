package io.tocsin.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** State hashes are compared between machines and builds: the function never changes. */
class HashingTest {
    private static long hash(String text, long seed) {
        return Hashing.hash(Texts.around(text), Texts.OFFSET, Texts.length(text), seed);
    }

    @Test
    void shouldGiveTheSameForEver() {
        assertThat(Long.toHexString(hash("", 0))).isEqualTo("0");
        assertThat(Long.toHexString(hash("gold", 0))).isEqualTo("ca1ff7233123910c");
        assertThat(Long.toHexString(hash("INC0010023-resolution", 7))).isEqualTo("81359e066d38a73f");
        assertThat(Long.toHexString(Hashing.fold(1, 2))).isEqualTo("2c0e0fedbe2218a8");
    }

    @Test
    void shouldGiveTheSameForWordsAtHand() {
        String text = "\u00e40123456789abcde";
        for (int chars = 0; chars < text.length(); chars++) {
            String part = text.substring(0, chars);
            int length = Texts.length(part);
            long first = Hashing.word(Texts.around(part), Texts.OFFSET, length, 0);
            long second = Hashing.word(Texts.around(part), Texts.OFFSET, length, Long.BYTES);

            assertThat(Hashing.hash(first, second, length, 7)).as(part).isEqualTo(hash(part, 7));
        }
    }

    @Test
    void shouldTellTextsLengthsAndSeedsApart() {
        assertThat(hash("gold", 0)).isNotEqualTo(hash("golf", 0));
        assertThat(hash("gold", 0)).isNotEqualTo(hash("gold", 1));
        assertThat(hash("\0", 0)).isNotEqualTo(hash("\0\0", 0));
        assertThat(hash("12345678", 0)).isNotEqualTo(hash("12345678\0", 0));
        assertThat(Hashing.fold(1, 2)).isNotEqualTo(Hashing.fold(2, 1));
    }
}
