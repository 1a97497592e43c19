package io.tocsin.benchmarks;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.app.Tocsin;
import io.tocsin.benchmarks.http.Audience;
import io.tocsin.benchmarks.http.ServerProcess;
import io.tocsin.benchmarks.http.SteadyLoad;
import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.http.json.Rfc3339;
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
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * A server that is looked at: {@code benchmarks/run audience [BOARDS POLLERS EVENTS-PER-SECOND [IDLE...]]}. For each profile of
 * {@code engine.idle} measured, a server of its own, to which events are sent at planned times all the while
 * ({@link SteadyLoad}). By turns nobody looks, and so many wallboards and pollers do ({@link Audience}): how late deadlines are
 * noticed with them and without, and how old the figures are that they see.
 *
 * <p>How late a deadline was noticed is its breach's {@code detected} minus {@code at}, read up when the window is over. A
 * window of which more than one per cent was stolen is shown and not counted.
 */
public final class AudienceRun {
    /** Of a batch's 34 tickets two are agent 0's and agent 20's and breach, before they are responded to. */
    private static final String POLICY = """
            version: 1
            forget_after: 10s
            policies:
            - {name: marked, match: {mark: "on"}, targets: {acceptance: 72h}}
            - {name: late, match: {agent: [a-0, a-20]}, targets: {first_response: 1s, resolution: 72h}}
            - {name: urgent, match: {priority: urgent}, targets: {first_response: 24h, resolution: 72h}}
            - {name: other, targets: {first_response: 27h, resolution: 75h}}
            """;

    private static final String CONFIG = """
            engine: {idle: %s}
            snapshots: {every: 10h, every_events: 999999999, at_stop: false}
            """;

    private static final String DETECTED = "deadline noticed";
    private static final String ACKNOWLEDGED = "batch acknowledged";
    private static final String NOBODY = "nobody";
    private static final String AUDIENCE = "the audience";
    private static final double MOST_STOLEN = 0.01;
    private static final long OLDEST_NS = SECONDS.toNanos(1);
    private static final int ALERTS_AT_ONCE = 1_000;
    private static final String ROW = "%-10s %-28s %-14s %10s %10s %10s %10s  %s%n";

    private final Results results = new Results("audience");
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Row, Histogram> sums = new LinkedHashMap<>();
    private final Settings settings;
    private final EpochNanoClock clock = new SystemEpochNanoClock();
    private long lastSeq;

    private AudienceRun(Settings settings) {
        this.settings = settings;
    }

    /**
     * How much of everything.
     *
     * @param warmUpNs how long the audience is there before the first round, for the compiler
     * @param settleNs how long the load, and an audience, goes on before it is measured
     * @param windowNs how long is measured at a time
     */
    record Settings(
            int boards, int pollers, int eventsPerSecond, int rounds, long warmUpNs, long settleNs, long windowNs) {
        /** Rounded up: it is only for how much room there must be. */
        long loadNs() {
            return warmUpNs + 2 * (rounds + 2) * (2 * settleNs + windowNs) + SECONDS.toNanos(60);
        }
    }

    /** What is told apart in the table. */
    private record Row(String idle, String what, String beside) {}

