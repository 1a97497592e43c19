package io.tocsin.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ByteArenaTest {
    private final ByteArena arena = new ByteArena();

    private int put(String text) {
        return arena.put(Texts.around(text), Texts.OFFSET, Texts.length(text));
    }

    @Test
    void shouldKeepWhatItIsGiven() {
        int empty = put("");
        int brief = put("T1");
        int wide = put("工单一");

        assertThat(arena.text(empty)).isEmpty();
        assertThat(arena.text(brief)).isEqualTo("T1");
        assertThat(arena.text(wide)).isEqualTo("工单一");
        assertThat(arena.length(wide)).isEqualTo(9);
    }

    @Test
    void shouldCompareEveryByte() {
        String text = "abcdefghijklmnopqrstuvwxyz";
        int ref = put(text);

        assertThat(arena.equals(ref, Texts.around(text), Texts.OFFSET, 26)).isTrue();
        assertThat(arena.equals(ref, Texts.around(text), Texts.OFFSET, 25)).isFalse();
        for (int i = 0; i < text.length(); i++) {
            UnsafeBuffer other = Texts.around(text);
            other.putByte(Texts.OFFSET + i, (byte) '.');
            assertThat(arena.equals(ref, other, Texts.OFFSET, 26))
                    .as("byte %d", i)
                    .isFalse();
        }
    }

    @Test
    void shouldTakeTheLongestStringAndRefuseLongerOnes() {
        String longest = "x".repeat(ByteArena.MAX_LENGTH);

        assertThat(arena.text(put(longest))).isEqualTo(longest);
        assertThatThrownBy(() -> put(longest + "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8191 bytes")
                .hasMessageContaining("8190");
    }

    @Test
    void shouldUseFreedPlacesAgain() {
        Set<Integer> first = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            first.add(put("ticket-" + (100_000 + i)));
        }
        first.forEach(arena::free);

        for (int i = 0; i < 100_000; i++) {
            assertThat(first.remove(put("TICKET-" + (100_000 + i)))).isTrue();
        }
    }

    @Test
    void shouldHashAsTheBytesDo() {
        assertThat(arena.hash(put("gold"), 7)).isEqualTo(Hashing.hash(Texts.around("gold"), Texts.OFFSET, 4, 7));
    }

    @Test
    void shouldAgreeWithAMapWhateverComesAndGoes() {
        Random random = new Random(1);
        Map<Integer, String> model = new HashMap<>();
        List<Integer> refs = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            if (refs.isEmpty() || random.nextInt(100) < 55) {
                String text = Texts.random(random, random.nextInt(20) == 0 ? 3_000 : 60);
                int ref = put(text);
                assertThat(model.put(ref, text))
                        .as("step %d, reference given twice", i)
                        .isNull();
                refs.add(ref);
            } else {
                int ref = refs.remove(random.nextInt(refs.size()));
                arena.free(ref);
                model.remove(ref);
            }
        }
        model.forEach((ref, text) -> assertThat(arena.text(ref)).isEqualTo(text));
    }
}
