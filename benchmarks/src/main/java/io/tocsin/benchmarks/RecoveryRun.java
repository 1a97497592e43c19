package io.tocsin.benchmarks;

import io.tocsin.app.Tocsin;
import io.tocsin.benchmarks.peer.PeerFork;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.EventGate;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.pipeline.Pipeline;
import io.tocsin.engine.pipeline.RecoveryReport;
import io.tocsin.engine.pipeline.SyncLevel;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import io.tocsin.journal.SnapshotFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How long a start takes, and what a snapshot that is made meanwhile does to a core at work:
 * {@code benchmarks/run recovery [TICKETS]}, with 1,000,000 unless told otherwise.
 *
 * <p>Each step is a process of its own, as a start is one:
 *
 * <ol>
 *   <li>{@code prepare}: a data folder with so many open tickets of two clocks and eight attributes, and its first snapshot,
 *       made by {@code tocsin snapshot} from the journal alone
 *   <li>{@code recover}, three times: snapshot and the {@value #TAIL} records behind it, as a server's start does it
 *   <li>{@code replay}: the same without a snapshot, for comparison; the state hashes must be equal
 *   <li>{@code stall}: a live core that takes {@value #EVENTS_PER_SECOND} events a second, first alone, then while
 *       {@code tocsin snapshot} makes the next one: the gaps between two of its looks at the clock
 * </ol>
 */
public final class RecoveryRun {
    private static final int TAIL = 10_000;
    private static final int EVENTS_PER_SECOND = 20_000;
    private static final int RECOVERIES = 3;
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int BATCH = 512;
    private static final String POLICY = """
            version: 1
            policies:
            - {name: urgent, match: {priority: urgent}, targets: {first_response: 24h, resolution: 72h}}
            - {name: high, match: {priority: high}, targets: {first_response: 25h, resolution: 73h}}
            - {name: normal, match: {priority: normal}, targets: {first_response: 26h, resolution: 74h}}
            - {name: low, targets: {first_response: 27h, resolution: 75h}}
            """;

    private final Path folder;
    private final EpochNanoClock clock = new SystemEpochNanoClock();
    private final Openings openings = new Openings(false, new SplittableRandom(42));
    private final MutableDirectBuffer answer = Openings.copyOf(Openings.begin("responded", false));
    private final MutableDirectBuffer event = new UnsafeBuffer(new byte[512]);
    private final EventRecord record = new EventRecord();

    private RecoveryRun(Path folder) {
        this.folder = folder;
    }

    /** {@code HOME TICKETS} runs all steps, {@code STEP FOLDER TICKETS} one of them in this process. */
    public static void main(String[] args) throws Exception {
        if (args.length == 3) {
            String result = new RecoveryRun(Path.of(args[1])).step(args[0], Integer.parseInt(args[2]));
            System.out.println(PeerFork.RESULT + result);
            return;
        }
        int tickets = Integer.parseInt(args[1]);
        Path folder = Files.createTempDirectory("tocsin-recovery");
        Samples samples = new Samples("recovery");
        try {
            samples.add(fork("prepare", 1, folder, tickets));
            for (int i = 1; i <= RECOVERIES; i++) {
                samples.add(fork("recover", i, folder, tickets));
            }
            samples.add(fork("replay", 1, folder, tickets));
            samples.add(fork("stall", 1, folder, tickets, settledHeap()));
        } finally {
            LivePipeline.deleteAll(folder);
        }
        samples.printFailures();
        samples.write(Path.of(args[0]));
        require("failures", 0, samples.failures().count());
        long hash = samples.all("replay").get(0).outcome().value("hash");
        for (Samples.Sample recovery : samples.all("recover")) {
            require("state hash", hash, recovery.outcome().value("hash"));
        }
    }

    private String step(String name, int tickets) throws Exception {
        return switch (name) {
            case "prepare" -> prepare(tickets);
            case "recover" -> recover();
            case "replay" -> replay();
            case "stall" -> stall(tickets);
            default -> throw new IllegalArgumentException("no such step: " + name);
        };
    }

    private String prepare(int tickets) throws Exception {
        try (DataFolder data = DataFolder.open(folder);
                EventJournal journal = ChronicleEventJournal.open(data)) {
            EventRecordWriter policy = new EventRecordWriter().policy(POLICY);
            new EventRecord().wrap(policy.buffer(), 0).stamp(clock.nanoTime());
            journal.append(policy.buffer(), 0, policy.length());
            open(journal, 0, tickets);
        }
        long startNs = System.nanoTime();
        Process snapshot = snapshot().inheritIO().start();
        require("exit code of tocsin snapshot", 0, snapshot.waitFor());
        long ns = System.nanoTime() - startNs;
        long bytes;
        try (var files = Files.list(folder.resolve("snapshots"))) {
            bytes = files.mapToLong(file -> file.toFile().length()).sum();
        }
        long records = SnapshotFolder.of(folder).positions().get(0);
        try (DataFolder data = DataFolder.open(folder);
                EventJournal journal = ChronicleEventJournal.open(data)) {
            open(journal, tickets, tickets + TAIL);
        }
        return "records=" + records + " ns=" + ns + " snapshotBytes=" + bytes;
    }

    private String recover() throws Exception {
        long jvmNs = TimeUnit.MILLISECONDS.toNanos(
                ManagementFactory.getRuntimeMXBean().getUptime());
        long startNs = System.nanoTime();
        try (LivePipeline live = live(clock)) {
            RecoveryReport report = live.pipeline().recover();
            return "records=" + (report.snapshotPosition() + report.recordCount()) + " ns="
                    + (System.nanoTime() - startNs) + " jvmNs=" + jvmNs + " hash=" + stateHash(live);
        }
    }

    private String replay() throws Exception {
        Path snapshots = folder.resolve("snapshots");
        Path aside = folder.resolve("aside");
        Files.move(snapshots, aside);
        String result;
        long startNs = System.nanoTime();
        try (LivePipeline live = live(clock)) {
            RecoveryReport report = live.pipeline().recover();
            require("records of a snapshot", 0, report.snapshotPosition());
            result = "records=" + report.recordCount() + " ns=" + (System.nanoTime() - startNs) + " hash="
                    + stateHash(live);
        }
        if (Files.exists(snapshots)) {
            LivePipeline.deleteAll(snapshots);
        }
        Files.move(aside, snapshots);
        return result;
    }

    private String stall(int tickets) throws Exception {
        GapClock gaps = new GapClock(clock);
        try (LivePipeline live = live(gaps)) {
            live.pipeline().recover();
            live.pipeline().start();
            Feed feed = new Feed(live.pipeline(), tickets + TAIL);
            feed.runFor(QUIET_NS); // Warms up.
            gaps.reset();
            feed.runFor(QUIET_NS);
            String alone = gaps("alone", gaps);
            Process snapshot = snapshot().inheritIO().start();
            gaps.reset();
            feed.runUntil(snapshot);
            require("exit code of tocsin snapshot", 0, snapshot.exitValue());
            require("events refused", 0, feed.refused);
            return alone + " " + gaps("snapshot", gaps);
        }
    }

    private LivePipeline live(EpochNanoClock time) {
        return new LivePipeline(folder, LivePipeline.Settings.parking(SyncLevel.ALWAYS), time);
    }

    private static long stateHash(LivePipeline live) throws Exception {
        live.pipeline().start();
        return live.pipeline().stateHash().get(5, TimeUnit.MINUTES);
    }

    private static String gaps(String when, GapClock clock) {
        Histogram gaps = clock.gaps();
        return when + "GapP999Ns=" + gaps.getValueAtPercentile(99.9) + " " + when + "GapP9999Ns="
                + gaps.getValueAtPercentile(99.99) + " " + when + "GapMaxNs=" + gaps.getMaxValue();
    }

    private void open(EventJournal journal, long fromTicket, long toTicket) {
        for (long ticket = fromTicket; ticket < toTicket; ticket++) {
            int length = Openings.fill(record, event, openings.of(ticket), ticket);
            record.stamp(clock.nanoTime());
            journal.append(event, 0, length);
            if (ticket % BATCH == BATCH - 1) {
                journal.commit();
            }
        }
        journal.commit();
    }

    /** As a server starts it. */
    private ProcessBuilder snapshot() {
        List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
        command.addAll(java());
        command.addAll(List.of(Tocsin.class.getName(), "snapshot", folder.toString()));
        return new ProcessBuilder(command);
    }

    private static Samples.Sample fork(String step, int round, Path folder, int tickets, String... flags)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(flags));
        command.addAll(List.of(RecoveryRun.class.getName(), step, folder.toString(), Integer.toString(tickets)));
        Fork.Outcome outcome = Fork.run(System.getProperty("java.class.path"), LIMIT, command.toArray(String[]::new));
        return new Samples.Sample("tocsin", step, tickets, round, "tocsin", outcome);
    }

    /** A heap that does not grow any more, as one would run a server of that size: growing it is a pause of its own. */
    private static String[] settledHeap() {
        return new String[] {"-Xms" + Runtime.getRuntime().maxMemory(), "-XX:+AlwaysPreTouch"};
    }

    private static List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-Xms") && !flag.equals("-XX:+AlwaysPreTouch"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    private static void require(String what, long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException(what + ": " + expected + " expected, " + found + " found");
        }
    }

    /** Opens tickets and answers others, evenly, a burst a millisecond. */
    private final class Feed {
        private final Pipeline pipeline;
        private long ticket;
        private long refused;

        Feed(Pipeline pipeline, long firstTicket) {
            this.pipeline = pipeline;
            ticket = firstTicket;
        }

        void runFor(long durationNs) {
            long endNs = System.nanoTime() + durationNs;
            for (long dueNs = System.nanoTime(); dueNs < endNs; dueNs += TICK_NS) {
                tick(dueNs);
            }
        }

        void runUntil(Process process) {
            for (long dueNs = System.nanoTime(); process.isAlive(); dueNs += TICK_NS) {
                tick(dueNs);
            }
        }

        private void tick(long dueNs) {
            while (System.nanoTime() < dueNs) {
                LockSupport.parkNanos(dueNs - System.nanoTime());
            }
            for (int i = 0; i < EVENTS_PER_SECOND / 2_000; i++) {
                send(openings.of(ticket), ticket);
                send(answer, ticket / 2);
                ticket++;
            }
        }

        private void send(MutableDirectBuffer template, long ofTicket) {
            int length = Openings.fill(record, event, template, ofTicket);
            refused += pipeline.offer(event, 0, length) == EventGate.FULL ? 1 : 0;
        }
    }
}
