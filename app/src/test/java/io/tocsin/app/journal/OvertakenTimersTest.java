package io.tocsin.app.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.app.CommandRun;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder in which an event overtook timers: of ten tickets that are due three had fired when the last one was answered. */
class OvertakenTimersTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long START_NS = 1_795_318_124_000_000_000L;
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final String POLICY = """
            version: 1
            policies: [{name: all, targets: {first_response: 15m}}]
            """;

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void journal() {
        folder = parent.resolve("data");
        EventRecordWriter writer = new EventRecordWriter();
        EventRecord record = new EventRecord();
        try (DataFolder data = DataFolder.open(folder);
                EventJournal journal = ChronicleEventJournal.open(data)) {
            record.wrap(writer.policy(POLICY).buffer(), 0).stamp(START_NS);
            journal.append(writer.buffer(), 0, writer.length());
            for (int i = 0; i < 10; i++) {
                record.wrap(writer.begin(START_NS, "T" + i, "opened", "").buffer(), 0)
                        .stamp(START_NS);
                journal.append(writer.buffer(), 0, writer.length());
            }
            long lateNs = START_NS + 20 * MINUTE_NS;
            writer.slice(lateNs, 3);
            journal.append(writer.buffer(), 0, writer.length());
            record.wrap(writer.begin(lateNs, "T9", "responded", "").buffer(), 0).stampBehind(lateNs);
            journal.append(writer.buffer(), 0, writer.length());
            journal.commit();
        }
    }

    @Test
    void shouldDumpWhatHadFiredOnlyWithWhatIsNoEvent() throws IOException {
        assertThat(JournalRun.lines("dump", folder)).hasSize(11);
        JsonNode event = MAPPER.readTree(JournalRun.lines("dump", folder).get(10));
        assertThat(event.get("behind").asBoolean()).isTrue();
        assertThat(event.get("position").asLong()).isEqualTo(12);

        JsonNode slice =
                MAPPER.readTree(JournalRun.lines("dump", folder, "--policies").get(11));
        assertThat(slice.fieldNames()).toIterable().containsExactly("position", "arrived", "fired");
        assertThat(slice.get("fired").asLong()).isEqualTo(3);
    }

    @Test
    void shouldFindTheFolderWhole() {
        assertThat(CommandRun.of("journal", "verify", folder).exitCode()).isZero();
    }

    @Test
    void shouldReplayInTheOrderInWhichItHappened() throws IOException {
        assertThat(breached()).containsExactly("T0", "T1", "T2", "T9", "T3", "T4", "T5", "T6", "T7", "T8");
    }

    @Test
    void shouldReplayInOrderUnderAnotherPolicyWhichKnowsOfNoSlices() throws IOException {
        Path other = Files.writeString(parent.resolve("other.yaml"), POLICY.replace("15m", "10m"));

        assertThat(breached("--policy", other))
                .containsExactly("T0", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9");
    }

    private Iterable<String> breached(Object... options) throws IOException {
        Path alerts = parent.resolve("alerts.ndjson");
        Object[] arguments = new Object[4 + options.length];
        arguments[0] = "replay";
        arguments[1] = folder;
        arguments[2] = "--alerts";
        arguments[3] = alerts;
        System.arraycopy(options, 0, arguments, 4, options.length);
        assertThat(CommandRun.of(arguments).err()).isEmpty();
        return Files.readAllLines(alerts).stream()
                .map(line -> line.replaceAll(".*\"ticket\":\"(\\w+)\".*", "$1"))
                .toList();
    }
}
