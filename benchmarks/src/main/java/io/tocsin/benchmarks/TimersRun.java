package io.tocsin.benchmarks;

import io.tocsin.benchmarks.peer.PeerFork;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tocsin's timer wheel beside those of others, and beside what the JDK has: {@code benchmarks/run timers [COUNT]}. All get
 * the same timers, those of a {@link io.tocsin.benchmarks.peer.TimerMix}, and each task of each structure is a process of its
 * own; a round measures all of them, the next one in the reverse order.
 */
public final class TimersRun {
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final int CROWD = 1_000_000;
    private static final String CHURN = "churn";
    private static final String SPREAD = "spread";
    private static final String CROWDED = "crowd";
    private static final String ROW = "%-34s %-22s %-20s %-22s %s%n";

    /**
     * What is measured.
     *
     * @param polled whether it can be led through virtual time
     * @param crowds whether it can take a million timers of one instant at all
     */
    private record Structure(String name, String label, boolean polled, boolean crowds) {
        static final List<Structure> ALL = List.of(
                new Structure("tocsin", "Tocsin's TimerWheel", true, true),
                new Structure("agrona", "Agrona 2.6.0 DeadlineTimerWheel", true, false),
                new Structure("netty", "Netty 4.2.20 HashedWheelTimer", false, true),
                new Structure("kafka", "Kafka 4.3.1 SystemTimer", false, true),
                new Structure("priority-queue", "java.util.PriorityQueue", true, true),
                new Structure("tree-map", "java.util.TreeMap", true, true),
                new Structure("executor", "ScheduledThreadPoolExecutor", false, true));

        boolean can(String task) {
            return !task.equals(SPREAD) || polled;
        }
    }

    private final Path home;
    private final int count;
    private final int rounds;
    private final Samples samples = new Samples("timers");

    private TimersRun(Path home, int count, int rounds) {
        this.home = home;
        this.count = count;
        this.rounds = rounds;
    }

    /** {@code HOME COUNT ROUNDS}, where {@code HOME} is the folder of the benchmarks, the peers built below it. */
    public static void main(String[] args) throws Exception {
        TimersRun run = new TimersRun(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        run.run();
        run.report();
        boolean surprised =
                run.samples.failures().anyMatch(sample -> !sample.task().equals(CROWDED) || crowds(sample.subject()));
        System.exit(surprised ? 1 : 0);
    }

    private static boolean crowds(String name) {
        return Structure.ALL.stream().anyMatch(structure -> structure.name.equals(name) && structure.crowds);
    }

    private void run() throws IOException, InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            List<Structure> order = new ArrayList<>(Structure.ALL);
            if (round % 2 == 0) {
                Collections.reverse(order);
            }
            for (String task : List.of(CHURN, SPREAD, CROWDED)) {
                for (Structure structure : order) {
                    if (structure.can(task)) {
                        measure(round, structure, task);
                    }
                }
            }
        }
    }

    private void measure(int round, Structure structure, String task) throws IOException, InterruptedException {
        Path target = home.resolve("peers").resolve("timers").resolve("target");
        String classPath = target.resolve("peer.jar") + File.pathSeparator + target.resolve("lib") + "/*";
        int size = task.equals(CROWDED) ? Math.min(count, CROWD) : count;
        Fork.Outcome outcome = Fork.run(
                classPath,
                LIMIT,
                PeerFork.class.getPackageName() + ".timers.TimerFork",
                structure.name,
                task,
                Integer.toString(size));
        samples.add(new Samples.Sample(structure.name, task, size, round, structure.name, outcome));
    }

    private void report() throws IOException {
        System.out.printf(Locale.ROOT, "%,d timers over 72 hours: one cancelled, one scheduled%n", count);
        System.out.printf(ROW, "", "ns a pair", "of Tocsin's", "processor ns a pair", "bytes a timer");
        for (Structure structure : Structure.ALL) {
            ToDoubleFunction<Samples.Sample> ns = sample -> sample.value("ns") / sample.value("operations");
            printRow(
                    structure,
                    CHURN,
                    ns,
                    sample -> sample.value("cpuNs") / sample.value("operations"),
                    sample -> sample.value("bytes") / count);
        }
        System.out.printf(Locale.ROOT, "%n%,d timers over 72 hours: steps of 1 ms%n", count);
        System.out.printf(ROW, "", "longest step, us", "of Tocsin's", "p99.99, us", "mean, ns");
        for (Structure structure : Structure.ALL) {
            if (structure.can(SPREAD)) {
                printRow(
                        structure,
                        SPREAD,
                        sample -> sample.value("worstNs") / 1e3,
                        sample -> sample.value("p9999Ns") / 1e3,
                        sample -> sample.value("meanNs"));
            }
        }
        System.out.printf(Locale.ROOT, "%n%,d timers of one instant%n", Math.min(count, CROWD));
        System.out.printf(ROW, "", "last fires after, ms", "of Tocsin's", "longest step, ms", "");
        for (Structure structure : Structure.ALL) {
            printRow(
                    structure,
                    CROWDED,
                    sample -> sample.value("lastNs") / 1e6,
                    structure.polled ? sample -> sample.value("worstNs") / 1e6 : null,
                    null);
        }
        System.out.println();
        for (String task : List.of(CHURN, SPREAD, CROWDED)) {
            System.out.println(
                    "steal in ms, " + task + ": " + Samples.spread(samples.all(task), s -> s.value("stealMs")));
        }
        samples.printFailures();
        System.out.println("median [min-max] of " + rounds + " rounds; all that ended fired what they had to");
        samples.write(home);
    }

    private void printRow(
            Structure structure,
            String task,
            ToDoubleFunction<Samples.Sample> main,
            @Nullable ToDoubleFunction<Samples.Sample> second,
            @Nullable ToDoubleFunction<Samples.Sample> third) {
        List<Samples.Sample> some = samples.of(structure.name, task, structure.name);
        List<Samples.Sample> tocsin = samples.of("tocsin", task, "tocsin");
        System.out.printf(
                ROW,
                structure.label,
                Samples.spread(some, main),
                Samples.ratio(some, tocsin, main),
                second == null ? "" : Samples.spread(some, second),
                third == null ? "" : Samples.spread(some, third));
    }
}
