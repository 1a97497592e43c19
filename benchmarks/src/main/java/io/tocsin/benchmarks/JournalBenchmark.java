package io.tocsin.benchmarks;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.alert.AlertRecordWriter;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.pipeline.AlertJournal;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.journal.ChronicleAlertJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to keep one event or alert: {@code benchmarks/run JournalBenchmark}.
 *
 * <p>{@code eventsInBatchesOf…} commits after so many events of about 200 bytes, {@code alert} keeps one alert of about as
 * much; all are given a journal. It lies in the JVM's temporary folder, {@code -jvmArgsAppend -Djava.io.tmpdir=/dev/shm} puts
 * it into memory. Each iteration writes a journal of its own, reads it back and removes it, so that the disk does not fill up.
 * What is measured is the time of the one who appends: the kernel writes to the disk later, and is not waited for.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = MILLISECONDS)
@Fork(2)
public class JournalBenchmark {
    private static final int EVENTS = 100;
    private static final long AT_NS = 1_795_318_124_000_000_000L;

    /** Where an alert has its number, see {@link AlertRecord}. */
    private static final int SEQ_OFFSET = 8;

    /** A data folder that lives for an iteration. */
    @State(Scope.Thread)
    public abstract static class Folder {
        private Path path = Path.of("");

        final DataFolder make() throws IOException {
            path = Files.createTempDirectory("tocsin-journal-benchmark");
            return DataFolder.open(path);
        }

        final Path path() {
            return path;
        }

        final void remove() throws IOException {
            List<Path> found;
            try (Stream<Path> walk = Files.walk(path)) {
                found = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : found) {
                Files.delete(each);
            }
        }
    }

    /** A journal of events. */
    @State(Scope.Thread)
    public static class Events extends Folder {
        private final EventRecordWriter event = new EventRecordWriter()
                .begin(AT_NS, "INC0000000012345", "opened", "evt-000000012345")
                .attribute(ValueKind.STRING, "text", "x".repeat(120));

        @SuppressWarnings("NullAway.Init")
        private DataFolder folder;

        @SuppressWarnings("NullAway.Init")
        private EventJournal journal;

        private long appended;

        /** Opens it. */
        @Setup(Level.Iteration)
        public void open() throws IOException {
            folder = make();
            journal = ChronicleEventJournal.open(folder);
            appended = 0;
        }

        /** Every event must be there. */
        @TearDown(Level.Iteration)
        public void check() throws IOException {
            journal.close();
            AtomicLong found = new AtomicLong();
            try (EventJournal kept = ChronicleEventJournal.readOnly(path())) {
                kept.replay(0, (buffer, offset, length, position) -> found.incrementAndGet());
            }
            folder.close();
            remove();
            require(found.get() == appended, appended + " events were kept, " + found + " are there");
        }

        private void append(int batch) {
            for (int i = 0; i < EVENTS; i += batch) {
                for (int j = 0; j < batch; j++) {
                    journal.append(event.buffer(), 0, event.length());
                }
                journal.commit();
            }
            appended += EVENTS;
        }
    }

    /** A journal of alerts. */
    @State(Scope.Thread)
    public static class Alerts extends Folder {
        private final AlertRecordWriter alert = new AlertRecordWriter();
        private int length;

        @SuppressWarnings("NullAway.Init")
        private DataFolder folder;

        @SuppressWarnings("NullAway.Init")
        private AlertJournal journal;

        private long seq;

        /** Opens it. */
        @Setup(Level.Iteration)
        public void open() throws IOException {
            folder = make();
            journal = ChronicleAlertJournal.open(folder);
            seq = 0;
            alert.begin(AlertKind.BREACH, 0, 1, AT_NS, AT_NS, AT_NS, 900, 900, 1);
            alert.text(utf8("INC0000000012345")).text(utf8("INC0000000012345/first_response/1/breach"));
            alert.text(utf8("first_response"))
                    .text(utf8("urgent"))
                    .text(utf8("100%"))
                    .text(utf8(""));
            alert.to(utf8("team_lead"));
            length = alert.end();
        }

        /** The last alert must be there and the last one. */
        @TearDown(Level.Iteration)
        public void check() throws IOException {
            AtomicLong found = new AtomicLong();
            AlertRecord last = new AlertRecord();
            journal.read(
                    seq - 1,
                    2,
                    (buffer, offset, bytes) ->
                            found.set(last.wrap(buffer, offset).seq()));
            journal.close();
            folder.close();
            remove();
            require(found.get() == seq, "alert " + seq + " was kept last, " + found + " is found last");
        }

        private void append() {
            alert.buffer().putLong(SEQ_OFFSET, ++seq, LITTLE_ENDIAN);
            journal.append(alert.buffer(), 0, length);
        }
    }

    /** One event, each committed. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void eventsInBatchesOf1(Events events) {
        events.append(1);
    }

    /** One event of ten. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void eventsInBatchesOf10(Events events) {
        events.append(10);
    }

    /** One event of a hundred. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void eventsInBatchesOf100(Events events) {
        events.append(100);
    }

    /** One alert. */
    @Benchmark
    public void alert(Alerts alerts) {
        alerts.append();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void require(boolean holds, String found) {
        if (!holds) {
            throw new IllegalStateException("the journal has lost or made up records; " + found);
        }
    }
}
