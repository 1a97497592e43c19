package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.engine.pipeline.EventJournal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard output is for the product's own words; nothing of Chronicle's may be on it, nor on standard error. */
class QuietTest {
    @TempDir
    Path path;

    @Test
    void shouldPrintNothingWhenFoldersAreMadeWrittenReadAndClosed() throws Exception {
        for (int run = 0; run < 2; run++) {
            try (OtherProcess server = OtherProcess.start(SmallServer.class, path)) {
                assertThat(server.readToEnd()).containsExactly("done");
            }
        }
    }

    @Test
    void shouldPrintNothingWhenTheOneBeforeWasKilled() throws Exception {
        try (OtherProcess victim = OtherProcess.start(KillTest.EventVictim.class, path)) {
            assertThat(victim.readLine()).matches("\\d+");
            victim.kill();
        }
        try (OtherProcess server = OtherProcess.start(SmallServer.class, path)) {
            assertThat(server.readToEnd()).containsExactly("done");
        }
    }

    /** Uses all there is. */
    static final class SmallServer {
        public static void main(String[] args) {
            try (DataFolder folder = DataFolder.open(Path.of(args[0]));
                    EventJournal events = ChronicleEventJournal.open(folder);
                    ChronicleAlertJournal alerts = ChronicleAlertJournal.open(folder)) {
                Records.replay(events);
                Records.appendEvent(events, "INC1");
                events.commit();
                Records.appendAlert(alerts, alerts.lastSeq() + 1);
                Records.read(alerts, 0, 10);
                Records.replay(ChronicleEventJournal.readOnly(folder.path()));
            }
            System.out.println("done");
        }
    }
}
