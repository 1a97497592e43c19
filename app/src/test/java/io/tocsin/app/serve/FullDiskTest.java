package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.app.CommandRun;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.journal.ReadOnlyAlerts;
import io.tocsin.journal.SnapshotFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server on a disk that is full, or nearly so. */
class FullDiskTest {
    private static final int BATCH = 50;
    /** So that a batch takes hundreds of kilobytes. */
    private static final String SUBJECT = "x".repeat(4_000);

    @TempDir
    Path parent;

    private Path mounted;
    private Path data;
    private Path policy;

    @BeforeEach
    void writeThePolicy() throws Exception {
        mounted = Files.createDirectories(parent.resolve("disk"));
        data = mounted.resolve("data");
        policy = Files.writeString(parent.resolve("policy.yaml"), TestServer.FAST);
    }

    @Test
    void shouldStopWithOneLineAndLoseNothingWhenTheDiskIsFull() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(mounted, 100)) {
            int acknowledged;
            int tickets;
            try (ServerProcess server = serve(disk)) {
                acknowledged = sendUntilItStops(server.api());
                assertThat(server.awaitEnd()).isEqualTo(1);
                assertThat(server.complaints())
                        .singleElement()
                        .satisfies(line -> assertThat(line)
                                .matches("tocsin: the engine has stopped, what was acknowledged is kept: the disk of "
                                        + data + "/(events|alerts) has \\d+ MiB left, 64 MiB are needed to write on:"
                                        + " free some; start again once the cause is mended"));
            }
            assertThat(acknowledged).isGreaterThan(2_000);
            assertThat(ServerProcess.runOn(disk.by(), parent, "serve", "--port", 0, "--data", data)
                            .errorLines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .matches("tocsin: the disk of " + data.resolve("events") + " has \\d+ MiB left, 64 MiB are"
                                    + " needed to write on: free some"));

            assertThat(disk.remount("size=400m")).isEmpty();
            try (ServerProcess server = serve(disk)) {
                tickets = server.api().counters().get("tickets").asInt();
                assertThat(tickets).isBetween(acknowledged, acknowledged + BATCH);
                int expected = tickets;
                Await.until("each has breached", () -> FaultyFolder.breaches(server.api()) == expected);
                assertThat(server.terminate()).isZero();
                assertThat(server.complaints()).isEmpty();
            }
            assertReplayIsTheSame(disk.seen(data), tickets);
        }
    }

    @Test
    void shouldGoOnWhenThereIsNoRoomForASnapshotAndMakeItOnceThereIs() throws Exception {
        Path config = Files.writeString(parent.resolve("tocsin.yaml"), "snapshots: {every_events: 2}\n");
        try (SmallDisk disk = SmallDisk.mount(mounted, 110);
                ServerProcess server = serve(disk, "--config", config)) {
            FaultyFolder.openAndBreach(server.api(), "T1", "T2");
            Await.until("it says so", () -> !server.complaints().isEmpty());
            assertThat(server.complaints().get(0))
                    .matches(
                            "tocsin: no snapshot could be made, the next try comes when the next one is due: the disk of "
                                    + data.resolve("snapshots")
                                    + " has \\d+ MiB left, 128 MiB are needed to write on: free some");
            FaultyFolder.openAndBreach(server.api(), "T3");
            SnapshotFolder snapshots = SnapshotFolder.of(disk.seen(data));
            assertThat(snapshots.positions()).isEmpty();

            assertThat(disk.remount("size=400m")).isEmpty();
            FaultyFolder.openAndBreach(server.api(), "T4", "T5");
            Await.until("a snapshot is there", () -> !snapshots.positions().isEmpty());
            int said = server.complaints().size();
            assertThat(server.terminate()).isZero();
            assertThat(server.complaints()).hasSize(said);
        }
    }

    private ServerProcess serve(SmallDisk disk, Object... arguments) throws Exception {
        List<Object> all = new ArrayList<>(List.of("--data", data, "--policy", policy));
        all.addAll(List.of(arguments));
        return ServerProcess.startOn(disk.by(), parent, all.toArray());
    }

    /** How many events were acknowledged. */
    private static int sendUntilItStops(Api api) throws InterruptedException {
        int sent = 0;
        while (true) {
            int first = sent;
            String batch = IntStream.range(first, first + BATCH)
                    .mapToObj(i -> "{\"ticket\":\"T" + i + "\",\"type\":\"opened\",\"attributes\":{\"subject\":\""
                            + SUBJECT + "\"}}")
                    .collect(Collectors.joining("\n"));
            try {
                if (api.post(Api.NDJSON, batch).status() != 200) {
                    return sent;
                }
            } catch (IOException e) {
                return sent; // It is gone.
            }
            sent += BATCH;
        }
    }

    /** Each ticket was warned of and has breached, once, whether it was announced before the disk was full or after. */
    private void assertReplayIsTheSame(Path folder, int tickets) throws Exception {
        List<String> kept = new ArrayList<>();
        AlertRecord alert = new AlertRecord();
        new ReadOnlyAlerts(folder).read(1, (buffer, offset, length) -> {
            alert.wrap(buffer, offset);
            kept.add(alert.seq() + " " + alert.id());
        });
        assertThat(kept).hasSize(2 * tickets);
        assertThat(kept.stream().map(line -> line.replaceFirst(".* ", "")).distinct())
                .hasSize(2 * tickets);

        Path replayed = parent.resolve("replayed.ndjson");
        CommandRun replay = CommandRun.of("replay", folder, "--until", "end", "--alerts", replayed);
        assertThat(replay.exitCode()).as(replay.err()).isZero();
        List<String> again = new ArrayList<>();
        for (String line : Files.readAllLines(replayed)) {
            JsonNode json = Api.parse(line);
            again.add(json.get("seq").asLong() + " " + json.get("id").asText());
        }
        assertThat(again).isEqualTo(kept);
    }
}
