package io.tocsin.benchmarks;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.tocsin.app.Tocsin;
import io.tocsin.benchmarks.http.BareServer;
import io.tocsin.benchmarks.http.Bodies;
import io.tocsin.benchmarks.http.Callers;
import io.tocsin.benchmarks.http.ServerProcess;
import io.tocsin.benchmarks.peer.Meter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Tocsin over HTTP beside a bare server of the same library: {@code benchmarks/run http [ROUNDS]}. Two servers run, each a
 * process: Tocsin on a real data folder, and {@link BareServer}, which parses and counts the same bodies and answers constants.
 * This process is their client, on the same machine. Each round measures both of each pair right behind one another, the next
 * round in the reverse order, and a ratio is of one round.
 */
public final class HttpRun {
    private static final String TOCSIN = "tocsin";
    private static final String BARE = "bare";
    private static final String INGEST = "POST /v1/events";
    private static final String INGEST_AGAIN = INGEST + " again";
    private static final String POLLED = "POST /v1/events, 100 pollers";
    private static final String STATS = "/v1/stats";
    private static final String METRICS = "/metrics";

    private static final int SENDERS = 4;
    private static final int READERS = 8;
    private static final int POLLERS = 100;
    private static final int POLLED_PAIRS = 4;
    private static final String SENDER = "127.0.0.1";
    /** Readers that are somebody else than the sender, which is the usual case and the one that may be given what is known. */
    private static final String READER = "127.0.0.2";

    private static final long POLL_EVERY_NS = SECONDS.toNanos(1);
    /** One body of a thousand events each 50 ms: 20,000 events a second meanwhile. */
    private static final long TRICKLE_EVERY_NS = MILLISECONDS.toNanos(50);

    private static final long WARM_UP_NS = SECONDS.toNanos(8);
    private static final long SAMPLE_NS = SECONDS.toNanos(3);

    private static final String POLICY = """
            version: 1
            forget_after: 10s
            policies:
            - {name: urgent, match: {priority: urgent}, targets: {first_response: 24h, resolution: 72h}}
            - {name: high, match: {priority: high}, targets: {first_response: 25h, resolution: 73h}}
            - {name: normal, match: {priority: normal}, targets: {first_response: 26h, resolution: 74h}}
            - {name: low, targets: {first_response: 27h, resolution: 75h}}
            """;
    private static final String CONFIG = """
            journal: {sync: os}
            snapshots: {every: 10h, every_events: 999999999, at_stop: false}
            """;

    private final Samples samples = new Samples("http");
    private final ExecutorService beside = Executors.newCachedThreadPool();
    private final Bodies bareBodies = new Bodies();
    private final Bodies tocsinBodies = new Bodies();
    private final ServerProcess tocsin;
    private final ServerProcess bare;

    private HttpRun(ServerProcess tocsin, ServerProcess bare) {
        this.tocsin = tocsin;
        this.bare = bare;
    }

