package io.tocsin.app.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.CommandRun;
import io.tocsin.app.serve.ServedFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a folder of 1,000 events, of which some at the beginning are about a ticket of their own. */
class TailCommandTest {
    private static final int EVENTS = 1_000;

    @TempDir
    private static Path parent;

    private static Path folder;
    private static List<String> dump;

    @BeforeAll
    static void serve() throws Exception {
        folder = parent.resolve("data");
        try (ServedFolder server = ServedFolder.open(folder)) {
            server.send("{\"ticket\":\"rare\",\"type\":\"opened\"}", "{\"ticket\":\"rare\",\"type\":\"updated\"}");
            server.awaitAlerts(2);
            server.send(IntStream.range(2, EVENTS)
                    .mapToObj(i -> "{\"ticket\":\"T\",\"type\":\"updated\",\"id\":\"" + i + "\"}")
                    .toArray(String[]::new));
            // The last record is a policy, which is not printed.
            server.putPolicy(ServedFolder.POLICY + "# again\n");
        }
        dump = JournalRun.lines("dump", folder);
        assertThat(dump).hasSize(EVENTS);
    }

    @Test
    void shouldPrintTheLastTenAsDumpDoes() {
        assertThat(JournalRun.lines("tail", folder)).isEqualTo(dump.subList(EVENTS - 10, EVENTS));
    }

    @Test
    void shouldPrintAsManyAsAskedFor() {
        assertThat(JournalRun.lines("tail", folder, "-n", 1)).isEqualTo(dump.subList(EVENTS - 1, EVENTS));
        assertThat(JournalRun.lines("tail", folder, "-n", 999)).isEqualTo(dump.subList(1, EVENTS));
        assertThat(JournalRun.lines("tail", folder, "-n", 1_000)).isEqualTo(dump);
        assertThat(JournalRun.lines("tail", folder, "-n", 2_000_000_000)).isEqualTo(dump);
        assertThat(JournalRun.lines("tail", folder, "-n", 0)).isEmpty();
    }

    @Test
    void shouldFindTheLastOnesOfATicketHoweverFarBackTheyLie() {
        assertThat(JournalRun.lines("tail", folder, "--ticket", "rare")).isEqualTo(dump.subList(0, 2));
        assertThat(JournalRun.lines("tail", folder, "--ticket", "rare", "-n", 1))
                .isEqualTo(dump.subList(1, 2));
        assertThat(JournalRun.lines("tail", folder, "--ticket", "none")).isEmpty();
    }

    @Test
    void shouldPrintTheLastAlerts() {
        List<String> alerts = JournalRun.lines("dump", folder, "--alerts");
        assertThat(alerts).hasSize(2);
        assertThat(JournalRun.lines("tail", folder, "--alerts")).isEqualTo(alerts);
        assertThat(JournalRun.lines("tail", folder, "--alerts", "-n", 1)).isEqualTo(alerts.subList(1, 2));
    }

    @Test
    void shouldPrintNothingOfANewFolder() throws Exception {
        Path fresh = parent.resolve("fresh");
        ServedFolder.open(fresh).close();
        assertThat(JournalRun.lines("tail", fresh)).isEmpty();
        assertThat(JournalRun.lines("tail", fresh, "--alerts")).isEmpty();
        assertThat(JournalRun.lines("dump", fresh, "--alerts")).isEmpty();
        assertThat(JournalRun.lines("tail", fresh, "--policies")).hasSize(1);
    }

    @Test
    void shouldRefuseANumberBelowNone() {
        CommandRun run = CommandRun.of("journal", "tail", folder, "-n", -1);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLines()).singleElement().asString().contains("-n is -1, give 0 or more");
    }
}
