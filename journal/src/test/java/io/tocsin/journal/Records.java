package io.tocsin.journal;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.alert.AlertRecordWriter;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.RecordKind;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.pipeline.AlertJournal;
import io.tocsin.engine.pipeline.EventJournal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes and reads the records of the tests: an event's ticket or an alert's id tells it from the others. */
final class Records {
    private Records() {}

    static void appendEvent(EventJournal journal, String ticket) {
        appendEvent(journal, ticket, 1_000L);
    }

    static void appendEvent(EventJournal journal, String ticket, long arrivalNs) {
        EventRecordWriter writer = new EventRecordWriter();
        writer.begin(1_000L, ticket, "opened", "").attribute(ValueKind.STRING, "channel", "phone");
        new EventRecord().wrap(writer.buffer(), 0).stamp(arrivalNs);
        journal.append(writer.buffer(), 0, writer.length());
    }

    static void appendPolicy(EventJournal journal, String text) {
        EventRecordWriter writer = new EventRecordWriter().policy(text);
        journal.append(writer.buffer(), 0, writer.length());
    }

    /** All events' tickets and policies' texts, in order. */
    static List<String> replay(EventJournal journal) {
        SortedMap<Long, String> found = replayFrom(journal, 0);
        if (!found.isEmpty() && found.lastKey() != found.size() - 1) {
            throw new AssertionError(found.size() + " records, the last one has position " + found.lastKey());
        }
        return List.copyOf(found.values());
    }

    /** The same from a position on, by their positions. */
    static SortedMap<Long, String> replayFrom(EventJournal journal, long fromPosition) {
        SortedMap<Long, String> found = new TreeMap<>();
        EventRecord record = new EventRecord();
        journal.replay(fromPosition, (buffer, offset, length, position) -> {
            record.wrap(buffer, offset);
            if (record.length() != length
                    || position < fromPosition
                    || !found.tailMap(position).isEmpty()) {
                throw new AssertionError("record " + position + " of length " + length + " after " + found.keySet());
            }
            found.put(position, record.kind() == RecordKind.POLICY ? record.policyText() : record.ticket());
        });
        return found;
    }

    static void appendAlert(AlertJournal journal, long seq) {
        AlertRecordWriter writer = new AlertRecordWriter();
        int length = alert(writer, seq);
        journal.append(writer.buffer(), 0, length);
    }

    static int alert(AlertRecordWriter writer, long seq) {
        writer.begin(AlertKind.BREACH, 0, seq, 1, 2, 3, 4, 5, 1);
        return writer.text(utf8("INC" + seq))
                .text(utf8("INC" + seq + "/resolution/1/breach"))
                .text(utf8("resolution"))
                .text(utf8("gold"))
                .text(utf8("100%"))
                .text(utf8(""))
                .to(utf8("team_lead"))
                .end();
    }

    /** The numbers of the alerts after {@code afterSeq}, each checked against the alert's own texts. */
    static List<Long> read(AlertJournal journal, long afterSeq, int limit) {
        List<Long> found = new ArrayList<>();
        AlertRecord alert = new AlertRecord();
        int count = journal.read(afterSeq, limit, (buffer, offset, length) -> {
            alert.wrap(buffer, offset);
            if (alert.length() != length || !alert.ticket().equals("INC" + alert.seq())) {
                throw new AssertionError("alert " + alert.seq() + " is of " + alert.ticket() + ", length " + length);
            }
            found.add(alert.seq());
        });
        if (count != found.size()) {
            throw new AssertionError("read says " + count + ", handed over " + found.size());
        }
        return found;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