    /** {@code HOME BOARDS POLLERS EVENTS-PER-SECOND ROUNDS IDLE...} */
    public static void main(String[] args) throws Exception {
        Settings settings = new Settings(
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]),
                SECONDS.toNanos(30),
                SECONDS.toNanos(3),
                SECONDS.toNanos(6));
        run(settings, List.of(args).subList(5, args.length)).write(Path.of(args[0]));
    }

    /** Measures each profile of {@code engine.idle}, and prints. */
    static Results run(Settings settings, List<String> idles) throws Exception {
        AudienceRun run = new AudienceRun(settings);
        for (String idle : idles) {
            run.measure(idle);
        }
        run.report(idles);
        return run.results;
    }

    private void measure(String idle) throws Exception {
        Path folder = Files.createTempDirectory("tocsin-audience");
        lastSeq = 0;
        try (ServerProcess server = start(folder, idle)) {
            SteadyLoad load = new SteadyLoad(server.port(), settings.eventsPerSecond(), settings.loadNs());
            try {
                window(new Window(idle, 0, AUDIENCE, settings.warmUpNs()), server, load);
                for (int round = 1; round <= settings.rounds(); round++) {
                    for (String beside : round % 2 == 1 ? List.of(NOBODY, AUDIENCE) : List.of(AUDIENCE, NOBODY)) {
                        window(new Window(idle, round, beside, settings.windowNs()), server, load);
                    }
                }
            } finally {
                load.end();
            }
        } finally {
            deleteAll(folder);
        }
    }

    private static ServerProcess start(Path folder, String idle) throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Path config = Files.writeString(folder.resolve("tocsin.yaml"), String.format(Locale.ROOT, CONFIG, idle));
        return new ServerProcess(
                Tocsin.class.getName(),
                "serve",
                "--policy=" + policy,
                "--config=" + config,
                "--data=" + folder.resolve("data"),
                "--port=0");
    }

    private void window(Window window, ServerProcess server, SteadyLoad load) throws Exception {
        boolean watched = window.beside.equals(AUDIENCE);
        try (Audience audience = new Audience(
                server.port(),
                watched ? settings.boards() : 0,
                watched ? settings.pollers() : 0,
                load.marks(),
                settings.settleNs() + window.lengthNs + settings.settleNs() / 2)) {
            TimeUnit.NANOSECONDS.sleep(settings.settleNs());
            audience.seen();
            load.acknowledged();
            window.begin();
            TimeUnit.NANOSECONDS.sleep(window.lengthNs);
            window.end();
            Map<Audience.Age, Histogram> seen = audience.seen();
            Histogram acknowledged = load.acknowledged();
            audience.await();
            window.add(DETECTED, detected(server, window));
            window.add(ACKNOWLEDGED, acknowledged);
            if (watched) {
                for (Map.Entry<Audience.Age, Histogram> age : seen.entrySet()) {
                    window.add(age.getKey().toString(), age.getValue());
                }
            }
        }
    }

    /** How late the breaches of a window were noticed, of which there must be some. */
    private Histogram detected(ServerProcess server, Window window) throws IOException, InterruptedException {
        Histogram lags = new Histogram(3);
        for (JsonNode page = alerts(server); !page.isEmpty(); page = alerts(server)) {
            for (JsonNode alert : page) {
                lastSeq = alert.get("seq").asLong();
                long detectedNs = instantNs(alert, "detected");
                if (window.has(detectedNs) && alert.get("kind").asText().equals("breach")) {
                    lags.recordValue(Math.max(0, detectedNs - instantNs(alert, "at")));
                }
            }
        }
        if (lags.getTotalCount() == 0) {
            throw new IllegalStateException("no breach was given in a window of " + window + ": expected "
                    + settings.eventsPerSecond() / SteadyLoad.BATCH * 2 + " a second");
        }
        return lags;
    }

    private JsonNode alerts(ServerProcess server) throws IOException, InterruptedException {
        URI uri = URI.create(
                "http://127.0.0.1:" + server.port() + "/v1/alerts?limit=" + ALERTS_AT_ONCE + "&after=" + lastSeq);
        return json.readTree(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray())
                .body());
    }

    private static long instantNs(JsonNode alert, String field) {
        return Rfc3339.parse(alert.get(field).asText());
    }

    private void report(List<String> idles) {
        System.out.printf(
                Locale.ROOT,
                "%n%,d events a second, %d boards, %d pollers; milliseconds, of windows with at most 1 %% stolen%n",
                settings.eventsPerSecond(),
                settings.boards(),
                settings.pollers());
        System.out.printf(ROW, "idle", "", "beside", "p50", "p99", "p99.9", "longest", "");
        sums.forEach((row, sum) -> System.out.printf(
                ROW,
                row.idle,
                row.what,
                row.beside,
                ms(sum.getValueAtPercentile(50)),
                ms(sum.getValueAtPercentile(99)),
                ms(sum.getValueAtPercentile(99.9)),
                ms(sum.getMaxValue()),
                row.what.equals(DETECTED) || row.what.equals(ACKNOWLEDGED) ? "" : tooOld(sum)));
        for (String idle : idles) {
            Histogram with = sums.get(new Row(idle, DETECTED, AUDIENCE));
            Histogram without = sums.get(new Row(idle, DETECTED, NOBODY));
            if (with != null && without != null) {
                System.out.printf(
                        Locale.ROOT,
                        "%s: p99 of noticing with the audience is %.2f of that without%n",
                        idle,
                        (double) with.getValueAtPercentile(99) / without.getValueAtPercentile(99));
            }
        }
    }

    private static String tooOld(Histogram ages) {
        long most = ages.highestEquivalentValue(OLDEST_NS);
        long older = ages.getTotalCount() - (ages.getTotalCount() == 0 ? 0 : ages.getCountBetweenValues(0, most));
        return String.format(Locale.ROOT, "%,d of %,d older than 1 s", older, ages.getTotalCount());
    }

    private static String ms(long ns) {
        return String.format(Locale.ROOT, "%,.3f", ns / 1e6);
    }

    private static void deleteAll(Path path) throws IOException {
        try (var files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A stretch of time in which something is measured. */
    private final class Window {
        private final String idle;
        private final int round;
        private final String beside;
        private final long lengthNs;
        private long beginNs;
        private long endNs;
        private long stolenMs;
        private double stolen;

        Window(String idle, int round, String beside, long lengthNs) {
            this.idle = idle;
            this.round = round;
            this.beside = beside;
            this.lengthNs = lengthNs;
        }

        void begin() {
            stolenMs = Meter.stolenMs();
            beginNs = clock.nanoTime();
        }

        void end() {
            endNs = clock.nanoTime();
            stolen = Results.stolenShare(Meter.stolenMs() - stolenMs, endNs - beginNs);
        }

        boolean has(long ns) {
            return ns >= beginNs && ns <= endNs;
        }

        /** Adds what was measured in it. */
        void add(String what, Histogram histogram) {
            boolean counts = round > 0 && stolen <= MOST_STOLEN;
            System.out.printf(
                    Locale.ROOT,
                    "%s, %s: p50 %s  p99 %s  longest %s ms, of %,d; stolen %.1f %%%s%n",
                    this,
                    what,
                    ms(histogram.getValueAtPercentile(50)),
                    ms(histogram.getValueAtPercentile(99)),
                    ms(histogram.getMaxValue()),
                    histogram.getTotalCount(),
                    100 * stolen,
                    counts ? "" : round == 0 ? " (warm-up)" : " (not counted)");
            if (round == 0) {
                return;
            }
            Map<String, Object> row = results.row(what, "idle " + idle);
            row.put("beside", beside);
            row.put("round", round);
            row.put("eventsPerSecond", settings.eventsPerSecond());
            row.put("boards", settings.boards());
            row.put("pollers", settings.pollers());
            row.put("stolen", stolen);
            row.put("counts", counts);
            Results.put(row, histogram);
            if (counts) {
                sums.computeIfAbsent(new Row(idle, what, beside), any -> new Histogram(3))
                        .add(histogram);
            }
        }

        @Override
        public String toString() {
            return "round " + round + ", " + idle + ", beside " + beside;
        }
    }
}