    /** {@code HOME ROUNDS}, where {@code HOME} is the folder of the benchmarks. */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[1]);
        Path folder = Files.createTempDirectory("tocsin-http");
        try (ServerProcess tocsin = startTocsin(folder);
                ServerProcess bare = startBare(folder, tocsin)) {
            HttpRun run = new HttpRun(tocsin, bare);
            run.warmUp();
            for (int round = 1; round <= rounds; round++) {
                run.round(round);
            }
            run.beside.shutdown();
            run.report(Path.of(args[0]), rounds);
        } finally {
            deleteAll(folder);
        }
    }

    private static ServerProcess startTocsin(Path folder) throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Path config = Files.writeString(folder.resolve("tocsin.yaml"), CONFIG);
        return new ServerProcess(
                Tocsin.class.getName(),
                "serve",
                "--policy=" + policy,
                "--config=" + config,
                "--data=" + folder.resolve("data"),
                "--port=0");
    }

    /** With the answers of the other one, once it has something to say. */
    private static ServerProcess startBare(Path folder, ServerProcess tocsin) throws IOException, InterruptedException {
        try (Callers sender = new Callers(tocsin.port(), SENDER, 1, 0, bodies(new Bodies()))) {
            sender.call(MILLISECONDS.toNanos(100));
        }
        Path stats = Files.write(folder.resolve("stats"), body(tocsin, STATS));
        Path metrics = Files.write(folder.resolve("metrics"), body(tocsin, METRICS));
        return new ServerProcess(BareServer.class.getName(), stats.toString(), metrics.toString());
    }

    private static byte[] body(ServerProcess server, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofByteArray())
                .body();
    }

    private void warmUp() throws Exception {
        for (ServerProcess server : List.of(bare, tocsin)) {
            ingest(server, WARM_UP_NS);
            read(server, STATS, WARM_UP_NS / 4);
            read(server, METRICS, WARM_UP_NS / 4);
        }
    }

    private void round(int round) throws Exception {
        List<ServerProcess> order = round % 2 == 1 ? List.of(bare, tocsin) : List.of(tocsin, bare);
        for (ServerProcess server : order) {
            sample(round, server, INGEST, () -> ingest(server, SAMPLE_NS));
        }
        for (String path : List.of(STATS, METRICS)) {
            for (ServerProcess server : order) {
                sample(round, server, path, () -> read(server, path, SAMPLE_NS));
            }
        }
        for (int pair = 0; pair < POLLED_PAIRS; pair++) {
            pollOrNot(round * POLLED_PAIRS + pair);
        }
    }

    /** Right behind the one without pollers, and right before, by turns; several pairs, because it is a small difference. */
    private void pollOrNot(int pair) throws Exception {
        for (String task : pair % 2 == 0 ? List.of(INGEST_AGAIN, POLLED) : List.of(POLLED, INGEST_AGAIN)) {
            if (task.equals(POLLED)) {
                ingestWithPollers(pair);
            } else {
                sample(pair, tocsin, task, () -> ingest(tocsin, SAMPLE_NS));
            }
        }
    }

    private void sample(int round, ServerProcess server, String task, Callable<Long> work) throws Exception {
        long stealMs = Meter.stolenMs();
        long coreNs = server.threadNs("tocsin-core");
        long startNs = System.nanoTime();
        long done = work.call();
        Map<String, Long> values = new LinkedHashMap<>();
        values.put("done", done);
        values.put("ns", System.nanoTime() - startNs);
        values.put("coreNs", server.threadNs("tocsin-core") - coreNs);
        values.put("stealMs", Meter.stolenMs() - stealMs);
        samples.add(
                new Samples.Sample(server == bare ? BARE : TOCSIN, task, 0, round, BARE, new Fork.Outcome(values, "")));
    }

    /** Events sent as fast as they are taken. */
    private long ingest(ServerProcess server, long durationNs) throws IOException {
        try (Callers senders = new Callers(server.port(), SENDER, SENDERS, 0, bodiesFor(server))) {
            return senders.call(durationNs) * Bodies.EVENTS;
        }
    }

    /** Answers read as fast as they are given, while some events come in. */
    private long read(ServerProcess server, String path, long durationNs) throws Exception {
        Future<Long> trickle = beside.submit(() -> {
            try (Callers sender = new Callers(server.port(), SENDER, 1, TRICKLE_EVERY_NS, bodiesFor(server))) {
                return sender.call(durationNs);
            }
        });
        try (Callers readers = new Callers(server.port(), READER, READERS, 0, (caller, planNs) -> Callers.get(path))) {
            return readers.call(durationNs);
        } finally {
            trickle.get();
        }
    }

    /** The pollers are there already when it begins, and stay until it has ended. */
    private void ingestWithPollers(int round) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        Future<Long> polls = beside.submit(() -> {
            try (Callers pollers = new Callers(tocsin.port(), READER, POLLERS, POLL_EVERY_NS, byTurns())) {
                pollers.call(POLL_EVERY_NS);
                connected.countDown();
                return pollers.call(SAMPLE_NS + POLL_EVERY_NS / 10);
            }
        });
        connected.await();
        sample(round, tocsin, POLLED, () -> ingest(tocsin, SAMPLE_NS));
        require(polls.get() >= 2 * POLLERS, "only " + polls.get() + " polls were answered");
    }

    private Callers.Requests bodiesFor(ServerProcess server) {
        return bodies(server == bare ? bareBodies : tocsinBodies);
    }

    private static Callers.Requests bodies(Bodies bodies) {
        return (caller, planNs) -> Callers.post(bodies.next());
    }

    private static Callers.Requests byTurns() {
        int[] count = {0};
        return (caller, planNs) -> Callers.get(count[0]++ % 2 == 0 ? STATS : METRICS);
    }

    private void report(Path home, int rounds) throws IOException {
        String row = "%-30s %-26s %-26s %-22s %s%n";
        System.out.printf(row, "", "Tocsin, thousand/s", "bare, thousand/s", "ratio", "steal ms");
        for (String task : List.of(INGEST, STATS, METRICS)) {
            List<Samples.Sample> ours = samples.of(TOCSIN, task, BARE);
            print(row, task, ours, samples.of(BARE, task, BARE));
        }
        List<Samples.Sample> alone = samples.of(TOCSIN, INGEST_AGAIN, BARE);
        List<Samples.Sample> polled = samples.of(TOCSIN, POLLED, BARE);
        System.out.printf(row, "", "with, thousand/s", "without, thousand/s", "ratio", "steal ms");
        print(row, POLLED, polled, alone);
        System.out.printf(
                "%-30s %-26s %s%n",
                "core, processor ns/event",
                Samples.spread(polled, HttpRun::coreNsPerEvent),
                Samples.spread(alone, HttpRun::coreNsPerEvent));
        System.out.println("median [min-max] of " + rounds + " rounds");
        samples.write(home);
    }

    private static void print(String row, String label, List<Samples.Sample> some, List<Samples.Sample> others) {
        System.out.printf(
                Locale.ROOT,
                row,
                label,
                Samples.spread(some, HttpRun::thousandsPerSecond),
                Samples.spread(others, HttpRun::thousandsPerSecond),
                Samples.ratio(some, others, HttpRun::thousandsPerSecond),
                Samples.spread(some, sample -> sample.value("stealMs")));
    }

    private static double thousandsPerSecond(Samples.Sample sample) {
        return sample.value("done") * 1e6 / sample.value("ns");
    }

    private static double coreNsPerEvent(Samples.Sample sample) {
        return sample.value("coreNs") / sample.value("done");
    }

    private static void require(boolean holds, String found) {
        if (!holds) {
            throw new IllegalStateException(found);
        }
    }

    private static void deleteAll(Path path) throws IOException {
        try (var files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
