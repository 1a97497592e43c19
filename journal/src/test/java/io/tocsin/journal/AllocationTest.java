package io.tocsin.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tocsin.engine.alert.AlertRecordWriter;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.pipeline.EventJournal;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The core and egress make no garbage by writing. */
class AllocationTest {
    private static final int SEQ_OFFSET = 8;
    private static final int WARM_UP = 100_000;
    private static final int MEASURED = 100_000;

    /** For 100,000 calls: the measuring itself takes 32, compiling at the wrong moment a little more. */
    private static final int NOISE_BYTES = 1_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path path;

    private DataFolder folder;

    @BeforeEach
    void openFolder() {
        folder = DataFolder.open(path);
    }

    @AfterEach
    void closeFolder() {
        folder.close();
    }

    @Test
    void shouldAllocateNothingForABatchOfEvents() {
        EventRecordWriter writer = event();
        try (EventJournal journal = ChronicleEventJournal.open(folder)) {
            assertThat(allocatedBytes(i -> {
                        journal.append(writer.buffer(), 0, writer.length());
                        journal.commit();
                    }))
                    .isLessThan(NOISE_BYTES);
        }
    }

    @Test
    void shouldAllocateNothingForAnAlert() {
        AlertRecordWriter writer = new AlertRecordWriter();
        int length = Records.alert(writer, 1);
        try (ChronicleAlertJournal journal = ChronicleAlertJournal.open(folder)) {
            assertThat(allocatedBytes(i -> {
                        writer.buffer().putLong(SEQ_OFFSET, journal.lastSeq() + 1, LITTLE_ENDIAN);
                        journal.append(writer.buffer(), 0, length);
                    }))
                    .isLessThan(NOISE_BYTES);
        }
    }

    /** Bytes that this thread allocates in {@link #MEASURED} calls, when it is warm. */
    private long allocatedBytes(IntConsumer call) {
        long before = 0;
        for (int i = 0; i < WARM_UP + MEASURED; i++) {
            if (i == WARM_UP) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            call.accept(i);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static EventRecordWriter event() {
        return new EventRecordWriter()
                .begin(1_000L, "INC1", "opened", "")
                .attribute(ValueKind.STRING, "text", "x".repeat(150));
    }
}
