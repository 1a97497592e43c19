package io.tocsin.journal;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.alert.AlertRecordWriter;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.RecordKind;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.pipeline.AlertJournal;
import io.tocsin.engine.pipeline.EventJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.openhft.chronicle.core.time.SetTimeProvider;

/**
 * A small data folder with something of everything that can be in one, and what must be read from it, as lines. Its main
 * method makes {@code format-N.zip} of the folder and of both lists of lines, for {@code src/test/resources/folders}: once
 * for each format, so that later builds can be tested against it.
 */
final class SampleFolder {
    static final String EVENT_LINES = "events.txt";
    static final String ALERT_LINES = "alerts.txt";

    private static final int PAGE = 4_096;
    private static final int EVENTS_A_DAY = 40;
    private static final int ALERTS_A_DAY = 20;
    /** The ticket of the event behind the slice. */
    private static final String OVERTAKES = "INC1-21";

    private SampleFolder() {}

    /** Arguments: the folder for the zip, and one to work in, which must not exist. */
    public static void main(String[] args) throws IOException {
        Path work = Path.of(args[1]);
        Path data = work.resolve("data");
        make(data);
        Files.write(work.resolve(EVENT_LINES), eventLines(ChronicleEventJournal.readOnly(data)));
        try (DataFolder folder = DataFolder.open(data);
                ChronicleAlertJournal alerts = ChronicleAlertJournal.open(folder)) {
            Files.write(work.resolve(ALERT_LINES), alertLines(alerts));
        }
        zip(work, Path.of(args[0]).resolve("format-" + DataFolder.FORMAT + ".zip"));
    }

    /** Events of two days in batches of several lengths, a policy, a slice that one overtakes, and alerts of two days. */
    static void make(Path path) {
        SetTimeProvider clock = new SetTimeProvider(Instant.parse("2026-11-22T12:00:00Z"));
        try (DataFolder folder = DataFolder.open(path, new EngineConfig(5_000));
                EventJournal events = ChronicleEventJournal.open(folder, clock);
                ChronicleAlertJournal alerts = ChronicleAlertJournal.open(folder, clock)) {
            append(events, new EventRecordWriter().policy("version: 1\npolicies: [] # 售后\n"), clock);
            for (int day = 0; day < 2; day++) {
                for (int i = 0; i < EVENTS_A_DAY; i++) {
                    append(events, isSlice(day, i) ? slice(clock) : event(day, i), clock);
                    if (i % 4 == i % 3) {
                        events.commit();
                    }
                    clock.advanceMillis(250);
                }
                events.commit();
                for (int i = 1; i <= ALERTS_A_DAY; i++) {
                    appendAlert(alerts, day * ALERTS_A_DAY + i);
                }
                clock.advanceMillis(Duration.ofDays(1).toMillis());
            }
        }
    }

    /** All that the events say, a line each. */
    static List<String> eventLines(EventJournal journal) {
        List<String> lines = new ArrayList<>();
        EventRecord record = new EventRecord();
        journal.replay(journal.firstPosition(), (buffer, offset, length, position) -> {
            record.wrap(buffer, offset);
            lines.add(position + " " + record.arrivalNs() + " " + record.atNs() + " " + text(record));
        });
        return lines;
    }

    /** All that the alerts say, a line each. */
    static List<String> alertLines(AlertJournal journal) {
        List<String> lines = new ArrayList<>();
        AlertRecord alert = new AlertRecord();
        journal.read(0, Integer.MAX_VALUE, (buffer, offset, length) -> {
            alert.wrap(buffer, offset);
            List<Object> fields = new ArrayList<>(Arrays.asList(
                    alert.seq(), alert.kind(), alert.level(), alert.cycle(), alert.atNs(), alert.dueNs()));
            fields.addAll(Arrays.asList(alert.detectedNs(), alert.elapsedNs(), alert.targetNs(), alert.ticket()));
            fields.addAll(Arrays.asList(alert.id(), alert.clock(), alert.policy(), alert.threshold(), alert.revokes()));
            for (String to = alert.nextTo(); to != null; to = alert.nextTo()) {
                fields.add("to=" + to);
            }
            lines.add(String.join("|", fields.stream().map(String::valueOf).toList()));
        });
        return lines;
    }

    private static EventRecordWriter event(int day, int i) {
        EventRecordWriter writer = new EventRecordWriter();
        writer.begin(
                1_000_000L * i, "INC" + day + "-" + i, i % 5 == 0 ? "resolved" : "opened", i % 2 == 0 ? "id" + i : "");
        for (int a = 0; a < i % 4; a++) {
            writer.attribute(ValueKind.STRING, "attribute_" + a, "投诉 " + i);
        }
        return writer.attribute(ValueKind.NUMBER, "grade", Integer.toString(i));
    }

    private static void append(EventJournal journal, EventRecordWriter writer, SetTimeProvider clock) {
        EventRecord record = new EventRecord().wrap(writer.buffer(), 0);
        if (record.kind() == RecordKind.EVENT && record.ticket().equals(OVERTAKES)) {
            record.stampBehind(clock.currentTimeMillis() * 1_000_000L);
        } else {
            record.stamp(clock.currentTimeMillis() * 1_000_000L);
        }
        journal.append(writer.buffer(), 0, writer.length());
    }

    private static boolean isSlice(int day, int i) {
        return day == 1 && i == 20;
    }

    private static EventRecordWriter slice(SetTimeProvider clock) {
        return new EventRecordWriter().slice(clock.currentTimeMillis() * 1_000_000L, 256);
    }

    private static void appendAlert(AlertJournal journal, long seq) {
        boolean breach = seq % 3 == 0;
        AlertRecordWriter writer = new AlertRecordWriter();
        writer.begin(breach ? AlertKind.BREACH : AlertKind.WARNING, 0, seq, seq * 10, seq * 11, seq * 12, 13, 14, 1);
        for (String text : new String[] {
            "INC" + seq, "INC" + seq + "/resolution/1", "resolution", "黄金", breach ? "100%" : "50%", ""
        }) {
            writer.text(text.getBytes(StandardCharsets.UTF_8));
        }
        int length = writer.to("team_lead".getBytes(StandardCharsets.UTF_8)).end();
        journal.append(writer.buffer(), 0, length);
    }

    private static String text(EventRecord record) {
        return switch (record.kind()) {
            case POLICY -> "policy " + policy(record);
            case SLICE -> "slice of " + record.firedCount();
            case EVENT -> (record.isBehind() ? "behind event " : "event ") + event(record);
        };
    }

    private static String policy(EventRecord record) {
        return record.policyText().replace("\n", "\\n");
    }

    private static String event(EventRecord record) {
        StringBuilder line = new StringBuilder(record.ticket() + " " + record.type() + " " + record.id());
        while (record.nextAttribute()) {
            line.append(" ").append(record.valueKind()).append(":").append(record.name());
            line.append("=").append(record.value());
        }
        return line.toString();
    }

    /** Without the zero pages that a queue's files end with, hundreds of megabytes each, and without times. */
    private static void zip(Path work, Path to) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(to));
                Stream<Path> files = Files.walk(work)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(work.relativize(file).toString());
                entry.setLastModifiedTime(FileTime.fromMillis(0));
                zip.putNextEntry(entry);
                zip.write(withoutZeroPages(Files.readAllBytes(file)));
            }
        }
    }

    private static byte[] withoutZeroPages(byte[] content) {
        int length = content.length;
        while (length > 0 && content[length - 1] == 0) {
            length--;
        }
        int whole = (length + PAGE - 1) / PAGE * PAGE;
        return Arrays.copyOf(content, Math.min(whole, content.length));
    }
}
