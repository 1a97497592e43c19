package io.tocsin.app.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.app.CommandRun;
import io.tocsin.app.serve.ServedFolder;
import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecordWriter;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.journal.ChronicleAlertJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are whole, and folders of which a byte was changed, by whatever means. */
class VerifyCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int PAGE_LENGTH = 4_096;
    private static final long NOW_NS = 1_800_000_000_000_000_000L;

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void nameTheFolder() {
        folder = parent.resolve("data");
    }

    @Test
    void shouldFindAServersFolderWholeAlsoWhileItRuns() throws Exception {
        try (ServedFolder server = serve()) {
            CommandRun run = CommandRun.of("journal", "verify", folder);
            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.out().lines().toList()).hasSize(4).satisfies(lines -> {
                assertThat(lines.get(0)).matches(" +files +records +first +last +first at +last at +whole");
                assertThat(lines.get(1)).matches("events +1 +4 +0 +3 +\\S+Z +\\S+Z +yes");
                assertThat(lines.get(2)).matches("alerts +1 +6 +1 +6 +\\S+Z +\\S+Z +yes");
                assertThat(lines.get(3)).matches("snapshots +0 +0 +- +- +- +- +yes");
            });
            server.send("{\"ticket\":\"T4\",\"type\":\"opened\"}");
            assertThat(verify(0).get("events").get("records").asInt()).isEqualTo(5);
        }
    }

    @Test
    void shouldSayItAllAsJson() throws Exception {
        serve().close();
        JsonNode report = verify(0);
        assertThat(report.get("whole").asBoolean()).isTrue();
        JsonNode events = report.get("events");
        assertThat(events.fieldNames())
                .toIterable()
                .containsExactly("files", "records", "first", "last", "first_at", "last_at", "problem");
        assertThat(events.get("records").asInt()).isEqualTo(4);
        assertThat(events.get("last").asInt()).isEqualTo(3);
        assertThat(events.get("problem").isNull()).isTrue();
        assertThat(report.get("alerts").get("first").asInt()).isEqualTo(1);
        String lastArrival = MAPPER.readTree(
                        JournalRun.lines("tail", folder, "-n", 1).get(0))
                .get("arrived")
                .asText();
        assertThat(events.get("last_at").asText()).isEqualTo(lastArrival);
    }

    @Test
    void shouldReadSnapshotsAsAStartWould() throws Exception {
        serve().close();
        assertThat(CommandRun.of("snapshot", folder).out()).startsWith("tocsin: snapshot of 4 records made in ");
        assertThat(CommandRun.of("snapshot", folder).out()).isEqualTo("tocsin: nothing new since the last snapshot\n");
        JsonNode snapshots = verify(0).get("snapshots");
        assertThat(snapshots.get("records").asInt()).isEqualTo(1);
        assertThat(snapshots.get("last").asInt()).isEqualTo(4);
        String hash = CommandRun.of("state-hash", folder).out();
        assertThat(hash)
                .isEqualTo(CommandRun.of("state-hash", folder, "--replay").out());

        flip("snapshots", "T2");
        CommandRun run = CommandRun.of("journal", "verify", folder);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errorLines())
                .singleElement()
                .asString()
                .startsWith("tocsin: snapshots in " + folder + "/snapshots: the snapshot of position 4 is damaged: ")
                .endsWith("Delete it: a start then uses the one before it, or the events from the beginning.");
        assertThat(CommandRun.of("state-hash", folder).out()).isEqualTo(hash);
    }

    @Test
    void shouldFindANewFolderWhole() throws Exception {
        DataFolder.open(folder).close();
        assertThat(verify(0))
                .hasToString("{\"whole\":true,\"events\":{\"files\":0,\"records\":0,\"problem\":null},"
                        + "\"alerts\":{\"files\":0,\"records\":0,\"problem\":null},"
                        + "\"snapshots\":{\"files\":0,\"records\":0,\"problem\":null}}");
    }

    @Test
    void shouldChangeNothing() throws Exception {
        serve().close();
        Map<Path, FileTime> before = files();
        verify(0);
        CommandRun.of("state-hash", folder);
        JournalRun.lines("dump", folder);
        JournalRun.lines("tail", folder, "--alerts");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void shouldSayWhereAnEventIsDamaged() throws Exception {
        serve().close();
        flip("events", "T2");
        CommandRun run = CommandRun.of("journal", "verify", folder);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errorLines())
                .singleElement()
                .asString()
                // How it is said is the journal's; the position and the reason must be there.
                .matches("tocsin: events in " + folder + "/events: .*(number|position) 2, .*damaged: its checksum is"
                        + " [0-9a-f]{8}, its bytes give [0-9a-f]{8}.* from a copy.*");
        assertThat(run.out().lines().toList().get(1)).matches("events +1 +2 +0 +1 +\\S+Z +\\S+Z +no");
        assertThat(run.out().lines().toList().get(2)).endsWith("yes");
        JsonNode report = verify(1);
        assertThat(report.get("whole").asBoolean()).isFalse();
        assertThat(report.get("events").get("problem").asText()).containsPattern("(number|position) 2, ");
        assertThat(CommandRun.of("state-hash", folder).exitCode()).isEqualTo(1);
        JournalRun dump = JournalRun.of("dump", folder);
        assertThat(dump.exitCode()).isEqualTo(1);
        assertThat(dump.err()).startsWith("tocsin: events in ").containsPattern("(number|position) 2, ");
        assertThat(dump.out().lines()).singleElement().asString().contains("\"T1\"");
    }

    @Test
    void shouldSayWhereAnAlertIsDamagedBeItTheFirstOrTheLast() throws Exception {
        serve().close();
        for (int seq : new int[] {6, 3, 1}) {
            String id = MAPPER.readTree(
                            JournalRun.lines("dump", folder, "--alerts").get(seq - 1))
                    .get("id")
                    .asText();
            int changed = flip("alerts", id);
            CommandRun run = CommandRun.of("journal", "verify", folder);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errorLines())
                    .singleElement()
                    .asString()
                    .matches("tocsin: alerts in " + folder + "/alerts: .*(number|alert) " + seq
                            + "\\b.*: its checksum is .*");
            assertThat(verify(1).get("alerts").get("records").asInt()).isLessThan(seq);
            flip("alerts", changed);
        }
        verify(0);
    }

    @Test
    void shouldSayThatAFileEndsTooSoon() throws Exception {
        serve().close();
        for (String queue : new String[] {"alerts", "events"}) {
            truncate(queue, find(queue, "T2") & -PAGE_LENGTH);
            CommandRun run = CommandRun.of("journal", "verify", folder);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errorLines())
                    .singleElement()
                    .asString()
                    .startsWith("tocsin: " + queue + " in " + folder.resolve(queue) + ": ")
                    .containsPattern("a file ends before its records do|damaged");
        }
        CommandRun run = CommandRun.of("state-hash", folder);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errorLines()).singleElement().asString().contains(folder.toString());
    }

    @Test
    void shouldSayThatAFileIsNotOneOfTheJournals() throws Exception {
        serve().close();
        Files.writeString(file("events"), "something else altogether, in words");
        assertProblem(folder, "events in " + folder + "/events: ");
    }

    @Test
    void shouldSayThatTheEventsOfTheAlertsAreMissing() throws Exception {
        serve().close();
        Files.delete(file("events"));
        assertProblem(
                folder,
                "events in " + folder
                        + "/events: there are none, yet 6 alerts were raised from them. Put back the folder");
    }

    @Test
    void shouldReadTheFormOfEachEvent() {
        assertMalformedEvent("unknown value kind 9, known: 1 to 4", buffer -> buffer.putByte(38, (byte) 9));
        assertMalformedEvent(
                "its ticket is 0 bytes long, allowed are 1 to 128", buffer -> buffer.putShort(24, (short) 0));
        assertMalformedEvent("its id takes 300 bytes, 6 are left", buffer -> buffer.putShort(28, (short) 300));
        assertMalformedEvent("its attribute 0 takes 65 bytes, 2 are left", buffer -> buffer.putByte(39, (byte) 65));
        assertMalformedEvent("its attribute 1 takes 4 bytes, 0 are left", buffer -> buffer.putShort(30, (short) 2));
        assertMalformedEvent("its fields take 38 bytes of 44", buffer -> buffer.putShort(30, (short) 0));
        assertMalformedEvent("its ticket is not UTF-8", buffer -> buffer.putByte(32, (byte) 0xC0));
        assertMalformedEvent(
                "unknown record kind 7, known: 1 event, 2 policy, 3 slice", buffer -> buffer.putByte(1, (byte) 7));
        assertMalformedEvent("record of version 3, this build reads 1", buffer -> buffer.putByte(0, (byte) 3));
        assertMalformedEvent("it arrived before the record ahead of it", buffer -> stamp(buffer, NOW_NS - 1));
        assertMalformedEvent("it was never stamped", buffer -> buffer.putLong(16, NOW_NS + 1));
    }

    @Test
    void shouldReadTheFormOfEachAlert() {
        assertMalformedAlert("unknown alert kind 8, known: 1 to 5", buffer -> buffer.putByte(1, (byte) 8));
        assertMalformedAlert("its ticket takes 500 bytes, 32 are left", buffer -> buffer.putShort(64, (short) 500));
        assertMalformedAlert(
                "its recipient's length takes 2 bytes, 0 are left", buffer -> buffer.putShort(60, (short) 2));
        assertMalformedAlert("its fields take 95 bytes of 98", buffer -> buffer.putShort(60, (short) 0));
    }

    private ServedFolder serve() throws Exception {
        ServedFolder server = ServedFolder.open(folder);
        for (int i = 1; i <= 3; i++) {
            server.send("{\"ticket\":\"T" + i + "\",\"type\":\"opened\"}");
        }
        server.awaitAlerts(6);
        return server;
    }

    private JsonNode verify(int exitCode) throws IOException {
        CommandRun run = CommandRun.of("journal", "verify", folder, "--json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        return MAPPER.readTree(run.out());
    }

    /** A record that is written as it is, with a right checksum, behind a good one. */
    private void assertMalformedEvent(String why, Consumer<MutableDirectBuffer> change) {
        Path own = parent.resolve("events-" + why.hashCode());
        try (DataFolder data = DataFolder.open(own)) {
            writeEvents(data, buffer -> {}, change);
        }
        assertProblem(own, "events in " + own + "/events: the record at position 1 is malformed: " + why);
    }

    private void assertMalformedAlert(String why, Consumer<MutableDirectBuffer> change) {
        Path own = parent.resolve("alerts-" + why.hashCode());
        AlertRecordWriter writer = new AlertRecordWriter();
        try (DataFolder data = DataFolder.open(own);
                ChronicleAlertJournal journal = ChronicleAlertJournal.open(data)) {
            writeEvents(data, buffer -> {});
            for (int seq = 1; seq <= 2; seq++) {
                writer.begin(AlertKind.BREACH, 0, seq, NOW_NS, NOW_NS, NOW_NS, 1, 1, 1);
                for (String text : new String[] {"ticket", "id", "clock", "", "", "revoke"}) {
                    writer.text(text.getBytes(StandardCharsets.UTF_8));
                }
                writer.to("c".getBytes(StandardCharsets.UTF_8));
                int length = writer.end();
                if (seq == 2) {
                    change.accept(writer.buffer());
                }
                journal.append(writer.buffer(), 0, length);
            }
        }
        assertProblem(own, "alerts in " + own + "/alerts: alert 2 is malformed: " + why);
    }

    @SafeVarargs
    private static void writeEvents(DataFolder data, Consumer<MutableDirectBuffer>... changes) {
        EventRecordWriter writer = new EventRecordWriter();
        try (ChronicleEventJournal journal = ChronicleEventJournal.open(data)) {
            for (Consumer<MutableDirectBuffer> change : changes) {
                writer.begin(NOW_NS, "T", "type1", "").attribute(ValueKind.STRING, "n", "v");
                stamp(writer.buffer(), NOW_NS);
                change.accept(writer.buffer());
                journal.append(writer.buffer(), 0, writer.length());
            }
            journal.commit();
        }
    }

    private static void assertProblem(Path folder, String problem) {
        CommandRun run = CommandRun.of("journal", "verify", folder);
        assertThat(run.errorLines()).singleElement().asString().startsWith("tocsin: " + problem);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    private static void stamp(MutableDirectBuffer buffer, long arrivalNs) {
        new EventRecord().wrap(buffer, 0).stamp(arrivalNs);
    }

    /** Changes the byte with which a text begins; where that is. */
    private int flip(String queue, String text) throws IOException {
        int found = find(queue, text);
        flip(queue, found);
        return found;
    }

    private int find(String queue, String text) throws IOException {
        int found = new String(Files.readAllBytes(file(queue)), StandardCharsets.ISO_8859_1).indexOf(text);
        assertThat(found).isPositive();
        return found;
    }

    private void truncate(String queue, long length) throws IOException {
        try (FileChannel file = FileChannel.open(file(queue), StandardOpenOption.WRITE)) {
            file.truncate(length);
        }
    }

    private void flip(String queue, int offset) throws IOException {
        byte[] content = Files.readAllBytes(file(queue));
        content[offset] ^= 4;
        Files.write(file(queue), content);
    }

    private Path file(String queue) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(queue))) {
            return files.filter(path -> path.toString().matches(".*\\.(cq4|snapshot)"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Map<Path, FileTime> files() throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                times.put(path, Files.getLastModifiedTime(path));
            }
        }
        return times;
    }
}
