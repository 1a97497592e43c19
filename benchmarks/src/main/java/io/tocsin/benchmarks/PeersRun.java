package io.tocsin.benchmarks;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.tocsin.benchmarks.peer.AlertSet;
import io.tocsin.benchmarks.peer.PeerFork;
import io.tocsin.benchmarks.peer.TicketStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Tocsin's core beside the engines that people would use instead, at the same job: {@code benchmarks/run peers [TICKETS]
 * [PEER...]}. The stream of events is made once and read by all; every engine must find the same missed deadlines, those that
 * {@link TicketFlow} foretells. Each measurement is a process of its own, and right before or after each of a peer's there is
 * one of Tocsin's, at the same size, so that a slow minute of the machine hits both.
 */
public final class PeersRun {
    /** The peers reckon in milliseconds, so events lie on even ones and deadlines on odd ones. */
    private static final long GRID_NS = MILLISECONDS.toNanos(2);

    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final String TOCSIN = "tocsin";

    /**
     * An engine to compare with.
     *
     * @param maxTickets with more of them open it would take hours
     * @param minSteps how many tickets are opened while it is measured, at least
     */
    private record Contestant(String name, String label, String className, int maxTickets, int minSteps) {
        static final List<Contestant> ALL = List.of(
                new Contestant("flink", "Flink 1.20.5", "flink.FlinkPeer", Integer.MAX_VALUE, 1_000_000),
                new Contestant("esper", "Esper 9.0.0", "esper.EsperPeer", Integer.MAX_VALUE, 1_000_000),
                new Contestant(
                        "kafka-streams",
                        "Kafka Streams 4.3.1",
                        "kafkastreams.KafkaStreamsPeer",
                        Integer.MAX_VALUE,
                        1_000_000),
                new Contestant("siddhi", "Siddhi 5.1.30", "siddhi.SiddhiPeer", 1_000, 50_000));

        static Contestant named(String name) {
            return ALL.stream()
                    .filter(contestant -> contestant.name.equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such peer: " + name + "; there are "
                            + ALL.stream().map(Contestant::name).toList()));
        }

