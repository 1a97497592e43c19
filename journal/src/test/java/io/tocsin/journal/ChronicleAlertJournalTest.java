package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleAlertJournalTest {
    private static final long DEADLINE_MS = 20_000;

    @TempDir
    Path path;

    private final ExecutorService others = Executors.newCachedThreadPool();
    private DataFolder folder;
    private ChronicleAlertJournal journal;

    @BeforeEach
    void open() {
        folder = DataFolder.open(path);
        journal = ChronicleAlertJournal.open(folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        journal.close();
        folder.close();
        others.shutdown();
        assertThat(others.awaitTermination(DEADLINE_MS, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void shouldHaveNothingAtFirst() throws InterruptedException {
        assertThat(journal.lastSeq()).isZero();
        assertThat(Records.read(journal, 0, 10)).isEmpty();
        assertThat(journal.awaitAfter(0, 1)).isFalse();
    }

    @Test
    void shouldReadWhatComesAfterANumberUpToALimit() {
        appendUpTo(3_000);
        assertThat(journal.lastSeq()).isEqualTo(3_000);
        assertThat(Records.read(journal, 0, 3)).containsExactly(1L, 2L, 3L);
        assertThat(Records.read(journal, 3, 2)).containsExactly(4L, 5L);
        assertThat(Records.read(journal, 2_718, 1)).containsExactly(2_719L);
        assertThat(Records.read(journal, 2_998, 100)).containsExactly(2_999L, 3_000L);
        assertThat(Records.read(journal, 3_000, 100)).isEmpty();
        assertThat(Records.read(journal, 9_999, 100)).isEmpty();
        assertThat(Records.read(journal, -5, Integer.MAX_VALUE)).isEqualTo(upTo(3_000));
        assertThat(Records.read(journal, 0, 0)).isEmpty();
    }

    @Test
    void shouldGoOnAfterARestart() {
        for (int run = 1; run <= 3; run++) {
            appendUpTo(run * 300L);
            journal.close();
            journal = ChronicleAlertJournal.open(folder);
            assertThat(journal.lastSeq()).isEqualTo(run * 300L);
        }
        assertThat(Records.read(journal, 0, 10_000)).isEqualTo(upTo(900));
    }

    @Test
    void shouldRefuseANumberThatIsNotTheNext() {
        appendUpTo(7);
        assertThatIllegalStateException()
                .isThrownBy(() -> Records.appendAlert(journal, 9))
                .withMessageContaining("alert 9 cannot be kept, the next one is 8");
        assertThatIllegalStateException().isThrownBy(() -> Records.appendAlert(journal, 7));
        appendUpTo(8);
        assertThat(Records.read(journal, 0, 10)).isEqualTo(upTo(8));
    }

    @Test
    void shouldGoOnReadingAfterAHandlerThrew() {
        appendUpTo(5);
        assertThatIllegalStateException()
                .isThrownBy(() -> journal.read(0, 5, (buffer, offset, length) -> {
                    throw new IllegalStateException("handler");
                }));
        assertThat(Records.read(journal, 0, 5)).isEqualTo(upTo(5));
    }

    @Test
    void shouldLetManyThreadsReadWhileOneWrites() throws Exception {
        List<Future<List<Long>>> readers = LongStream.range(0, 4)
                .mapToObj(i -> others.submit(following(5_000)))
                .toList();
        appendUpTo(5_000);
        for (Future<List<Long>> reader : readers) {
            assertThat(reader.get(DEADLINE_MS, TimeUnit.MILLISECONDS)).isEqualTo(upTo(5_000));
        }
    }

    @Test
    void shouldWakeAWaiterWithTheAlertItWaitsFor() throws Exception {
        appendUpTo(1);
        assertThat(journal.awaitAfter(0, 0)).isTrue();
        Future<Boolean> waiter = startWaiting(2);
        appendUpTo(2);
        assertThat(waiter.isDone()).isFalse();
        appendUpTo(3);
        assertThat(waiter.get(DEADLINE_MS / 2, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void shouldWakeWaitersOnCloseAndThenRefuseToRead() throws Exception {
        appendUpTo(1);
        Future<Boolean> waiter = startWaiting(1);
        journal.close();
        assertThat(waiter.get(DEADLINE_MS / 2, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(journal.awaitAfter(1, DEADLINE_MS)).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> Records.read(journal, 0, 1))
                .withMessageContaining("closed");
    }

    /** Comes back once the other thread really waits. */
    private Future<Boolean> startWaiting(long seq) {
        FutureTask<Boolean> waiter = new FutureTask<>(() -> journal.awaitAfter(seq, DEADLINE_MS));
        Thread thread = new Thread(waiter, "waiter");
        thread.start();
        long deadlineNs = System.nanoTime() + Duration.ofMillis(DEADLINE_MS / 2).toNanos();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime()).as("the waiter never waits").isLessThan(deadlineNs);
            Thread.onSpinWait();
        }
        return waiter;
    }

    /** Reads on until it has seen as many, waiting whenever there is nothing new. */
    private Callable<List<Long>> following(int count) {
        return () -> {
            List<Long> seen = new ArrayList<>();
            long deadlineNs = System.nanoTime() + Duration.ofMillis(DEADLINE_MS).toNanos();
            while (seen.size() < count && System.nanoTime() < deadlineNs) {
                journal.awaitAfter(seen.size(), 100);
                seen.addAll(Records.read(journal, seen.size(), 64));
            }
            return seen;
        };
    }

    private void appendUpTo(long lastSeq) {
        for (long seq = journal.lastSeq() + 1; seq <= lastSeq; seq++) {
            Records.appendAlert(journal, seq);
        }
    }

    private static List<Long> upTo(long lastSeq) {
        return LongStream.rangeClosed(1, lastSeq).boxed().toList();
    }
}
