package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.app.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A data folder to which something happens, and what real servers on it do. One thread. */
final class FaultyFolder {
    private final Path parent;
    private final Path path;
    private final Path policy;

    FaultyFolder(Path parent) throws Exception {
        this.parent = parent;
        path = parent.resolve("data");
        policy = Files.writeString(parent.resolve("policy.yaml"), TestServer.FAST);
    }

    Path path() {
        return path;
    }

    Path events() {
        return path.resolve("events");
    }

    Path alerts() {
        return path.resolve("alerts");
    }

    /** Serves the folder; more arguments may follow. */
    ServerProcess serve(Object... arguments) throws Exception {
        return ServerProcess.start(parent, serving(List.of(), arguments));
    }

    /** Serves the folder, which must be refused with exit code 1; gives the one line that says why. */
    String refusal(Object... arguments) throws Exception {
        CommandRun run = ServerProcess.run(parent, serving(List.of("serve", "--port", "0"), arguments));
        assertThat(run.out()).isEmpty();
        assertThat(run.errorLines()).hasSize(1);
        assertThat(run.exitCode()).isEqualTo(1);
        return run.errorLines().get(0);
    }

    /** Runs another command, as {@code tocsin COMMAND PATH}. */
    CommandRun run(Object... commandAndArguments) {
        return CommandRun.of(commandAndArguments);
    }

    /**
     * A server in this process opens tickets, a batch each, and lets them breach; that is to say two alerts each. Then it
     * stops, and leaves a snapshot.
     */
    void openAndBreach(String... tickets) throws Exception {
        try (TestServer server = TestServer.start(path, TestServer.FAST)) {
            long before = server.lastAlert();
            for (String ticket : tickets) {
                open(server.api(), ticket);
            }
            Await.until("each has breached", () -> server.lastAlert() == before + 2 * tickets.length);
        }
        assertThat(run("snapshot", path).exitCode()).isZero();
    }

    /** Opens a ticket. */
    static void open(Api api, String ticket) throws Exception {
        api.accept(Api.JSON, "{\"ticket\":\"" + ticket + "\",\"type\":\"opened\"}", 1);
    }

    /** Opens tickets and waits until each has breached. */
    static void openAndBreach(Api api, String... tickets) throws Exception {
        long before = breaches(api);
        for (String ticket : tickets) {
            open(api, ticket);
        }
        Await.until("each has breached", () -> breaches(api) == before + tickets.length);
    }

    static long breaches(Api api) throws Exception {
        return api.counters().get("alerts").get("breach").asLong();
    }

    /** The alerts that are kept, but for when they were noticed. */
    List<String> keptAlerts() {
        return RestartTest.withoutDetected(TestServer.keptAlerts(path));
    }

    /** A server, a replay of all events and {@code tocsin state-hash} come to the same, and nothing is remarked on. */
    void assertWhole(String... tickets) throws Exception {
        String stateHash;
        try (TestServer server = TestServer.open(path)) {
            server.start(null);
            assertThat(server.remarks()).isEmpty();
            stateHash = server.stateHash();
        }
        ReplayOfFolder.assertGivesTheSame(path, stateHash);
        assertThat(Api.parse(run("state-hash", path, "--json").out()).get("state_hash"))
                .isEqualTo(Api.parse(run("replay", path, "--json").out()).get("state_hash"));
        assertThat(replayedTickets()).containsExactly(tickets);
    }

    private Set<String> replayedTickets() throws Exception {
        Path tickets = Files.createTempFile(parent, "tickets", ".ndjson");
        CommandRun replay = run("replay", path, "--tickets", tickets);
        assertThat(replay.exitCode()).as(replay.err()).isZero();
        Set<String> names = new TreeSet<>();
        for (String line : Files.readAllLines(tickets)) {
            names.add(Api.parse(line).get("ticket").asText());
        }
        return names;
    }

    private Object[] serving(List<String> before, Object... arguments) {
        List<Object> all = new ArrayList<>(before);
        all.addAll(List.of("--data", path, "--policy", policy));
        all.addAll(List.of(arguments));
        return all.toArray();
    }
}
