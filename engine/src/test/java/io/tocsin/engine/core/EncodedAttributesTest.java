package io.tocsin.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.alert.AlertRecordWriter;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.ticket.Attributes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Alerts have the attributes that their tickets have, whether or not the bytes were kept from an alert before. */
class EncodedAttributesTest {
    private static final byte[] NOTHING = {};

    private final Attributes attributes = new Attributes();
    private final EncodedAttributes encoded = new EncodedAttributes(attributes);
    private final AlertRecordWriter writer = new AlertRecordWriter();

    @Test
    void shouldWriteEachOfMoreBlocksThanAreKeptAgainAndAgain() {
        int[] blocks = new int[5_000];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = block(text(i));
        }

        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < blocks.length; i++) {
                assertThat(written(blocks[i])).isEqualTo(Map.of("name", text(i), "number", "7"));
                assertThat(written(blocks[i])).isEqualTo(Map.of("name", text(i), "number", "7"));
            }
        }
    }

    @Test
    void shouldWriteAttributesThatAreTooLongToBeKept() {
        String text = "x".repeat(3_000);
        int block = block(text);

        assertThat(written(block)).isEqualTo(Map.of("name", text, "number", "7"));
        assertThat(written(block)).isEqualTo(Map.of("name", text, "number", "7"));
    }

    @Test
    void shouldWriteWhatLiesNowWhereAnotherBlockLay() {
        for (int i = 0; i < 10_000; i++) {
            int block = block(text(i));
            assertThat(written(block)).isEqualTo(Map.of("name", text(i), "number", "7"));
            attributes.free(block);
        }
    }

    @Test
    void shouldWriteNothingForATicketWithoutAttributes() {
        assertThat(written(Attributes.EMPTY)).isEmpty();
    }

    /** Of different lengths, so that arrays grow and hold shorter ones. */
    private static String text(int number) {
        return "v".repeat(number % 40) + number;
    }

    private int block(String text) {
        EventRecordWriter event = new EventRecordWriter()
                .beginAtArrival(utf8("T"), utf8("opened"), NOTHING)
                .attribute(ValueKind.STRING, "name", text)
                .attribute(ValueKind.NUMBER, "number", "7");
        return attributes.merge(Attributes.EMPTY, new EventRecord().wrap(event.buffer(), 0));
    }

    private Map<String, String> written(int block) {
        writer.begin(AlertKind.BREACH, 0, 1, 2, 3, 4, 5, 6, 1);
        for (int i = 0; i < 6; i++) {
            writer.text(NOTHING);
        }
        encoded.write(block, writer);
        writer.end();
        AlertRecord alert = new AlertRecord().wrap(writer.buffer(), 0);
        Map<String, String> found = new TreeMap<>();
        while (alert.nextAttribute()) {
            found.put(alert.name(), alert.value());
        }
        return found;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
