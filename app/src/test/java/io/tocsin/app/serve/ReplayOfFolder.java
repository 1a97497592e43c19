package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compares what a server did with what {@code tocsin replay} makes of its folder. */
final class ReplayOfFolder {
    private ReplayOfFolder() {}

    /** The alerts that are kept in a folder nobody holds, and the state the server came to, must come out again. */
    static void assertGivesTheSame(Path folder, String stateHash) throws IOException {
        Path replayed = Files.createTempFile(folder.getParent(), "replayed", ".ndjson");
        CommandRun replay = CommandRun.of("replay", folder, "--until", "end", "--json", "--alerts", replayed);
        assertThat(replay.exitCode()).as(replay.err()).isZero();
        assertThat(withoutDetected(Files.readAllLines(replayed)))
                .isEqualTo(withoutDetected(TestServer.keptAlerts(folder)));
        assertThat(Api.parse(replay.out()).get("state_hash").asText()).isEqualTo(stateHash);
    }

    private static List<String> withoutDetected(List<String> alerts) {
        return RestartTest.withoutDetected(alerts);
    }
}
