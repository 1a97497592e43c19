package io.tocsin.engine.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.snapshot.SnapshotBytes;
import io.tocsin.engine.snapshot.SnapshotReader;
import io.tocsin.engine.snapshot.SnapshotSink;
import io.tocsin.engine.snapshot.SnapshotWriter;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AttributeTextsTest {
    private final Attributes attributes = new Attributes();

    @Test
    void shouldLeaveTextsToTheBlocksThatWereRead() {
        DirectBuffer bytes = new UnsafeBuffer("channelphonetier".getBytes(StandardCharsets.UTF_8));
        EventRecordWriter event = new EventRecordWriter().beginAtArrival(utf8("INC1"), utf8("opened"), utf8(""));
        event.attribute(ValueKind.STRING, "channel", "phone");
        event.attribute(ValueKind.STRING, "tier", "phone");
        int two = attributes.merge(Attributes.EMPTY, new EventRecord().wrap(event.buffer(), 0));
        byte[] snapshot = SnapshotBytes.writtenBy(sink -> write(sink, two));

        Attributes again = new Attributes();
        int ref = read(again, new SnapshotReader(SnapshotBytes.source(snapshot)));

        assertThat(again.view(ref, 2)).isEqualTo(attributes.view(two, 2));
        assertThat(again.findName(bytes, 0, 7)).isNotEqualTo(Attributes.ABSENT);
        again.free(ref);
        assertThat(again.findName(bytes, 0, 7)).isEqualTo(Attributes.ABSENT);
        assertThat(again.findName(bytes, 12, 4)).isEqualTo(Attributes.ABSENT);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write(SnapshotSink sink, int ref) {
        SnapshotWriter out = new SnapshotWriter(sink, 0, 1);
        AttributeTexts texts = new AttributeTexts(attributes);
        texts.collect(ref);
        texts.save(out);
        texts.saveBlock(out, ref);
        out.end();
    }

    private static int read(Attributes into, SnapshotReader in) {
        AttributeTexts texts = new AttributeTexts(into);
        texts.load(in);
        int ref = texts.loadBlock(in);
        texts.release();
        in.end();
        return ref;
    }
}
