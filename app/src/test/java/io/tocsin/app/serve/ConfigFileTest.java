package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.app.Failure;
import io.tocsin.app.Tocsin;
import io.tocsin.app.serve.ServeConfig.EngineSettings;
import io.tocsin.app.serve.ServeConfig.JournalSettings;
import io.tocsin.app.serve.ServeConfig.SnapshotSettings;
import io.tocsin.engine.pipeline.SyncLevel;
import io.tocsin.http.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    /** Maven runs the tests in the module's folder. */
    private static final Path EXAMPLE = Path.of("..", "examples", "tocsin.yaml");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("tocsin.yaml");
    }

    @Test
    void shouldReadEveryKey() throws IOException {
        ServeConfig config = read("""
                policy: policy.yaml
                data: /var/lib/tocsin
                http:
                  host: 127.0.0.1
                  port: 9090
                  max_body: 512KiB
                  max_future_skew: 1m
                  apply_timeout: 2s
                  full_ring_patience: 0s
                  answer_timeout: 3s
                  answer_life: PT0.25S
                  stream_comment: 10s
                  stream_patience: 20s
                  max_streams: 7
                engine: {idle: latency, ring: 1024, remembered_ids: 5}
                journal: {sync: interval, sync_every: 200ms, retention: 90d}
                snapshots: {every: 1m, every_events: 5000, at_stop: false}
                """);
        assertThat(config.policy()).isEqualTo(folder.resolve("policy.yaml"));
        assertThat(config.data()).isEqualTo(Path.of("/var/lib/tocsin"));
        assertThat(config.http())
                .isEqualTo(new ServerConfig(
                        "127.0.0.1",
                        9_090,
                        512 << 10,
                        60_000_000_000L,
                        2_000,
                        0,
                        3_000,
                        250_000_000L,
                        10_000,
                        20_000,
                        7,
                        ServerConfig.defaults().wallboardFolder()));
        assertThat(config.engine()).isEqualTo(new EngineSettings(Idle.LATENCY, 1_024, OptionalInt.of(5)));
        assertThat(config.journal())
                .isEqualTo(new JournalSettings(SyncLevel.INTERVAL, 200, OptionalLong.of(TimeUnit.DAYS.toMillis(90))));
        assertThat(config.snapshots()).isEqualTo(new SnapshotSettings(60_000, 5_000, false));
    }

    @Test
    void shouldLeaveWhatIsNotSaidAtItsDefault() throws IOException {
        assertThat(read("")).isEqualTo(ServeConfig.DEFAULT);
        assertThat(read("# nothing\n")).isEqualTo(ServeConfig.DEFAULT);
        assertThat(read("http: {port: 1}"))
                .isEqualTo(ServeConfig.DEFAULT.withHttp(ServerConfig.defaults().listeningOn("0.0.0.0", 1)));
    }

    /** The example says that it shows the defaults. */
    @Test
    void shouldFindTheDefaultsInTheExample() {
        ServeConfig example = ConfigFile.read(EXAMPLE);
        EngineSettings engine = EngineSettings.DEFAULT;
        assertThat(example.policy()).isRegularFile();
        assertThat(example.data()).isEqualTo(EXAMPLE.resolveSibling("../data"));
        assertThat(example.http()).isEqualTo(ServerConfig.defaults());
        assertThat(example.engine())
                .isEqualTo(new EngineSettings(engine.idle(), engine.eventSlots(), OptionalInt.of(1_000_000)));
        assertThat(example.journal()).isEqualTo(JournalSettings.DEFAULT);
        assertThat(example.snapshots()).isEqualTo(SnapshotSettings.DEFAULT);
    }

    @Test
    void shouldReportEveryMistakeWithItsPlace() throws IOException {
        assertThat(mistakes("""
                polcy: policy.yaml
                data: [a]
                http:
                  port: 65536
                  prot: 1
                  max_body: 16M
                  max_future_skew: soon
                  apply_timeout: 0s
                  max_streams: 0
                engine:
                  idle: latent
                  ring: 1000
                  remembered_ids: 100000001
                engine: {}
                journal: {sync: sometimes, sync_every: 0s, retention: never}
                snapshots: {every: 0s, every_events: 0}
                """))
                .containsExactly(
                        "1:1: polcy: unknown key \"polcy\", did you mean \"policy\"? known: policy, data, http, engine,"
                                + " journal, snapshots",
                        "2:7: data: is a list, expected the path of a data folder",
                        "4:9: http.port: is \"65536\", expected a whole number from 0 to 65535",
                        "5:3: http.prot: unknown key \"prot\", did you mean \"port\"? known: host, port, max_body,"
                                + " max_future_skew, apply_timeout, full_ring_patience, answer_timeout, answer_life,"
                                + " stream_comment, stream_patience, max_streams",
                        "6:13: http.max_body: \"16M\" is no size; write it like 900B, 512KiB, 16MiB or 1GiB",
                        "7:20: http.max_future_skew: \"soon\" is no duration; write it like 90s, 15m, 1h30m, 2d, 500ms or"
                                + " PT15M",
                        "8:18: http.apply_timeout: is \"0s\", expected at least 1ms",
                        "9:16: http.max_streams: is \"0\", expected a whole number from 1 to 100000",
                        "11:9: engine.idle: unknown way to idle \"latent\", did you mean \"latency\"? known: latency,"
                                + " balanced, quiet",
                        "12:9: engine.ring: is \"1000\", expected a power of two such as 1024",
                        "13:19: engine.remembered_ids: is \"100000001\", expected a whole number from 1 to 100000000",
                        "14:1: engine: is given twice, first in line 10; keep one of them",
                        "15:17: journal.sync: unknown level \"sometimes\"; known: os, interval, always",
                        "15:40: journal.sync_every: is \"0s\", expected at least 1ms",
                        "15:55: journal.retention: \"never\" is no duration; write it like 90s, 15m, 1h30m, 2d, 500ms or"
                                + " PT15M",
                        "16:20: snapshots.every: is \"0s\", expected at least 1ms",
                        "16:38: snapshots.every_events: is \"0\", expected a whole number from 1 to 999999999");
    }

    @Test
    void shouldReportSizesOutOfRangeAndTextThatIsNoPathOrNoYaml() throws IOException {
        assertThat(mistakes("http: {max_body: 2GiB}"))
                .containsExactly("1:18: http.max_body: is \"2GiB\", expected a size from 1KiB to 1GiB");
        assertThat(mistakes("policy: \"a\\0b\""))
                .containsExactly("1:9: policy: is \"a\\u0000b\", expected the path of a policy file");
        assertThat(mistakes("- policy"))
                .containsExactly("1:1: $: is a list, expected a map of policy, data, http, engine, journal, snapshots");
        assertThat(mistakes("policy: a\n---\n"))
                .containsExactly("2:1: $: a second document begins here; a configuration file holds one");
    }

    @Test
    void shouldSayThatThereIsNoSuchFile() {
        Failure failure = catchThrowableOfType(Failure.class, () -> ConfigFile.read(file));
        assertThat(failure.exitCode()).isEqualTo(Tocsin.INVALID_INPUT);
        assertThat(failure.lines())
                .containsExactly(file + ": there is no such file; give the path of a configuration file");
    }

    private ServeConfig read(String text) throws IOException {
        return ConfigFile.read(Files.writeString(file, text));
    }

    private List<String> mistakes(String text) throws IOException {
        Files.writeString(file, text);
        Failure failure = catchThrowableOfType(Failure.class, () -> ConfigFile.read(file));
        assertThat(failure.exitCode()).isEqualTo(Tocsin.INVALID_INPUT);
        assertThat(failure.lines()).allSatisfy(line -> assertThat(line).startsWith(file + ":"));
        return failure.lines().stream()
                .map(line -> line.substring(file.toString().length() + 1))
                .toList();
    }
}
