package io.tocsin.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InternerTest {
    private final Interner interner = new Interner();

    private int acquire(int kind, String text) {
        return interner.acquire(kind, Texts.around(text), Texts.OFFSET, Texts.length(text));
    }

    private int find(int kind, String text) {
        return interner.find(kind, Texts.around(text), Texts.OFFSET, Texts.length(text));
    }

    @Test
    void shouldKeepATextOnceUnderOneNumber() {
        int gold = acquire(0, "gold");

        assertThat(acquire(0, "gold")).isEqualTo(gold);
        assertThat(find(0, "gold")).isEqualTo(gold);
        assertThat(interner.text(gold)).isEqualTo("gold");
        assertThat(interner.length(gold)).isEqualTo(4);
    }

    @Test
    void shouldTakeTheSameBytesOfAnotherKindAsAnotherText() {
        int text = acquire(1, "5");
        int number = acquire(2, "5");

        assertThat(number).isNotEqualTo(text);
        assertThat(interner.kind(text)).isEqualTo(1);
        assertThat(interner.kind(number)).isEqualTo(2);
        assertThat(interner.hashOf(number)).isNotEqualTo(interner.hashOf(text));
    }

    @Test
    void shouldForgetATextAfterItsLastHolder() {
        int gold = acquire(0, "gold");
        interner.hold(gold);
        interner.release(gold);
        assertThat(find(0, "gold")).isEqualTo(gold);

        interner.release(gold);

        assertThat(find(0, "gold")).isEqualTo(Interner.UNKNOWN);
    }

    @Test
    void shouldGiveAFreedNumberToAnotherText() {
        int gold = acquire(0, "gold");
        interner.release(gold);

        assertThat(acquire(0, "silver")).isEqualTo(gold);
        assertThat(interner.text(gold)).isEqualTo("silver");
    }

    @Test
    void shouldGiveTheSameHashInEveryInterner() {
        acquire(0, "first");
        int second = acquire(0, "gold");

        Interner other = new Interner();
        int first = other.acquire(0, Texts.around("gold"), Texts.OFFSET, 4);

        assertThat(other.hashOf(first)).isEqualTo(interner.hashOf(second));
    }

    @Test
    void shouldAgreeWithAHashMapWhateverComesAndGoes() {
        for (long seed = 1; seed <= 10; seed++) {
            agreeWithAHashMap(seed);
        }
    }

    private void agreeWithAHashMap(long seed) {
        Random random = new Random(seed);
        Interner subject = new Interner();
        Map<String, Integer> numbers = new HashMap<>();
        List<String> held = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (held.isEmpty() || random.nextInt(100) < (i / 4_000 % 2 == 0 ? 60 : 40)) {
                String key = random.nextInt(3) + Texts.random(random, 12);
                int number =
                        subject.acquire(key.charAt(0), Texts.around(key.substring(1)), Texts.OFFSET, key.length() - 1);
                assertThat(numbers.getOrDefault(key, number))
                        .as("seed %d", seed)
                        .isEqualTo(number);
                numbers.put(key, number);
                held.add(key);
            } else {
                String key = held.remove(random.nextInt(held.size()));
                subject.release(numbers.get(key));
                if (!held.contains(key)) {
                    numbers.remove(key);
                }
            }
            String probe = random.nextInt(3) + Texts.random(random, 12);
            assertThat(subject.find(
                            probe.charAt(0), Texts.around(probe.substring(1)), Texts.OFFSET, probe.length() - 1))
                    .as("seed %d, step %d, %s", seed, i, probe)
                    .isEqualTo(numbers.getOrDefault(probe, Interner.UNKNOWN));
        }
        numbers.forEach((key, number) -> assertThat((char) subject.kind(number) + subject.text(number))
                .as("seed %d", seed)
                .isEqualTo(key));
    }
}
