package io.tocsin.benchmarks;

import io.tocsin.app.Tocsin;
import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.EventGate;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.pipeline.Pipeline;
import io.tocsin.engine.pipeline.PipelineConfig;
import io.tocsin.engine.pipeline.RecoveryReport;
import io.tocsin.engine.pipeline.SyncLevel;
import io.tocsin.journal.ChronicleAlertJournal;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import io.tocsin.journal.SnapshotFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
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

    /** Runs all steps, or in a process of its own one of them. */
    public static void main(String[] args) throws Exception {
        if (args.length == 3) {
            new RecoveryRun(Path.of(args[1])).step(args[0], Integer.parseInt(args[2]));
            return;
        }
        int tickets = args.length == 1 ? Integer.parseInt(args[0]) : 1_000_000;
        Path folder = Files.createTempDirectory("tocsin-recovery");
        try {
            fork("prepare", folder, tickets);
            for (int i = 0; i < RECOVERIES; i++) {
                fork("recover", folder, tickets);
            }
            fork("replay", folder, tickets);
            fork("stall", folder, tickets, settledHeap());
        } finally {
            deleteAll(folder);
        }
    }

    private void step(String name, int tickets) throws Exception {
        switch (name) {
            case "prepare" -> prepare(tickets);
            case "recover" -> recover();
            case "replay" -> replay();
            case "stall" -> stall(tickets);
            default -> throw new IllegalArgumentException("no such step: " + name);
        }
    }

    private void prepare(int tickets) throws Exception {
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
        long position = SnapshotFolder.of(folder).positions().get(0);
        long bytes;
        try (var files = Files.list(folder.resolve("snapshots"))) {
            bytes = files.mapToLong(file -> file.toFile().length()).sum();
        }
        print(
                "%,d tickets: first snapshot, of %,d records, %.1f s, %,d bytes, %.0f a ticket",
                tickets, position, seconds(startNs), bytes, (double) bytes / tickets);
        try (DataFolder data = DataFolder.open(folder);
                EventJournal journal = ChronicleEventJournal.open(data)) {
            open(journal, tickets, tickets + TAIL);
        }
    }

    private void recover() throws Exception {
        long jvmMs = ManagementFactory.getRuntimeMXBean().getUptime();
        long startNs = System.nanoTime();
        try (Live live = new Live(clock)) {
            RecoveryReport report = live.pipeline.recover();
            print(
                    "recovered %,d from a snapshot and %,d behind it: %.2f s (the JVM's own start: %.2f s)",
                    report.snapshotPosition(), report.recordCount(), seconds(startNs), jvmMs / 1e3);
            print("   state hash %016x", live.stateHash());
        }
    }

    private void replay() throws Exception {
        Path snapshots = folder.resolve("snapshots");
        Path aside = folder.resolve("aside");
        Files.move(snapshots, aside);
        long startNs = System.nanoTime();
        try (Live live = new Live(clock)) {
            RecoveryReport report = live.pipeline.recover();
            print("without a snapshot: %,d records replayed: %.2f s", report.recordCount(), seconds(startNs));
            print("   state hash %016x", live.stateHash());
        }
        if (Files.exists(snapshots)) {
            deleteAll(snapshots);
        }
        Files.move(aside, snapshots);
    }

    private void stall(int tickets) throws Exception {
        GapClock gaps = new GapClock(clock);
        try (Live live = new Live(gaps)) {
            live.pipeline.recover();
            live.pipeline.start();
            Feed feed = new Feed(live.pipeline, tickets + TAIL);
            feed.runFor(QUIET_NS); // Warms up.
            gaps.reset();
            feed.runFor(QUIET_NS);
            print("%s", gaps.report("alone"));
            Process snapshot = snapshot().inheritIO().start();
            gaps.reset();
            feed.runUntil(snapshot);
            print("%s", gaps.report("while a snapshot is made"));
            require("exit code of tocsin snapshot", 0, snapshot.exitValue());
            print("   %,d events sent, %,d refused", feed.sent, feed.refused);
        }
    }

    private void open(EventJournal journal, long fromTicket, long toTicket) {
        for (long ticket = fromTicket; ticket < toTicket; ticket++) {
            int length = fill(openings.of(ticket), ticket);
            record.stamp(clock.nanoTime());
            journal.append(event, 0, length);
            if (ticket % BATCH == BATCH - 1) {
                journal.commit();
            }
        }
        journal.commit();
    }

    private int fill(MutableDirectBuffer template, long ticket) {
        event.putBytes(0, template, 0, template.capacity());
        record.wrap(event, 0);
        event.putNaturalPaddedIntAscii(
                record.ticketOffset() + Openings.TICKET.length() - Openings.DIGITS, Openings.DIGITS, (int) ticket);
        return template.capacity();
    }

    /** As a server starts it. */
    private ProcessBuilder snapshot() {
        List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
        command.addAll(java());
        command.addAll(List.of(Tocsin.class.getName(), "snapshot", folder.toString()));
        return new ProcessBuilder(command);
    }

    private static void fork(String step, Path folder, int tickets, String... flags)
            throws IOException, InterruptedException {
        List<String> command = java();
        command.addAll(1, List.of(flags));
        command.addAll(List.of(RecoveryRun.class.getName(), step, folder.toString(), Integer.toString(tickets)));
        require(
                "exit code of step " + step,
                0,
                new ProcessBuilder(command).inheritIO().start().waitFor());
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

    private static void deleteAll(Path path) throws IOException {
        try (var files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void require(String what, long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException(what + ": " + expected + " expected, " + found + " found");
        }
    }

    private static double seconds(long startNs) {
        return (System.nanoTime() - startNs) / 1e9;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    /** A pipeline over the folder. */
    private final class Live implements AutoCloseable {
        private final DataFolder data = DataFolder.open(folder);
        private final EventJournal events = ChronicleEventJournal.open(data);
        private final ChronicleAlertJournal alerts = ChronicleAlertJournal.open(data);
        private final Pipeline pipeline;

        Live(EpochNanoClock clock) {
            pipeline = new Pipeline(
                    new PipelineConfig(
                            1 << 14,
                            1 << 14,
                            () -> new BackoffIdleStrategy(100, 20, 1_000, 50_000),
                            () -> new BackoffIdleStrategy(100, 20, 1_000, 50_000),
                            SyncLevel.ALWAYS,
                            BackoffIdleStrategy::new),
                    data.engineConfig(),
                    new PolicyFile(),
                    events,
                    alerts,
                    SnapshotFolder.of(folder),
                    clock,
                    SystemNanoClock.INSTANCE,
                    Throwable::printStackTrace);
        }

        long stateHash() throws Exception {
            pipeline.start();
            return pipeline.stateHash().get(5, TimeUnit.MINUTES);
        }

        @Override
        public void close() {
            pipeline.close();
            alerts.close();
            events.close();
            data.close();
        }
    }

    /** Opens tickets and answers others, evenly, a burst a millisecond. */
    private final class Feed {
        private final Pipeline pipeline;
        private long ticket;
        private long sent;
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
            int length = fill(template, ofTicket);
            sent++;
            refused += pipeline.offer(event, 0, length) == EventGate.FULL ? 1 : 0;
        }
    }
}
