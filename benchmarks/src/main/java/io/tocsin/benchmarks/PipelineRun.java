package io.tocsin.benchmarks;

import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.benchmarks.peer.PeerFork;
import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.pipeline.EventGate;
import io.tocsin.engine.pipeline.Pipeline;
import io.tocsin.engine.pipeline.SyncLevel;
import io.tocsin.engine.policy.PolicySet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How much of the core's rate is left when events come through the ring and are journaled first:
 * {@code benchmarks/run pipeline [TICKETS]}. The same {@link TicketFlow} goes through the core alone and through a whole
 * {@link Pipeline} with journals on the disk, each in a process of its own, by turns. Events are made beforehand, a few
 * thousand at a time, and only what comes behind is timed.
 *
 * <p>Alone, the core has one thread. In the whole, one thread offers and one applies; what the others need (alerts, pages
 * that are touched ahead, the collector) they take from either. Nobody spins who waits.
 */
public final class PipelineRun {
    /** With fewer, what is made at a time would be so long that tickets are forgotten meanwhile. */
    static final int LEAST_TICKETS = 100_000;

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String CORE = "core";
    private static final String WHOLE = "pipeline";
    private static final String TASK = "throughput";

    /** Steps whose events are made at a time. */
    private static final int STEPS = 8_192;

    private static final int MEASURED_STEPS = 1 << 20;
    private static final int GROUP = 64;
    private static final int SLOTS = 1 << 12;
    private final TicketFlow flow;
    private final MutableDirectBuffer made = new UnsafeBuffer(new byte[STEPS * TicketFlow.EVENTS_PER_STEP * 320]);
    private final EventRecord record = new EventRecord();
    private final AlertRecord alert = new AlertRecord();
    private int madeCount;
    private int madeLength;
    private long breaches;

    private PipelineRun(int tickets) {
        flow = new TicketFlow(tickets, false);
    }

    /** {@code HOME TICKETS ROUNDS} runs everything, {@code SUBJECT TICKETS} measures one of the two in this process. */
    public static void main(String[] args) throws Exception {
        if (args.length == 3) {
            compare(Path.of(args[0]), args[1], Integer.parseInt(args[2]));
            return;
        }
        System.out.println(PeerFork.RESULT + measure(args[0], Integer.parseInt(args[1])));
        System.exit(0);
    }

    /** Measures one of the two here; the values of its result. */
    static String measure(String subject, int tickets) throws Exception {
        if (tickets < LEAST_TICKETS) {
            throw new IllegalArgumentException(tickets + " tickets, at least " + LEAST_TICKETS + " are needed");
        }
        PipelineRun run = new PipelineRun(tickets);
        return subject.equals(CORE) ? run.core() : run.whole();
    }

    private static void compare(Path home, String tickets, int rounds) throws IOException, InterruptedException {
        Samples samples = new Samples("pipeline");
        for (int round = 1; round <= rounds; round++) {
            for (String subject : round % 2 == 1 ? List.of(CORE, WHOLE) : List.of(WHOLE, CORE)) {
                Fork.Outcome outcome = Fork.run(
                        System.getProperty("java.class.path"), LIMIT, PipelineRun.class.getName(), subject, tickets);
                samples.add(new Samples.Sample(subject, TASK, Integer.parseInt(tickets), round, subject, outcome));
            }
        }
        List<Samples.Sample> core = samples.of(CORE, TASK, CORE);
        List<Samples.Sample> whole = samples.of(WHOLE, TASK, WHOLE);
        System.out.println("the core alone, M events/s:         " + Samples.spread(core, PipelineRun::rate));
        System.out.println("ring + journal + core, M events/s:  " + Samples.spread(whole, PipelineRun::rate));
        System.out.println("the whole's rate of the core's:     " + Samples.ratio(whole, core, PipelineRun::rate));
        System.out.println("records in a batch of the journal, median / p90:  "
                + Samples.spread(whole, sample -> sample.value("batchP50")) + " / "
                + Samples.spread(whole, sample -> sample.value("batchP90")));
        System.out.println("stolen, ms:  " + Samples.spread(samples.all(TASK), sample -> sample.value("stealMs")));
        samples.printFailures();
        System.out.println("median [min-max] of " + rounds + " rounds; the breaches of each were those foretold");
        samples.write(home);
        System.exit(samples.failures().findAny().isPresent() ? 1 : 0);
    }

    private static double rate(Samples.Sample sample) {
        return sample.value("events") * 1e3 / sample.value("ns");
    }

