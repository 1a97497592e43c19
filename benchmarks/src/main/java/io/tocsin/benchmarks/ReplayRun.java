package io.tocsin.benchmarks;

import io.tocsin.app.policyfile.PolicyFile;
import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.pipeline.EventJournal;
import io.tocsin.engine.pipeline.RecoveredEngine;
import io.tocsin.engine.pipeline.SnapshotStore;
import io.tocsin.journal.ChronicleEventJournal;
import io.tocsin.journal.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How fast a journal is replayed: {@code benchmarks/run replay [EVENTS]}. Reading alone finds, checks and hands out every
 * record; replaying applies them to an engine too, as a start without a snapshot does. In rounds, in one process, from files
 * in the page cache; the events are those of a {@link TicketFlow} of a tenth as many tickets, 64 to a batch. Every replay must
 * come to the same state hash.
 */
public final class ReplayRun {
    private static final int GROUP = 64;
    private static final String POLICY = """
            version: 1
            forget_after: 12m
            policies:
            - {name: urgent, match: {priority: urgent}, targets: {first_response: 54m, resolution: 144m}}
            - {name: high, match: {priority: high}, targets: {first_response: 52m, resolution: 142m}}
            - {name: normal, match: {priority: normal}, targets: {first_response: 50m, resolution: 140m}}
            - {name: low, targets: {first_response: 48m, resolution: 138m}}
            """;

    private final Path folder;
    private final Results results = new Results("replay");
    private final EventRecord record = new EventRecord();
    private @Nullable Engine last;
    private long stateHash;

    private ReplayRun(Path folder) {
        this.folder = folder;
    }

    /** {@code HOME EVENTS ROUNDS} */
    public static void main(String[] args) throws Exception {
        int events = Integer.parseInt(args[1]);
        Path folder = Files.createTempDirectory("tocsin-replay");
        try {
            ReplayRun run = new ReplayRun(folder);
            long count = run.prepare(events);
            for (int round = 1; round <= Integer.parseInt(args[2]); round++) {
                run.measure("reading", round, count, run::read);
                run.measure("replaying", round, count, run::replay);
                run.checkHash();
            }
            run.results.write(Path.of(args[0]));
        } finally {
            LivePipeline.deleteAll(folder);
        }
    }

    /** What is measured; returns how many records there were. */
    @FunctionalInterface
    private interface Work {
        long run();
    }

    private long prepare(int events) {
        int tickets = Math.max(400, events / 10 / 400 * 400);
        TicketFlow flow = new TicketFlow(tickets, false);
        try (DataFolder data = DataFolder.open(folder);
                EventJournal journal = ChronicleEventJournal.open(data)) {
            append(journal, new EventRecordWriter().policy(POLICY).buffer());
            flow.run(events / TicketFlow.EVENTS_PER_STEP, event -> append(journal, event.buffer()));
            journal.commit();
            return journal.endPosition();
        }
    }

    private void append(EventJournal journal, DirectBuffer event) {
        record.wrap(event, 0);
        if (record.arrivalNs() == 0) {
            record.stamp(TicketFlow.START_NS);
        }
        if (journal.append(event, 0, record.length()) % GROUP == GROUP - 1) {
            journal.commit();
        }
    }

    private void measure(String subject, int round, long count, Work work) {
        long stolenBeforeMs = Meter.stolenMs();
        long startNs = System.nanoTime();
        long found = work.run();
        long ns = System.nanoTime() - startNs;
        if (found != count) {
            throw new IllegalStateException(count + " records are there, " + found + " were found");
        }
        double stolen = Results.stolenShare(Meter.stolenMs() - stolenBeforeMs, ns);
        System.out.printf(
                Locale.ROOT,
                "round %d, %-9s  %,d records in %.2f s, %.2f M a second; stolen %.1f %%%n",
                round,
                subject,
                count,
                ns / 1e9,
                count * 1e3 / ns,
                100 * stolen);
        Map<String, Object> row = results.row(subject, "replay");
        row.put("round", round);
        row.put("records", count);
        row.put("ns", ns);
        row.put("stolen", stolen);
    }

    private long read() {
        long[] count = {0};
        UnsafeBuffer sum = new UnsafeBuffer(new byte[Long.BYTES]);
        try (EventJournal journal = ChronicleEventJournal.readOnly(folder)) {
            journal.replay(0, (buffer, offset, length, position) -> {
                count[0]++;
                sum.putLong(0, sum.getLong(0) + buffer.getByte(offset + length - 1));
            });
        }
        return count[0];
    }

    private long replay() {
        try (EventJournal journal = ChronicleEventJournal.readOnly(folder)) {
            RecoveredEngine recovered =
                    RecoveredEngine.of(EngineConfig.DEFAULT, new PolicyFile(), journal, SnapshotStore.NONE);
            last = recovered.engine();
            return recovered.position();
        }
    }

    /** Not measured. */
    private void checkHash() {
        long hash = Objects.requireNonNull(last, "nothing was replayed").views().stateHash();
        if (stateHash != 0 && stateHash != hash) {
            throw new IllegalStateException(String.format("state hash %016x, at first it was %016x", hash, stateHash));
        }
        stateHash = hash;
        last = null;
    }
}
