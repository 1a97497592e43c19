package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.pipeline.EventJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes, again and again. */
class KillTest {
    private static final int KILLS = 4;
    private static final int REPORT_EVERY = 2_000;
    /** So much a victim writes at most if whoever is to kill it gets no processor: all of it is read into memory. */
    private static final int MOST = 200 * REPORT_EVERY;

    @TempDir
    Path path;

    @Test
    void shouldKeepEveryCommittedBatchWholeAndGoOn() throws Exception {
        int atLeast = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            atLeast = writeUntilKilled(EventVictim.class, kill);
            try (DataFolder folder = DataFolder.open(path);
                    EventJournal journal = ChronicleEventJournal.open(folder)) {
                List<String> found = Records.replay(journal);
                assertThat(found).hasSizeGreaterThanOrEqualTo(atLeast);
                assertThat(found.size() % EventVictim.BATCH).isZero();
                assertThat(found)
                        .isEqualTo(IntStream.range(0, found.size())
                                .mapToObj(i -> "INC" + i)
                                .toList());
            }
        }
        assertThat(atLeast).isGreaterThan(KILLS * REPORT_EVERY);
    }

    @Test
    void shouldKeepEveryAlertOnceAndGoOn() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            int atLeast = writeUntilKilled(AlertVictim.class, kill);
            try (DataFolder folder = DataFolder.open(path);
                    ChronicleAlertJournal journal = ChronicleAlertJournal.open(folder)) {
                long last = journal.lastSeq();
                assertThat(last).isGreaterThanOrEqualTo(atLeast);
                assertThat(Records.read(journal, 0, Integer.MAX_VALUE))
                        .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
                for (long seq = 1; seq <= last; seq += 97) {
                    assertThat(Records.read(journal, seq - 1, 1)).containsExactly(seq);
                }
            }
        }
    }

    /** Lets it report a few times, the more the later the kill. */
    private int writeUntilKilled(Class<?> victim, int kill) throws Exception {
        try (OtherProcess process = OtherProcess.start(victim, path)) {
            String report = null;
            for (int i = 0; i < 2 + kill; i++) {
                report = process.readLine();
            }
            process.kill();
            assertThat(report).matches("\\d+");
            return Integer.parseInt(report);
        }
    }

    /** Until then nothing comes that way. */
    private static void awaitKill() throws IOException {
        System.in.read();
    }

    /** Goes on where the journal ends and commits batches, until it is killed. */
    static final class EventVictim {
        static final int BATCH = 3;

        public static void main(String[] args) throws IOException {
            EventJournal journal = ChronicleEventJournal.open(DataFolder.open(Path.of(args[0])));
            int next = Records.replay(journal).size();
            for (int end = next + BATCH * MOST; next < end; ) {
                for (int i = 0; i < BATCH; i++) {
                    Records.appendEvent(journal, "INC" + next++);
                }
                journal.commit();
                if (next / BATCH % REPORT_EVERY == 0) {
                    System.out.println(next);
                }
            }
            awaitKill();
        }
    }

    /** Goes on where the journal ends and appends alerts, until it is killed. */
    static final class AlertVictim {
        public static void main(String[] args) throws IOException {
            ChronicleAlertJournal journal = ChronicleAlertJournal.open(DataFolder.open(Path.of(args[0])));
            for (long seq = journal.lastSeq() + 1, end = seq + MOST; seq < end; seq++) {
                Records.appendAlert(journal, seq);
                if (seq % REPORT_EVERY == 0) {
                    System.out.println(seq);
                }
            }
            awaitKill();
        }
    }
}
