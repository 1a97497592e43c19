package io.tocsin.benchmarks;

import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.AlertJournal;
import io.tocsin.engine.pipeline.EventGate;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.pipeline.Pipeline;
import io.tocsin.engine.pipeline.SyncLevel;
import io.tocsin.engine.view.LatencyView.Quantiles;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Very many deadlines on one instant, while events keep coming in: {@code benchmarks/run due-at-once [TICKETS]}, with
 * 1,000,000 unless told otherwise. A live pipeline with its journals in the temporary folder: so many tickets are open, all
 * with a first response due at the same instant, some seconds ahead; {@value #EVENTS_PER_SECOND} events a second, two
 * thirds of other tickets and one of these, are sent at planned instants whatever comes, from before that instant until every
 * breach is kept.
 *
 * <p>Told are how long after the instant the last breach was given and was kept, and how long after its planned instant an
 * event was applied. Checked are that every ticket was breached once, that the breaches came in the tickets' order, but for
 * tickets that had an event meanwhile, and that no event was refused. A smaller run warms up.
 */
public final class DueAtOnceRun {
    private static final int EVENTS_PER_SECOND = 200_000;
    private static final int WARM_UP = 100_000;
    private static final String TASK = "due-at-once";
    private static final int BATCH = 512;
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);
    private static final long BEFORE_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long AFTER_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long EVENT_NS = TimeUnit.SECONDS.toNanos(1) / EVENTS_PER_SECOND;
    private static final long TICK_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final String POLICY = """
            version: 1
            policies:
            - {name: all, targets: {first_response: 1h, resolution: 3h}}
            """;

    private final int tickets;
    private final Path folder;
    private final PlannedClock clock = new PlannedClock();
    private final Openings openings = new Openings(false, new SplittableRandom(42));
    private final MutableDirectBuffer updated = Openings.copyOf(Openings.begin("updated", false));
    private final MutableDirectBuffer responded = Openings.copyOf(Openings.begin("responded", false));
    private final MutableDirectBuffer event = new UnsafeBuffer(new byte[512]);
    private final EventRecord record = new EventRecord();
    private final BitSet touched = new BitSet();
    private long sent;
    private long refused;
    private long lastPlace;

    private DueAtOnceRun(int tickets, Path folder) {
        this.tickets = tickets;
        this.folder = folder;
    }

    /** {@code HOME TICKETS ROUNDS} */
    public static void main(String[] args) throws Exception {
        int tickets = Integer.parseInt(args[1]);
        Results results = new Results(TASK);
        run(Math.min(tickets, WARM_UP), "to warm up");
        long refused = 0;
        for (int round = 1; round <= Integer.parseInt(args[2]); round++) {
            Outcome outcome = run(tickets, "round " + round);
            outcome.add(results, round);
            refused += outcome.refused;
        }
        results.write(Path.of(args[0]));
        require("events refused", 0, refused);
    }

    private static Outcome run(int tickets, String what) throws Exception {
        Path folder = Files.createTempDirectory("tocsin-due-at-once");
        try {
            System.out.printf(Locale.ROOT, "%s: %,d tickets due at once%n", what, tickets);
            Outcome outcome = new DueAtOnceRun(tickets, folder).run();
            outcome.print();
            return outcome;
        } finally {
            LivePipeline.deleteAll(folder);
        }
    }

    /**
     * What came of a round.
     *
     * @param lastGivenNs how long after the instant the last breach was given
     * @param lastKeptNs how long after it the last breach was seen to be kept
     * @param waits from an event's planned instant until it was applied
     * @param refused of those sent, how many found the ring full; there must be none
     */
    private record Outcome(
            int tickets, long lastGivenNs, long lastKeptNs, Quantiles waits, long sent, long refused, long stolenMs) {
        void print() {
            System.out.printf(
                    Locale.ROOT,
                    "   last breach given %.0f ms after the instant, kept %.0f ms after it; in order%n",
                    lastGivenNs / 1e6,
                    lastKeptNs / 1e6);
            System.out.printf(
                    Locale.ROOT,
                    "   %,d events at %,d a second, %,d refused: applied p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, at most"
                            + " %.3f ms after their planned instant; stolen %d ms%n",
                    sent,
                    EVENTS_PER_SECOND,
                    refused,
                    waits.p50Ns() / 1e6,
                    waits.p99Ns() / 1e6,
                    waits.p999Ns() / 1e6,
                    waits.maxNs() / 1e6,
                    stolenMs);
        }

        void add(Results results, int round) {
            Map<String, Object> row = results.row("tocsin", TASK);
            row.put("round", round);
            row.put("tickets", tickets);
            row.put("lastGivenNs", lastGivenNs);
            row.put("lastKeptNs", lastKeptNs);
            row.put("waitP50Ns", waits.p50Ns());
            row.put("waitP99Ns", waits.p99Ns());
            row.put("waitP999Ns", waits.p999Ns());
            row.put("waitMaxNs", waits.maxNs());
            row.put("refused", refused);
            row.put("stolenMs", stolenMs);
        }
    }

    /** Says the time; to the thread that sends, the instant at which it planned to. */
    private static final class PlannedClock implements EpochNanoClock {
        private final EpochNanoClock clock = new SystemEpochNanoClock();
        private final Thread sender = Thread.currentThread();
        private long plannedNs;

        @Override
        public long nanoTime() {
            return Thread.currentThread() == sender && plannedNs != 0 ? plannedNs : clock.nanoTime();
        }
    }

    private Outcome run() throws Exception {
        // Recovering and the time to begin sending are some 2 µs a ticket.
        long dueNs = clock.nanoTime() + TimeUnit.SECONDS.toNanos(3) + 8_000L * tickets;
        try (DataFolder data = DataFolder.open(folder);
                EventJournal events = ChronicleEventJournal.open(data)) {
            open(events, dueNs - HOUR_NS);
        }
        try (LivePipeline live = new LivePipeline(folder, LivePipeline.Settings.parking(SyncLevel.OS), clock)) {
            live.pipeline().recover();
            live.pipeline().start();
            System.gc();
            long stolenMs = Meter.stolenMs();
            long keptNs = send(live.pipeline(), live.alerts(), dueNs);
            return checked(live, dueNs, keptNs, Meter.stolenMs() - stolenMs);
        }
    }

    private void open(EventJournal journal, long atNs) {
        EventRecordWriter policy = new EventRecordWriter().policy(POLICY);
        new EventRecord().wrap(policy.buffer(), 0).stamp(atNs);
        journal.append(policy.buffer(), 0, policy.length());
        for (int ticket = 0; ticket < tickets; ticket++) {
            int length = Openings.fill(record, event, openings.of(ticket), ticket);
            record.stamp(atNs);
            journal.append(event, 0, length);
            if (ticket % BATCH == BATCH - 1) {
                journal.commit();
            }
        }
        journal.commit();
    }

    /** Sends until all breaches are kept, and a little longer; tells when they were. */
    private long send(Pipeline pipeline, AlertJournal alerts, long dueNs) {
        long startNs = dueNs - BEFORE_NS;
        if (now() > startNs) {
            throw new IllegalStateException("recovering took longer than the time until the tickets are due");
        }
        long keptNs = Long.MAX_VALUE;
        for (long planned = startNs; planned - AFTER_NS < keptNs; planned += EVENT_NS) {
            if (now() < planned) {
                LockSupport.parkNanos(TICK_NS);
                while (now() < planned) {
                    Thread.onSpinWait();
                }
            }
            if (keptNs == Long.MAX_VALUE && alerts.lastSeq() >= tickets) {
                keptNs = now();
            }
            if (planned > dueNs + PATIENCE_NS) {
                throw new IllegalStateException(alerts.lastSeq() + " of " + tickets + " breaches after 30 s");
            }
            send(pipeline, planned);
        }
        return keptNs;
    }

    private void send(Pipeline pipeline, long plannedNs) {
        long number = sent++;
        int length;
        if (number % 3 == 0) {
            int ticket = (int) ((number * 0x9E3779B1L >>> 8) % tickets);
            touched.set(ticket);
            length = Openings.fill(record, event, updated, ticket);
        } else {
            MutableDirectBuffer template = number % 3 == 1 ? openings.of(number) : responded;
            length = Openings.fill(record, event, template, tickets + number / 3);
        }
        clock.plannedNs = plannedNs;
        long place = pipeline.offer(event, 0, length);
        clock.plannedNs = 0;
        if (place == EventGate.FULL) {
            refused++;
        } else {
            lastPlace = place;
        }
    }

    private long now() {
        return clock.clock.nanoTime();
    }

    private Outcome checked(LivePipeline live, long dueNs, long keptNs, long stolenMs) throws Exception {
        live.awaitApplied(lastPlace);
        long applied = live.pipeline().counters().get(1, TimeUnit.MINUTES).events();
        require("events applied", tickets + sent - refused, applied);
        Breaches breaches = new Breaches();
        live.alerts().read(0, Integer.MAX_VALUE, (buffer, offset, length) -> breaches.add(buffer, offset));
        require("breaches", tickets, breaches.tickets.cardinality());
        Quantiles waits = live.pipeline().latency().ingestToApply();
        return new Outcome(tickets, breaches.lastNs - dueNs, keptNs - dueNs, waits, sent, refused, stolenMs);
    }

    /** Looks at the alerts in their order. */
    private final class Breaches {
        private final BitSet tickets = new BitSet();
        private final AlertRecord alert = new AlertRecord();
        private int last = -1;
        private long lastNs;

        void add(DirectBuffer buffer, int offset) {
            alert.wrap(buffer, offset);
            int ticket = Integer.parseInt(alert.ticket().substring(Openings.TICKET.length() - Openings.DIGITS));
            if (alert.kind() != AlertKind.BREACH || tickets.get(ticket)) {
                throw new IllegalStateException("an alert that nobody expects: " + alert.id());
            }
            tickets.set(ticket);
            lastNs = Math.max(lastNs, alert.detectedNs());
            if (!touched.get(ticket)) {
                if (ticket < last) {
                    throw new IllegalStateException("ticket " + ticket + " was breached behind " + last);
                }
                last = ticket;
            }
        }
    }

    private static void require(String what, long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException(what + ": " + expected + " expected, " + found + " found");
        }
    }
}
