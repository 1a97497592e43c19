package io.tocsin.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
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
        assertThat(Long.toHexString(Hashing.term(1, 2))).isEqualTo("ba56949915dcf9e9");
        assertThat(Long.toHexString(hashOfMany("INC0010023-resolution".repeat(5), 7)))
                .isEqualTo("aa05bf3bf8cc151e");
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

    @Test
    void shouldTellEveryByteOfManyApart() {
        String text = "0123456789abcdef".repeat(7);
        Set<Long> hashes = new HashSet<>();
        for (int length = 0; length < text.length(); length++) {
            assertThat(hashes.add(hashOfMany(text.substring(0, length), 0))).isTrue();
        }
        for (int at = 0; at < text.length(); at++) {
            assertThat(hashes.add(hashOfMany(text.substring(0, at) + "x" + text.substring(at + 1), 0)))
                    .as("byte %d", at)
                    .isTrue();
        }
        assertThat(hashes.add(hashOfMany(text, 1))).isTrue();
        assertThat(hashes.add(hashOfMany("89abcdef01234567".repeat(7), 0))).isTrue();
    }

    @Test
    void shouldTellThePlacesOfTermsApart() {
        assertThat(Hashing.term(0, 1) + Hashing.term(1, 2)).isNotEqualTo(Hashing.term(0, 2) + Hashing.term(1, 1));
        assertThat(Hashing.term(0, 0)).isNotEqualTo(Hashing.term(1, 0)).isNotZero();
    }

    private static long hashOfMany(String text, long seed) {
        return Hashing.hashOfMany(Texts.around(text), Texts.OFFSET, Texts.length(text), seed);
    }
}
