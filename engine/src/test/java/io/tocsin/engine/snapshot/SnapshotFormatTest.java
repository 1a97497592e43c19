package io.tocsin.engine.snapshot;

import static io.tocsin.engine.snapshot.SnapshotBytes.source;
import static io.tocsin.engine.snapshot.SnapshotBytes.writtenBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotFormatTest {
    private static final int VALUES = 200_000;

    /** A snapshot of one block with one value, byte by byte: the format that stays readable. */
    @Test
    void shouldStayAsItIs() {
        byte[] written = writtenBy(sink -> {
            SnapshotWriter out = new SnapshotWriter(sink, 300, 1_000_000);
            out.section(SnapshotSection.TEXTS);
            out.fixed(0x0102030405060708L);
            out.number(-1);
            out.number(64);
            out.bytes(new UnsafeBuffer("abc".getBytes(StandardCharsets.UTF_8)), 0, 3);
            out.text("é");
            out.end();
        });

        assertThat(HexFormat.of().formatHex(written))
                .isEqualTo("544f43534e41501a0200000040420f002c01000000000000" + "5a89ba5c"
                        + "13000000" + "c0578f48"
                        + "0c" + "0807060504030201" + "01" + "8001" + "06616263" + "04c3a9"
                        + "00000000" + "1f080161");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadWhatWasWritten(long seed) {
        byte[] written = writtenBy(sink -> {
            SnapshotWriter out = new SnapshotWriter(sink, seed, (int) seed + 1);
            Random random = new Random(seed);
            for (int i = 0; i < VALUES; i++) {
                switch (random.nextInt(40)) {
                    case 0 -> out.bytes(randomBytes(random), 3, random.nextInt(8_000));
                    case 1 -> out.text("ü".repeat(random.nextInt(random.nextInt(200) == 0 ? 400_000 : 10)));
                    case 2 -> out.section(section(random));
                    case 3, 4, 5, 6 -> out.fixed(random.nextLong());
                    default -> out.number(random.nextLong() >> random.nextInt(64));
                }
            }
            out.end();
        });

        SnapshotReader in = new SnapshotReader(source(written));
        assertThat(in.position()).isEqualTo(seed);
        assertThat(in.rememberedIds()).isEqualTo((int) seed + 1);
        Random random = new Random(seed);
        for (int i = 0; i < VALUES; i++) {
            switch (random.nextInt(40)) {
                case 0 -> assertBytes(in, randomBytes(random), random.nextInt(8_000));
                case 1 -> assertThat(in.text()).hasSize(random.nextInt(random.nextInt(200) == 0 ? 400_000 : 10));
                case 2 -> in.section(section(random));
                case 3, 4, 5, 6 -> assertThat(in.fixed()).isEqualTo(random.nextLong());
                default -> assertThat(in.number()).isEqualTo(random.nextLong() >> random.nextInt(64));
            }
        }
        in.end();
    }

    @Test
    void shouldNameTheSectionThatIsAnother() {
        byte[] written = numbers(10);
        SnapshotReader in = new SnapshotReader(source(written));
        in.section(SnapshotSection.ALERTS);

        assertThatThrownBy(() -> in.section(SnapshotSection.FIGURES))
                .isInstanceOf(SnapshotDamagedException.class)
                .hasMessage("snapshot cannot be used: at byte 38, in alerts: "
                        + "here begins section 0, it ought to be 7, figures");
    }

    @Test
    void shouldSayThatANewerVersionIsOne() {
        byte[] written = numbers(10);
        written[Frame.VERSION_OFFSET] = 3;

        assertThatThrownBy(() -> new SnapshotReader(source(written)))
                .isInstanceOf(SnapshotDamagedException.class)
                .hasMessageContaining("it is of version 3 and this build reads versions 1 to 2; a newer build");
    }

    @Test
    void shouldRefuseANumberBeyondItsLimit() {
        byte[] written = writtenBy(sink -> {
            SnapshotWriter out = new SnapshotWriter(sink, 0, 1);
            out.number(5);
            out.end();
        });

        assertThatThrownBy(() -> new SnapshotReader(source(written)).upTo(4))
                .isInstanceOf(SnapshotDamagedException.class)
                .hasMessageEndingWith("a number is 5, allowed are 0 to 4");
    }

    @Test
    void shouldNoticeWhatIsLeftOver() {
        SnapshotReader in = new SnapshotReader(source(numbers(3)));
        in.section(SnapshotSection.ALERTS);

        assertThatThrownBy(in::end)
                .isInstanceOf(SnapshotDamagedException.class)
                .hasMessageEndingWith("there is more than was expected");
    }

    @Test
    void shouldNoticeBytesBehindTheEnd() {
        byte[] written = numbers(3);

        assertDamaged(Arrays.copyOf(written, written.length + 1), 3, "there are bytes behind the end");
    }

    @Test
    void shouldNoticeBlocksThatAreMissingOrChangedPlaces() {
        int count = Frame.MOST_VALUES_LENGTH * 2;
        byte[] written = numbers(count);
        int block = Frame.VALUES_OFFSET + Frame.MOST_VALUES_LENGTH - 9;
        byte[] without = new byte[written.length - block];
        System.arraycopy(written, 0, without, 0, Frame.HEADER_LENGTH);
        System.arraycopy(
                written,
                Frame.HEADER_LENGTH + block,
                without,
                Frame.HEADER_LENGTH,
                without.length - Frame.HEADER_LENGTH);
        byte[] swapped = written.clone();
        System.arraycopy(written, Frame.HEADER_LENGTH, swapped, Frame.HEADER_LENGTH + block, block);
        System.arraycopy(written, Frame.HEADER_LENGTH + block, swapped, Frame.HEADER_LENGTH, block);

        assertDamaged(without, count, "the checksum of");
        assertDamaged(swapped, count, "the checksum of");
    }

    @Test
    void shouldNoticeABlockOfAnotherSnapshot() {
        byte[] one = numbers(100);
        byte[] other = writtenBy(sink -> {
            SnapshotWriter out = new SnapshotWriter(sink, 8, 1);
            out.end();
        });
        System.arraycopy(other, 0, one, 0, Frame.HEADER_LENGTH);

        assertDamaged(one, 100, "the checksum of");
    }

    /** A section mark and so many zeros, a byte each. */
    private static byte[] numbers(int count) {
        return writtenBy(sink -> {
            SnapshotWriter out = new SnapshotWriter(sink, 7, 1);
            out.section(SnapshotSection.ALERTS);
            for (int i = 0; i < count; i++) {
                out.number(0);
            }
            out.end();
        });
    }

    private static void assertDamaged(byte[] bytes, int count, String why) {
        assertThatThrownBy(() -> {
                    SnapshotReader in = new SnapshotReader(source(bytes));
                    in.section(SnapshotSection.ALERTS);
                    for (int i = 0; i < count; i++) {
                        in.number();
                    }
                    in.end();
                })
                .isInstanceOf(SnapshotDamagedException.class)
                .hasMessageContaining(why);
    }

    private static void assertBytes(SnapshotReader in, UnsafeBuffer expected, int length) {
        assertThat(in.bytes(8_000)).isEqualTo(length);
        assertThat(new UnsafeBuffer(in.buffer(), in.offset(), length)).isEqualTo(new UnsafeBuffer(expected, 3, length));
    }

    private static UnsafeBuffer randomBytes(Random random) {
        byte[] bytes = new byte[8_003];
        random.nextBytes(bytes);
        return new UnsafeBuffer(bytes);
    }

    private static SnapshotSection section(Random random) {
        return SnapshotSection.values()[random.nextInt(SnapshotSection.values().length)];
    }
}