    private String core() {
        Engine engine = new Engine(
                EngineConfig.DEFAULT,
                text -> flow.policies(),
                (buffer, offset, length) -> count(alert.wrap(buffer, offset)));
        engine.use(flow.policies(), TicketFlow.START_NS);
        for (int steps = 0; steps < flow.stepsToFill(); steps += STEPS) {
            make();
            apply(engine);
        }
        long stolenMs = Meter.stolenMs();
        long ns = 0;
        long events = 0;
        for (int steps = 0; steps < MEASURED_STEPS; steps += STEPS) {
            make();
            long startNs = System.nanoTime();
            apply(engine);
            ns += System.nanoTime() - startNs;
            events += madeCount;
        }
        checkBreaches(flow.expectedBy(engine.nowNs()));
        return result(events, ns, stolenMs);
    }

    private String whole() throws Exception {
        AtomicLong clock = new AtomicLong(TicketFlow.START_NS);
        Histogram batches = new Histogram(SLOTS, 3);
        LivePipeline.Settings settings =
                new LivePipeline.Settings(SLOTS, SyncLevel.OS, LivePipeline::parking, LivePipeline::parking);
        PolicySet policies = flow.policies();
        try (LivePipeline live = new LivePipeline(
                settings,
                text -> policies,
                clock::get,
                journal -> new WatchedEvents(journal, batches::recordValue),
                journal -> new WatchedAlerts(journal, this::count))) {
            Pipeline pipeline = live.start("");
            long last = 0;
            for (int steps = 0; steps < flow.stepsToFill(); steps += STEPS) {
                make();
                moveTime(pipeline, clock);
                last = offerAll(pipeline);
            }
            live.awaitApplied(last);
            batches.reset();
            long stolenMs = Meter.stolenMs();
            long ns = 0;
            long events = 0;
            for (int steps = 0; steps < MEASURED_STEPS; steps += STEPS) {
                make();
                moveTime(pipeline, clock);
                long startNs = System.nanoTime();
                last = offerAll(pipeline);
                live.awaitApplied(last);
                ns += System.nanoTime() - startNs;
                events += madeCount;
            }
            pipeline.close();
            checkBreaches(flow.expectedBy(clock.get()));
            return result(events, ns, stolenMs) + " batchP50=" + batches.getValueAtPercentile(50) + " batchP90="
                    + batches.getValueAtPercentile(90);
        }
    }

    /** Makes the events of the next steps. */
    private void make() {
        madeCount = 0;
        madeLength = 0;
        flow.run(STEPS, event -> {
            made.putBytes(madeLength, event.buffer(), 0, event.length());
            madeLength += event.length();
            madeCount++;
        });
    }

    private void apply(Engine engine) {
        int expected = 0;
        int offset = 0;
        for (int i = 0; i < madeCount; i++) {
            if (i % GROUP == 0) {
                expected = expect(engine, offset, Math.min(GROUP, madeCount - i));
            }
            engine.apply(record.wrap(made, offset));
            offset += record.length();
        }
        if (expected != madeLength) {
            throw new IllegalStateException(madeLength + " bytes were made, " + expected + " were looked at");
        }
    }

    private int expect(Engine engine, int from, int count) {
        int offset = from;
        for (int i = 0; i < count; i++) {
            engine.expect(record.wrap(made, offset));
            offset += record.length();
        }
        return offset;
    }

    /**
     * Moves the engine's time to that of the last event made, before any of them is offered: one that lay ahead of it would
     * be taken as of now. The cycle that answers the first question may have looked at the clock before.
     */
    private void moveTime(Pipeline pipeline, AtomicLong clock) throws ExecutionException, InterruptedException {
        clock.set(flow.nowNs());
        pipeline.counters().get();
        pipeline.counters().get();
    }

    /** Returns the last one's place. */
    private long offerAll(Pipeline pipeline) {
        long last = 0;
        int offset = 0;
        for (int done = 0; done < madeCount; done += GROUP) {
            int count = Math.min(GROUP, madeCount - done);
            int end = offset;
            for (int i = 0; i < count; i++) {
                end += EventRecord.lengthAt(made, end);
            }
            last = pipeline.offerAll(made, offset, count);
            while (last == EventGate.FULL) {
                Thread.yield();
                last = pipeline.offerAll(made, offset, count);
            }
            offset = end;
        }
        return last;
    }

    private void count(AlertRecord raised) {
        if (raised.kind() == AlertKind.BREACH) {
            breaches++;
        } else if (raised.kind() == AlertKind.REVOKED) {
            breaches--; // Those in the ring arrive late, by up to what was made with them.
        }
    }

    private void checkBreaches(TicketFlow.Expected expected) {
        if (breaches != expected.breaches()) {
            throw new IllegalStateException(breaches + " breaches, " + expected.breaches() + " were foretold");
        }
    }

    private static String result(long events, long ns, long stolenBeforeMs) {
        return "events=" + events + " ns=" + ns + " stealMs=" + (Meter.stolenMs() - stolenBeforeMs);
    }
}
