package io.tocsin.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What is written is read, and the bytes of version 1 never change: they lie in journals. */
class EventRecordTest {
    private final EventRecordWriter writer = new EventRecordWriter();
    private final EventRecord record = new EventRecord();

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String hex() {
        byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void shouldWriteTheBytesOfVersionOne() {
        writer.begin(0x0102030405060708L, "T1", "opened", "e9")
                .attribute(ValueKind.STRING, "a", "xy")
                .attribute(ValueKind.REMOVED, "b", "");
        record.wrap(writer.buffer(), 0).stamp(0x1112131415161718L);

        assertThat(hex())
                .isEqualTo("01" + "01" + "0000" + "36000000" // version, kind, flags, length
                        + "1817161514131211" // arrival
                        + "0807060504030201" // at
                        + "0200" + "0600" + "0200" + "0200" // lengths of ticket, type, id; attributes
                        + "5431" + "6f70656e6564" + "6539" // T1 opened e9
                        + "01" + "01" + "0200" + "61" + "7879" // string a = xy
                        + "04" + "01" + "0000" + "62"); // removed b
    }

    @Test
    void shouldWriteTheBytesOfAPolicyInVersionOne() {
        writer.policy("p: 1");

        assertThat(hex())
                .isEqualTo("01" + "02" + "0100" + "20000000" // version, kind, flags: at arrival, length
                        + "0000000000000000" + "0000000000000000"
                        + "04000000" + "703a2031");
    }

    @Test
    void shouldWriteTheBytesOfASliceInVersionOne() {
        record.wrap(writer.slice(0x1112131415161718L, 0x0102030405060708L).buffer(), 0);

        assertThat(hex())
                .isEqualTo("01" + "03" + "0000" + "20000000" // version, kind, flags, length
                        + "1817161514131211" + "1817161514131211" // arrival, at
                        + "0807060504030201"); // timers fired
        assertThat(record.kind()).isEqualTo(RecordKind.SLICE);
        assertThat(record.firedCount()).isEqualTo(0x0102030405060708L);
        assertThat(record.arrivalNs()).isEqualTo(0x1112131415161718L);
        assertThat(record.attributeCount()).isZero();
        assertThat(record.isBehind()).isFalse();
    }

    @Test
    void shouldWriteWhetherAnEventOvertookTimers() {
        record.wrap(writer.begin(5, "T1", "opened", "").buffer(), 0).stampBehind(7);
        assertThat(hex()).startsWith("01" + "01" + "0200");
        assertThat(record.isBehind()).isTrue();
        assertThat(record.atNs()).isEqualTo(5);

        record.wrap(writer.beginAtArrival(utf8("T1"), utf8("opened"), utf8("")).buffer(), 0)
                .stampBehind(7);
        assertThat(record.isBehind()).isTrue();
        assertThat(record.isAtArrival()).isFalse();
        assertThat(record.atNs()).isEqualTo(7);

        record.stamp(8);
        assertThat(record.isBehind()).isFalse();
    }

    @Test
    void shouldReadWhatWasWritten() {
        writer.begin(42, "工单", "opened", "")
                .attribute(ValueKind.STRING, "阶段", "售后")
                .attribute(ValueKind.NUMBER, "n", "0.25")
                .attribute(ValueKind.BOOLEAN, "vip", "true");
        UnsafeBuffer elsewhere = new UnsafeBuffer(new byte[writer.length() + 100]);
        elsewhere.putBytes(50, writer.buffer(), 0, writer.length());

        record.wrap(elsewhere, 50);

        assertThat(record.kind()).isEqualTo(RecordKind.EVENT);
        assertThat(record.length()).isEqualTo(writer.length());
        assertThat(record.atNs()).isEqualTo(42);
        assertThat(record.ticket()).isEqualTo("工单");
        assertThat(record.type()).isEqualTo("opened");
        assertThat(record.id()).isEmpty();
        assertThat(attributes()).containsExactly("STRING 阶段=售后", "NUMBER n=0.25", "BOOLEAN vip=true");
        record.firstAttribute();
        assertThat(attributes()).hasSize(3);
    }

    private List<String> attributes() {
        List<String> attributes = new ArrayList<>();
        while (record.nextAttribute()) {
            attributes.add(record.valueKind() + " " + record.name() + "=" + record.value());
        }
        return attributes;
    }

    @Test
    void shouldReadAPolicy() {
        String text = "policies: 售后\n".repeat(10_000);

        record.wrap(writer.policy(text).buffer(), 0).stamp(7);

        assertThat(record.kind()).isEqualTo(RecordKind.POLICY);
        assertThat(record.policyText()).isEqualTo(text);
        assertThat(record.arrivalNs()).isEqualTo(7);
        assertThat(record.attributeCount()).isZero();
    }

    @Test
    void shouldTakeTheStampAsItsTimeWhenItHasNoneOfItsOwn() {
        writer.beginAtArrival(utf8("T1"), utf8("opened"), utf8(""));
        record.wrap(writer.buffer(), 0);
        assertThat(record.isAtArrival()).isTrue();

        record.stamp(99);

        assertThat(record.atNs()).isEqualTo(99);
        assertThat(record.arrivalNs()).isEqualTo(99);
        assertThat(record.isAtArrival()).isFalse();
    }

    @Test
    void shouldTakeTheStampAsItsTimeWhenItsOwnLiesAhead() {
        record.wrap(writer.begin(100, "T1", "opened", "").buffer(), 0).stamp(99);
        assertThat(record.atNs()).isEqualTo(99);

        record.wrap(writer.begin(98, "T1", "opened", "").buffer(), 0).stamp(99);
        assertThat(record.atNs()).isEqualTo(98);
    }

    @Test
    void shouldTakeEverythingAtItsLongest() {
        writer.begin(1, "t".repeat(128), "y".repeat(64), "i".repeat(1_024));
        for (int i = 0; i < EventRecord.MAX_ATTRIBUTES; i++) {
            writer.attribute(ValueKind.STRING, String.format("%0128d", i), "v".repeat(4_096));
        }

        record.wrap(writer.buffer(), 0);

        assertThat(record.ticket()).hasSize(128);
        assertThat(record.type()).hasSize(64);
        assertThat(record.id()).hasSize(1_024);
        assertThat(attributes())
                .hasSize(256)
                .last()
                .asString()
                .startsWith("STRING 000")
                .endsWith("vvv");
    }

    @Test
    void shouldRefuseWhatTheFormatHasNoRoomForAndNameTheLimit() {
        assertThatThrownBy(() -> writer.begin(1, "", "opened", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ticket length is 0, allowed are 1 to 128");
        assertThatThrownBy(() -> writer.begin(1, "t".repeat(129), "opened", "")).hasMessageContaining("129");
        assertThatThrownBy(() -> writer.begin(1, "T1", "y".repeat(65), "")).hasMessageContaining("type length is 65");
        assertThatThrownBy(() -> writer.begin(1, "T1", "opened", "i".repeat(1_025)))
                .hasMessageContaining("1025");
        writer.begin(1, "T1", "opened", "");
        assertThatThrownBy(() -> writer.attribute(ValueKind.STRING, "", "x")).hasMessageContaining("name length is 0");
        assertThatThrownBy(() -> writer.attribute(ValueKind.STRING, "n", "v".repeat(4_097)))
                .hasMessageContaining("4097");
        for (int i = 0; i < 256; i++) {
            writer.attribute(ValueKind.STRING, "n", "v");
        }
        assertThatThrownBy(() -> writer.attribute(ValueKind.STRING, "n", "v")).hasMessageContaining("257");
    }

    @Test
    void shouldRefuseAnUnknownVersionAndUnknownKinds() {
        writer.begin(1, "T1", "opened", "").attribute(ValueKind.STRING, "n", "v");
        writer.buffer().putByte(0, (byte) 2);
        assertThatThrownBy(() -> record.wrap(writer.buffer(), 0)).hasMessage("record of version 2, this build reads 1");

        writer.begin(1, "T1", "opened", "");
        writer.buffer().putByte(1, (byte) 4);
        record.wrap(writer.buffer(), 0);

        assertThatThrownBy(record::kind).hasMessageContaining("unknown record kind 4");
        assertThatThrownBy(() -> ValueKind.of((byte) 0)).hasMessageContaining("unknown value kind 0");
        assertThatThrownBy(() -> ValueKind.of((byte) 5)).hasMessageContaining("unknown value kind 5");
    }

    @Test
    void shouldReadWhateverWasWritten() {
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            String ticket = text(random, 1, 42);
            String id = text(random, 0, 300);
            List<String> written = new ArrayList<>();
            writer.begin(random.nextLong(), ticket, "type", id);
            for (int left = random.nextInt(6); left > 0; left--) {
                ValueKind kind = ValueKind.values()[random.nextInt(4)];
                String name = text(random, 1, 42);
                String value = text(random, 0, 1_000);
                writer.attribute(kind, name, value);
                written.add(kind + " " + name + "=" + value);
            }

            record.wrap(writer.buffer(), 0);

            assertThat(record.ticket()).as("seed %d", seed).isEqualTo(ticket);
            assertThat(record.id()).as("seed %d", seed).isEqualTo(id);
            assertThat(attributes()).as("seed %d", seed).isEqualTo(written);
        }
    }

    private static String text(Random random, int shortest, int longest) {
        StringBuilder text = new StringBuilder();
        for (int left = shortest + random.nextInt(longest - shortest + 1); left > 0; left--) {
            text.append(random.nextInt(10) == 0 ? '售' : (char) (' ' + random.nextInt(90)));
        }
        return text.toString();
    }
}
