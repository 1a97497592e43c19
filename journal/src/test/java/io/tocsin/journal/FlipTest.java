package io.tocsin.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.pipeline.EventJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wherever a byte of a journal's file is changed: what is read is what was written, or reading is refused. Nothing else
 * may be read, nothing be missing, and nothing crash or wait.
 */
class FlipTest {
    private static final int COUNT = 600; // More than two of the offsets that Chronicle notes.
    private static final int[] MASKS = {0x01, 0x04, 0x40, 0x80, 0xff};

    @TempDir
    Path path;

    private DataFolder folder;
    private int refused;
    private int read;

    @BeforeEach
    void openFolder() {
        folder = DataFolder.open(path);
    }

    @AfterEach
    void closeFolder() {
        folder.close();
    }

    @Test
    void shouldReadTheEventsThatWereWrittenOrRefuse() throws IOException {
        try (EventJournal journal = ChronicleEventJournal.open(folder)) {
            for (int i = 0; i < COUNT; i++) {
                Records.appendEvent(journal, "INC" + i);
                journal.commit();
            }
        }
        EventJournal journal = ChronicleEventJournal.readOnly(path);
        SortedMap<Long, String> expected = Records.replayFrom(journal, 0);
        assertThat(expected).hasSize(COUNT).containsEntry(599L, "INC599");
        flipEach(folder.events(), () -> {
            check(() -> Records.replayFrom(journal, 0), expected);
            check(() -> Records.replayFrom(journal, 300), expected.tailMap(300L));
            check(() -> Records.replayFrom(journal, 599), expected.tailMap(599L));
            check(journal::endPosition, (long) COUNT);
            check(journal::firstPosition, 0L);
        });
        assertThat(refused).isGreaterThan(1_000);
        assertThat(read).isGreaterThan(1_000);
    }

    @Test
    void shouldOpenTheEventsAndGoOnOrRefuse() throws IOException {
        try (EventJournal journal = ChronicleEventJournal.open(folder)) {
            for (int i = 0; i < COUNT; i++) {
                Records.appendEvent(journal, "INC" + i);
                journal.commit();
            }
        }
        List<String> expected =
                IntStream.rangeClosed(0, COUNT).mapToObj(i -> "INC" + i).toList();
        Path file = QueueFolder.files(folder.events()).get(0);
        for (int offset : new int[] {0, 3, 20, 64, 66, 71, 72, 90, 152, 177, 200, 203, 232, 240, 250, 33_008, 33_040}) {
            flip(file, offset, 0xff);
            check(this::appendOne, expected);
            flip(file, offset, 0xff);
            QueueFolder.files(folder.events()).stream()
                    .skip(1)
                    .forEach(added -> QueueFolder.delete(folder.events(), added));
        }
        assertThat(refused).isPositive();
        assertThat(read).isPositive();
    }

    @Test
    void shouldReadTheAlertsThatWereWrittenOrRefuse() throws IOException {
        try (ChronicleAlertJournal journal = ChronicleAlertJournal.open(folder)) {
            for (long seq = 1; seq <= COUNT; seq++) {
                Records.appendAlert(journal, seq);
            }
        }
        List<Long> expected = LongStream.rangeClosed(1, COUNT).boxed().toList();
        flipEach(folder.alerts(), () -> {
            check(() -> readAlerts(0), expected);
            check(() -> readAlerts(590), expected.subList(590, COUNT));
        });
        assertThat(refused).isGreaterThan(500);
        assertThat(read).isGreaterThan(500);
    }

    private List<String> appendOne() {
        try (EventJournal journal = ChronicleEventJournal.open(folder)) {
            Records.appendEvent(journal, "INC" + COUNT);
            journal.commit();
            return Records.replay(journal);
        }
    }

    /** As the journal does it, without the queue that it would open to write. */
    private List<Long> readAlerts(long after) {
        Path file = QueueFolder.files(folder.alerts()).get(0);
        List<Long> found = new ArrayList<>();
        try (AlertReader reader = new AlertReader(folder.alerts())) {
            long last = reader.lastSeq(file, 1);
            reader.read(
                    AlertFiles.NONE.plus(1, file),
                    after + 1,
                    last,
                    (buffer, offset, length) -> found.add(buffer.getLong(offset + 8, LITTLE_ENDIAN)));
        }
        return found;
    }

    private void flipEach(Path queues, Runnable check) throws IOException {
        Path file = QueueFolder.files(queues).get(0);
        for (int offset : offsets(file)) {
            for (int mask : MASKS) {
                flip(file, offset, mask);
                check.run();
                flip(file, offset, mask);
            }
        }
    }

    /** The header, the table, the list, the first document, one in the middle, the last one, and what lies behind it. */
    private static TreeSet<Integer> offsets(Path file) throws IOException {
        TreeSet<Integer> offsets = new TreeSet<>();
        try (QueueFile queue = new QueueFile(file)) {
            add(offsets, 0, 264);
            add(offsets, 33_008, 33_008 + 64);
            long first = queue.listedDocument(0);
            add(offsets, first, queue.behind(first));
            long middle = queue.listedDocument(1);
            add(offsets, middle, queue.behind(middle) + Integer.BYTES);
            long last = queue.lastDocument();
            add(offsets, last, queue.behind(last) + 16);
            assertThat(last).isGreaterThan(middle);
        }
        return offsets;
    }

    private static void add(TreeSet<Integer> offsets, long from, long to) {
        for (int offset = (int) from; offset < to; offset++) {
            offsets.add(offset);
        }
    }

    private static void flip(Path file, int offset, int mask) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            channel.write(one.put(0, (byte) (one.get(0) ^ mask)).flip(), offset);
        }
    }

    private void check(Supplier<?> reading, Object expected) {
        Object found;
        try {
            found = reading.get();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("damaged").hasMessageContaining("put back the folder from a copy");
            assertThat(e.getMessage()).doesNotContain("\n");
            refused++;
            return;
        }
        assertThat(found).isEqualTo(expected);
        read++;
    }
}
