package io.tocsin.app.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.app.CommandRun;
import io.tocsin.app.serve.ServedFolder;
import io.tocsin.journal.DataFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One number for all that a folder comes to: the same here, in a replay and in the server that wrote it. */
class StateHashCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path parent;

    @Test
    void shouldBeThatOfTheServerAndOfAReplay() throws Exception {
        Path folder = parent.resolve("data");
        String ofTheServer;
        try (ServedFolder server = ServedFolder.open(folder)) {
            server.send(
                    "{\"ticket\":\"T1\",\"type\":\"opened\",\"id\":\"a\"}", "{\"ticket\":\"T2\",\"type\":\"opened\"}");
            server.awaitAlerts(4);
            server.putPolicy(ServedFolder.POLICY.replace("300ms", "10m"));
            server.send("{\"ticket\":\"T1\",\"type\":\"responded\"}");
            ofTheServer = server.stateHash();
        }
        JsonNode state =
                MAPPER.readTree(CommandRun.of("state-hash", folder, "--json").out());
        JsonNode last =
                MAPPER.readTree(JournalRun.lines("tail", folder, "-n", 1).get(0));
        JsonNode replay =
                MAPPER.readTree(CommandRun.of("replay", folder, "--json").out());
        assertThat(state.get("state_hash").asText())
                .matches("[0-9a-f]{16}")
                .isEqualTo(ofTheServer)
                .isEqualTo(replay.get("state_hash").asText());
        assertThat(state.get("position").asLong())
                .isEqualTo(5)
                .isEqualTo(last.get("position").asLong() + 1);
        assertThat(state.get("engine_time").asText())
                .isEqualTo(last.get("arrived").asText());
        CommandRun text = CommandRun.of("state-hash", folder);
        assertThat(text.exitCode()).isZero();
        assertThat(text.out())
                .isEqualTo("state hash " + ofTheServer + ", position 5, engine time "
                        + last.get("arrived").asText() + "\n");
    }

    @Test
    void shouldBeThereForAFolderWithoutRecords() throws Exception {
        Path folder = parent.resolve("new");
        DataFolder.open(folder).close();
        JsonNode state =
                MAPPER.readTree(CommandRun.of("state-hash", folder, "--json").out());
        assertThat(state.get("position").asLong()).isZero();
        assertThat(state.get("engine_time").isNull()).isTrue();
        assertThat(CommandRun.of("state-hash", folder).out()).endsWith(", position 0, engine time -\n");
        assertThat(state.get("state_hash"))
                .isEqualTo(MAPPER.readTree(
                                CommandRun.of("replay", folder, "--json").out())
                        .get("state_hash"));
    }

    @Test
    void shouldSayThatAPathIsNoDataFolder() {
        CommandRun run = CommandRun.of("state-hash", parent);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLines())
                .containsExactly("tocsin: " + parent
                        + ": is not a data folder; give the one that 'tocsin serve --data' was given");
    }
}
