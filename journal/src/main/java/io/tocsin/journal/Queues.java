package io.tocsin.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.onoes.ExceptionHandler;
import net.openhft.chronicle.core.time.SystemTimeProvider;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.TailerDirection;
import net.openhft.chronicle.queue.impl.TableStore;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.table.AbstractTSQueueLock;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;

/** The one place that knows how Chronicle's queues are opened: a file a day, quietly, one writer. */
final class Queues {
    private static final RollCycle ROLL_CYCLE = RollCycles.FAST_DAILY;
    private static final String METADATA_FILE = SingleChronicleQueue.QUEUE_METADATA_FILE;
    private static final String[] LOCK_KEYS = {"chronicle.write.lock", "chronicle.append.lock"};

    static {
        // jvm.options says the same; this is for those who embed the journal. Must come before Chronicle's first class.
        setUnlessSet("chronicle.analytics.disable", "true");
        setUnlessSet("chronicle.announcer.disable", "true");
        setUnlessSet("chronicle.disk.monitor.disable", "true");
        setUnlessSet("org.slf4j.simpleLogger.log.net.openhft", "warn");
        // It reports each mapping that took a millisecond. Warnings and errors still go to SLF4J.
        Jvm.setPerfExceptionHandler(ExceptionHandler.ignoresEverything());
        // The names by which a queue's files call Chronicle's classes; needed before the first file is read.
        SingleChronicleQueueBuilder.addAliases();
    }

    private Queues() {}

    /** The clock that chooses a file. Asked of this class, so that no class of Chronicle's is touched before it. */
    static TimeProvider systemClock() {
        return SystemTimeProvider.INSTANCE;
    }

    /**
     * Opens a queue to write to. The caller holds the data folder's lock, so there is no other writer.
     *
     * @param blockLength how much of a file is mapped at once, in bytes; a document may be a quarter as long
     */
    static SingleChronicleQueue openToWrite(Path folder, long blockLength, TimeProvider clock) {
        freeAbandonedLocks(folder);
        ForwardOnlyTime time = new ForwardOnlyTime(clock);
        SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(ROLL_CYCLE)
                .blockSize(blockLength)
                .timeProvider(time)
                .build();
        int lastCycle = queue.lastCycle();
        if (lastCycle >= 0) {
            time.notBefore((long) lastCycle * ROLL_CYCLE.lengthInMillis());
        }
        return queue;
    }

    /** Opens a queue without changing a byte of it; another process may be writing. It must exist, see {@link #exists}. */
    static SingleChronicleQueue openToRead(Path folder, long blockLength) {
        return SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(ROLL_CYCLE)
                .blockSize(blockLength)
                .readOnly(true)
                .build();
    }

    /** Whether a queue was ever opened here to write. */
    static boolean exists(Path folder) {
        return Files.isRegularFile(folder.resolve(METADATA_FILE));
    }

    /** A writer that may be handed from the thread that opens it to the one that writes. */
    static ExcerptAppender appender(SingleChronicleQueue queue) {
        ExcerptAppender appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
        return appender;
    }

    /** A reader that may be handed from thread to thread, by a lock or the like. */
    static ExcerptTailer tailer(SingleChronicleQueue queue) {
        ExcerptTailer tailer = queue.createTailer();
        tailer.singleThreadedCheckDisabled(true);
        return tailer;
    }

    /** For each file, oldest first, the index that its first document has if there is one. */
    static List<Long> firstIndexes(SingleChronicleQueue queue) {
        List<Long> indexes = new ArrayList<>();
        int cycle = queue.firstCycle();
        while (cycle >= 0 && cycle <= queue.lastCycle()) {
            indexes.add(queue.rollCycle().toIndex(cycle, 0));
            cycle = nextCycle(queue, cycle);
        }
        return indexes;
    }

    private static int nextCycle(SingleChronicleQueue queue, int cycle) {
        try {
            return queue.nextCycle(cycle, TailerDirection.FORWARD);
        } catch (ParseException e) {
            throw new IllegalStateException("a file in " + queue.file() + " has a name that is not a date: " + e, e);
        }
    }

    /**
     * Chronicle's own locks name their owner by process id and stay behind when it dies. Chronicle would wait 15 seconds,
     * and give up if another process has that id by now, which in a container is the rule.
     */
    private static void freeAbandonedLocks(Path folder) {
        if (!exists(folder)) {
            return;
        }
        try (TableStore<Metadata.NoMeta> table = SingleTableBuilder.binary(
                        folder.resolve(METADATA_FILE), Metadata.NoMeta.INSTANCE)
                .build()) {
            for (String key : LOCK_KEYS) {
                try (LongValue lock = table.acquireValueFor(key)) {
                    lock.setVolatileValue(AbstractTSQueueLock.UNLOCKED);
                }
            }
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
