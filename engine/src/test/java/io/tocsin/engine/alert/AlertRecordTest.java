package io.tocsin.engine.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.engine.event.ValueKind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What is written is read, and the bytes of version 1 never change: they lie in journals. */
class AlertRecordTest {
    private final AlertRecordWriter writer = new AlertRecordWriter();
    private final AlertRecord alert = new AlertRecord();

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static UnsafeBuffer buffer(String text) {
        return new UnsafeBuffer(utf8(text));
    }

    private AlertRecordWriter attribute(ValueKind kind, String name, String value) {
        return writer.attribute(kind, buffer(name), 0, utf8(name).length, buffer(value), 0, utf8(value).length);
    }

    private int escalation(long detectedNs) {
        writer.begin(AlertKind.ESCALATION, 2, 12, 0x0102030405060708L, 3, detectedNs, 5, AlertRecord.NONE, 1);
        writer.text(utf8("T1"));
        writer.beginText()
                .append(buffer("xT1/"), 1, 3)
                .append(utf8("c/"))
                .append(17)
                .endText();
        writer.text(utf8("c")).text(utf8("p")).text(utf8("5m")).text(utf8(""));
        writer.to(utf8("ann")).to(utf8("经理"));
        attribute(ValueKind.NUMBER, "n", "5");
        return writer.end();
    }

    @Test
    void shouldWriteTheBytesOfVersionOne() {
        byte[] bytes = new byte[escalation(4)];
        writer.buffer().getBytes(0, bytes);

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("01" + "03" + "0200" + "6c000000" // version, kind, level, length
                        + "0c00000000000000" // seq
                        + "0807060504030201" // at
                        + "0300000000000000" // due
                        + "0400000000000000" // detected
                        + "0500000000000000" // elapsed
                        + "0000000000000080" // target: none
                        + "01000000" + "0200" + "0100" // cycle, recipients, attributes
                        + "0200" + "5431" // ticket T1
                        + "0700" + "54312f632f3137" // id T1/c/17
                        + "0100" + "63" // clock c
                        + "0100" + "70" // policy p
                        + "0200" + "356d" // threshold 5m
                        + "0000" // revokes nothing
                        + "0300" + "616e6e" // to ann
                        + "0600" + "e7bb8fe79086" // to 经理
                        + "02" + "01" + "0100" + "6e" + "35"); // number n = 5
    }

    @Test
    void shouldReadWhatWasWritten() {
        int length = escalation(4);
        UnsafeBuffer elsewhere = new UnsafeBuffer(new byte[length + 100]);
        elsewhere.putBytes(50, writer.buffer(), 0, length);

        alert.wrap(elsewhere, 50);

        assertThat(alert.kind()).isEqualTo(AlertKind.ESCALATION);
        assertThat(alert.level()).isEqualTo(2);
        assertThat(alert.length()).isEqualTo(length);
        assertThat(alert.seq()).isEqualTo(12);
        assertThat(alert.atNs()).isEqualTo(0x0102030405060708L);
        assertThat(alert.dueNs()).isEqualTo(3);
        assertThat(alert.detectedNs()).isEqualTo(4);
        assertThat(alert.elapsedNs()).isEqualTo(5);
        assertThat(alert.targetNs()).isEqualTo(AlertRecord.NONE);
        assertThat(alert.cycle()).isEqualTo(1);
        assertThat(alert.ticket()).isEqualTo("T1");
        assertThat(alert.id()).isEqualTo("T1/c/17");
        assertThat(alert.clock()).isEqualTo("c");
        assertThat(alert.policy()).isEqualTo("p");
        assertThat(alert.threshold()).isEqualTo("5m");
        assertThat(alert.revokes()).isEmpty();
        assertThat(alert.nextTo()).isEqualTo("ann");
        assertThat(alert.nextTo()).isEqualTo("经理");
        assertThat(alert.nextTo()).isNull();
        assertThat(alert.nextAttribute()).isTrue();
        assertThat(alert.valueKind()).isEqualTo(ValueKind.NUMBER);
        assertThat(alert.name()).isEqualTo("n");
        assertThat(alert.value()).isEqualTo("5");
        assertThat(alert.nextAttribute()).isFalse();
    }

    @Test
    void shouldPassOverRecipientsThatNobodyRead() {
        escalation(4);

        alert.wrap(writer.buffer(), 0);

        assertThat(alert.nextAttribute()).isTrue();
        assertThat(alert.name()).isEqualTo("n");
    }

    @Test
    void shouldReadSeveralAttributesOfAnyLength() {
        writer.begin(AlertKind.BREACH, 0, 1, 1, 1, 1, 1, 1, 1);
        for (int i = 0; i < 6; i++) {
            writer.text(utf8("x"));
        }
        attribute(ValueKind.STRING, "a".repeat(128), "v".repeat(4_096));
        attribute(ValueKind.STRING, "b", "");
        attribute(ValueKind.BOOLEAN, "c", "true");
        writer.end();

        alert.wrap(writer.buffer(), 0);

        assertThat(alert.nextAttribute()).isTrue();
        assertThat(alert.name()).hasSize(128);
        assertThat(alert.value()).hasSize(4_096);
        assertThat(alert.nextAttribute()).isTrue();
        assertThat(alert.name() + "=" + alert.value()).isEqualTo("b=");
        assertThat(alert.nextAttribute()).isTrue();
        assertThat(alert.name() + "=" + alert.value()).isEqualTo("c=true");
        assertThat(alert.nextAttribute()).isFalse();
    }

    @Test
    void shouldHashEverythingButWhenItWasNoticed() {
        int length = escalation(4);
        long first = AlertRecord.hashWithoutDetected(writer.buffer(), 0, length);
        escalation(999);
        assertThat(AlertRecord.hashWithoutDetected(writer.buffer(), 0, length)).isEqualTo(first);

        writer.buffer().putByte(length - 1, (byte) '6');

        assertThat(AlertRecord.hashWithoutDetected(writer.buffer(), 0, length)).isNotEqualTo(first);
    }

    @Test
    void shouldRefuseAnUnknownVersionAndUnknownKinds() {
        escalation(4);
        writer.buffer().putByte(0, (byte) 9);
        assertThatThrownBy(() -> alert.wrap(writer.buffer(), 0)).hasMessage("alert of version 9, this build reads 1");
        assertThatThrownBy(() -> AlertKind.of((byte) 0)).hasMessageContaining("unknown alert kind 0");
        assertThatThrownBy(() -> AlertKind.of((byte) 99)).hasMessageContaining("unknown alert kind 99");
    }

    @Test
    void shouldNeverReuseACode() {
        assertThat(AlertKind.WARNING.code()).isEqualTo((byte) 1);
        assertThat(AlertKind.BREACH.code()).isEqualTo((byte) 2);
        assertThat(AlertKind.ESCALATION.code()).isEqualTo((byte) 3);
        assertThat(AlertKind.REVOKED.code()).isEqualTo((byte) 4);
    }
}
