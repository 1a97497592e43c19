package io.tocsin.journal;

import java.nio.file.Path;
import java.util.Objects;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.onoes.ExceptionHandler;
import net.openhft.chronicle.core.time.SystemTimeProvider;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/** The one place that knows how Chronicle's queues are opened: a file a day, quietly, one writer. */
final class Queues {
    private static final RollCycle ROLL_CYCLE = RollCycles.FAST_DAILY;

    static {
        // jvm.options says the same; this is for those who embed the journal. Must come before Chronicle's first class.
        setUnlessSet("chronicle.analytics.disable", "true");
        setUnlessSet("chronicle.announcer.disable", "true");
        setUnlessSet("chronicle.disk.monitor.disable", "true");
        setUnlessSet("org.slf4j.simpleLogger.log.net.openhft", "warn");
        // It reports each mapping that took a millisecond. Warnings and errors still go to SLF4J.
        Jvm.setPerfExceptionHandler(ExceptionHandler.ignoresEverything());
    }

    private Queues() {}

    /** The clock that chooses a file. Asked of this class, so that no class of Chronicle's is touched before it. */
    static TimeProvider systemClock() {
        return SystemTimeProvider.INSTANCE;
    }

    /**
     * Makes a queue in an empty folder, to write to.
     *
     * @param blockLength how much of a file is mapped at once, in bytes; a document may be a quarter as long
     */
    static SingleChronicleQueue openToWrite(Path folder, long blockLength, TimeProvider clock) {
        return SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(ROLL_CYCLE)
                .blockSize(blockLength)
                .timeProvider(new ForwardOnlyTime(clock))
                .build();
    }

    /** A writer that may be handed from the thread that opens it to the one that writes. */
    static ExcerptAppender appender(SingleChronicleQueue queue) {
        ExcerptAppender appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
        return appender;
    }

    /** The file that was last written to. */
    static Path currentFile(ExcerptAppender appender) {
        return Objects.requireNonNull(appender.currentFile(), "nothing was written yet")
                .toPath();
    }

    /** The file that was last written to, as it is mapped: where the end is, and the stretch around it. */
    static Bytes<?> bytes(ExcerptAppender appender) {
        return Objects.requireNonNull(appender.wire(), "nothing was written yet")
                .bytes();
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