        int tickets(int wanted) {
            return Math.min(wanted, maxTickets);
        }
    }

    private final Path home;
    private final int tickets;
    private final int rounds;
    private final List<Contestant> contestants;
    private final Samples samples = new Samples("peers");

    private PeersRun(Path home, int tickets, int rounds, List<Contestant> contestants) {
        this.home = home;
        this.tickets = tickets;
        this.rounds = rounds;
        this.contestants = contestants;
    }

    /** {@code HOME TICKETS ROUNDS PEER...}, where {@code HOME} is the folder of the benchmarks, the peers built below it. */
    public static void main(String[] args) throws Exception {
        List<Contestant> contestants =
                Arrays.stream(args).skip(3).map(Contestant::named).toList();
        PeersRun run =
                new PeersRun(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), contestants);
        run.run();
        run.report();
        System.exit(run.samples.failures().findAny().isPresent() ? 1 : 0);
    }

    /** The flow that the events come from. */
    static TicketFlow flow(int tickets) {
        return new TicketFlow(tickets, false, GRID_NS);
    }

    private void run() throws IOException, InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            List<Contestant> order = new ArrayList<>(contestants);
            if (round % 2 == 0) {
                Collections.reverse(order);
            }
            for (Contestant contestant : order) {
                pair(round, contestant);
            }
        }
    }

    private void pair(int round, Contestant peer) throws IOException, InterruptedException {
        Path stream = Files.createTempFile("tocsin-stream", ".bin");
        try {
            makeStream(peer.tickets(tickets), peer.minSteps, stream);
            if (round % 2 == 1) {
                measureTocsin(round, peer, stream);
                measure(round, peer, stream);
            } else {
                measure(round, peer, stream);
                measureTocsin(round, peer, stream);
            }
        } finally {
            Files.delete(stream);
        }
    }

    private void measureTocsin(int round, Contestant peer, Path stream) throws IOException, InterruptedException {
        measure(TOCSIN, System.getProperty("java.class.path"), TocsinCore.class.getName(), round, peer, stream);
    }

    private void measure(int round, Contestant peer, Path stream) throws IOException, InterruptedException {
        Path target = home.resolve("peers").resolve(peer.name).resolve("target");
        String classPath = target.resolve("peer.jar") + File.pathSeparator + target.resolve("lib") + "/*";
        String packageName = PeerFork.class.getPackageName();
        measure(peer.name, classPath, packageName + '.' + peer.className, round, peer, stream);
    }

    private void measure(String subject, String classPath, String className, int round, Contestant beside, Path stream)
            throws IOException, InterruptedException {
        Fork.Outcome outcome = Fork.run(classPath, LIMIT, PeerFork.class.getName(), className, stream.toString());
        int size = beside.tickets(tickets);
        samples.add(new Samples.Sample(subject, size + " tickets", size, round, beside.name, outcome));
    }

    /** Warmed up for as long as it takes to fill, then as many tickets as are open; both long enough for the compiler. */
    static void makeStream(int tickets, int minSteps, Path file) throws IOException {
        TicketFlow flow = flow(tickets);
        int stepsBefore = Math.max(flow.stepsToFill(), minSteps / 2);
        int[] eventsBefore = {0};
        flow.walk(stepsBefore, (ticket, type, atNs) -> eventsBefore[0]++);
        int steps = Math.max(tickets, minSteps);
        int events = eventsBefore[0] + steps * TicketFlow.EVENTS_PER_STEP;
        TicketStream stream = new TicketStream(new TicketStream.Head(
                tickets, events, eventsBefore[0], NANOSECONDS.toMillis(TicketFlow.START_NS), targetsMs(flow)));
        TicketFlow again = flow(tickets);
        again.walk(
                stepsBefore + steps,
                (ticket, type, atNs) ->
                        stream.add(ticket, type, Openings.priorityOf(ticket), NANOSECONDS.toMillis(atNs)));
        TicketFlow.Expected expected = again.expected();
        stream.write(file, expected.breaches(), expected.breachesHash());
    }

    private static long[] targetsMs(TicketFlow flow) {
        long[] targets = new long[TicketStream.PRIORITIES * 2];
        for (int priority = 0; priority < TicketStream.PRIORITIES; priority++) {
            targets[priority * 2 + AlertSet.RESPONSE] = NANOSECONDS.toMillis(flow.answerTargetNs(priority));
            targets[priority * 2 + AlertSet.RESOLUTION] = NANOSECONDS.toMillis(flow.resolutionTargetNs(priority));
        }
        return targets;
    }

    private void report() throws IOException {
        String row = "%-20s %12s  %-22s %-20s %-22s %-22s %s%n";
        System.out.printf(
                row,
                "engine",
                "tickets open",
                "thousand events/s",
                "times slower",
                "processor ns/event",
                "bytes/open ticket",
                "steal ms");
        for (Contestant peer : contestants) {
            int size = peer.tickets(tickets);
            List<Samples.Sample> tocsin = samples.of(TOCSIN, size + " tickets", peer.name);
            List<Samples.Sample> others = samples.of(peer.name, size + " tickets", peer.name);
            printRow(row, "Tocsin", tocsin, tocsin, size);
            printRow(row, peer.label, others, tocsin, size);
        }
        samples.printFailures();
        System.out.println("median [min-max] of " + rounds + " rounds; all alerts were as foretold"
                + (samples.failures().findAny().isPresent() ? ", but for those that failed" : ""));
        samples.write(home);
    }

    private static void printRow(
            String row, String label, List<Samples.Sample> some, List<Samples.Sample> tocsin, int size) {
        ToDoubleFunction<Samples.Sample> nsPerEvent = sample -> sample.value("ns") / sample.value("events");
        System.out.printf(
                Locale.ROOT,
                row,
                label,
                String.format(Locale.ROOT, "%,d", size),
                Samples.spread(some, sample -> 1e6 / nsPerEvent.applyAsDouble(sample)),
                Samples.ratio(some, tocsin, nsPerEvent),
                Samples.spread(some, sample -> sample.value("cpuNs") / sample.value("events")),
                Samples.spread(some, sample -> sample.value("bytes") / size),
                Samples.spread(some, sample -> sample.value("stealMs")));
    }
}
