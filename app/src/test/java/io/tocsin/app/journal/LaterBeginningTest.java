package io.tocsin.app.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.CommandRun;
import io.tocsin.app.serve.ServedFolder;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder whose oldest records were given up for a snapshot: positions go on as they were. */
class LaterBeginningTest {
    private static final int FIRST = 3;

    @TempDir
    private Path parent;

    private Path folder;
    private List<String> all;
    private String hash;

    @BeforeEach
    void serveTwiceAndGiveUpTheFirstRun() throws Exception {
        folder = parent.resolve("data");
        serve("T1", "T2");
        serve("T3", "T4", "T5");
        all = JournalRun.lines("dump", folder, "--policies");
        hash = CommandRun.of("state-hash", folder).out();
        assertThat(CommandRun.of("snapshot", folder).exitCode()).isZero();
        try (DataFolder open = DataFolder.open(folder);
                EventJournal journal = ChronicleEventJournal.open(open)) {
            journal.giveUpBefore(FIRST, Long.MAX_VALUE);
        }
    }

    private void serve(String... tickets) throws Exception {
        try (ServedFolder server = ServedFolder.open(folder)) {
            for (String ticket : tickets) {
                server.send("{\"ticket\":\"" + ticket + "\",\"type\":\"updated\"}");
            }
        }
    }

    @Test
    void shouldPrintAndVerifyWhatIsThere() {
        List<String> left = all.subList(FIRST, 6);
        assertThat(JournalRun.lines("dump", folder, "--policies")).isEqualTo(left);
        assertThat(JournalRun.lines("tail", folder, "-n", 10)).isEqualTo(left);
        PartReport report = new EventsPart(folder).verify();
        assertThat(report.problem()).isNull();
        assertThat(report.records()).isEqualTo(3);
        assertThat(report.first()).isEqualTo(FIRST);
        assertThat(report.last()).isEqualTo(5);
    }

    @Test
    void shouldComeBackFromTheSnapshot() throws Exception {
        assertThat(CommandRun.of("state-hash", folder).out()).isEqualTo(hash);
        try (ServedFolder server = ServedFolder.open(folder)) {
            assertThat(hash).startsWith("state hash " + server.stateHash());
        }
    }

    @Test
    void shouldSayThatAReplayNeedsTheBeginning() {
        CommandRun replay = CommandRun.of("replay", folder);
        assertThat(replay.exitCode()).isEqualTo(1);
        assertThat(replay.errorLines())
                .containsExactly(
                        "tocsin: the events in " + folder + " begin at position 3, older files were given up: a"
                                + " replay needs the beginning or a snapshot; put the older files back, or work on what is left"
                                + " with 'tocsin journal dump " + folder + "'");
        CommandRun fromTheFirst = CommandRun.of("state-hash", folder, "--replay");
        assertThat(fromTheFirst.exitCode()).isEqualTo(1);
        assertThat(fromTheFirst.err()).contains("the events begin at position 3, those before were given up");
    }
}
