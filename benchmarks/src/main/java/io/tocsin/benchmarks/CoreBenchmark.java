package io.tocsin.benchmarks;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.view.CountersView;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What an event costs the core with a million tickets open: {@code benchmarks/run CoreBenchmark -prof gc}, or for a quick
 * look {@code benchmarks/run CoreBenchmark -p tickets=100000 -p keys=false}.
 *
 * <p>The events are those of a {@link TicketFlow}: {@code opened} with eight attributes, which arms two clocks,
 * {@code responded}, {@code resolved}; one event is a third of a ticket's life, the forgetting of it included. {@code events}
 * is the whole core, to which events come together as from the ring, {@code making} the making of the events alone, which is
 * part of it. At the end the engine's alerts,
 * tickets and counters must be those that the flow foretells.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
public class CoreBenchmark {
    private static final int STEPS = 1_000;

    /** How the events are made. */
    @State(Scope.Thread)
    public abstract static class Flow {
        /** How many tickets are open. */
        @Param("1000000")
        public int tickets;

        /** Whether events have idempotency keys of 16 bytes, the last million of which are remembered. */
        @Param({"false", "true"})
        public boolean keys;

        @SuppressWarnings("NullAway.Init")
        private TicketFlow flow;

        final TicketFlow begin() {
            flow = new TicketFlow(tickets, keys);
            return flow;
        }

        final void run(Consumer<EventRecord> target) {
            flow.run(STEPS, target);
        }

        final TicketFlow.Expected expected() {
            return flow.expected();
        }
    }

    /** A flow that is steady, without an engine. */
    @State(Scope.Thread)
    public static class FlowAlone extends Flow {
        /** Lets the flow run until it is steady. */
        @Setup
        public void fill() {
            begin().fill(record -> {});
        }
    }

    /** An engine in the middle of its work. */
    @State(Scope.Thread)
    public static class Core extends Flow {
        private final AlertRecord alert = new AlertRecord();
        private final Engine engine = new Engine(
                EngineConfig.DEFAULT,
                text -> {
                    throw goneWrong("a policy came as an event");
                },
                this::onAlert);
        private final Consumer<EventRecord> applying = this::take;
        private final DirectBuffer[] batch = new DirectBuffer[EventMaker.STANDING];
        private final EventRecord record = new EventRecord();
        private int waiting;
        private long breaches;
        private long otherAlerts;

        /** How many events lie ready when one is applied: as many as possible, or 1 for a stream that trickles. */
        @Param("64")
        public int ready;

        /** Lets the flow run until it is steady. */
        @Setup
        public void fill() {
            TicketFlow flow = begin();
            engine.use(flow.policies(), TicketFlow.START_NS);
            flow.fill(applying);
            applyWaiting();
        }

        /** The engine must have found what the flow knows. */
        @TearDown
        public void check() {
            TicketFlow.Expected expected = expected();
            CountersView found = engine.views().counters();
            require("breaches", expected.breaches(), breaches);
            require("other alerts", 0, otherAlerts);
            require("events", expected.events(), found.events());
            require("tickets", expected.tickets(), found.tickets());
            require("tickets in memory", expected.ticketsInMemory(), found.openTickets());
            require("orphans and duplicates", 0, found.orphaned() + found.duplicates());
        }

        /** As in the ring: events lie where they were made until the core takes them together. */
        private void take(EventRecord event) {
            batch[waiting++] = event.buffer();
            if (waiting == ready) {
                applyWaiting();
            }
        }

        private void applyWaiting() {
            for (int i = 0; ready > 1 && i < waiting; i++) {
                engine.expect(record.wrap(batch[i], 0));
            }
            for (int i = 0; i < waiting; i++) {
                engine.apply(record.wrap(batch[i], 0));
            }
            waiting = 0;
        }

        private void onAlert(DirectBuffer buffer, int offset, int length) {
            if (alert.wrap(buffer, offset).kind() == AlertKind.BREACH) {
                breaches++;
            } else {
                otherAlerts++;
            }
        }
    }

    /** One event, applied. */
    @Benchmark
    @OperationsPerInvocation(STEPS * TicketFlow.EVENTS_PER_STEP)
    public void events(Core core) {
        core.run(core.applying);
        core.applyWaiting();
    }

    /** One event, only made. */
    @Benchmark
    @OperationsPerInvocation(STEPS * TicketFlow.EVENTS_PER_STEP)
    public void making(FlowAlone flow, Blackhole blackhole) {
        flow.run(blackhole::consume);
    }

    private static void require(String what, long expected, long found) {
        if (expected != found) {
            throw goneWrong(what + ": " + expected + " expected, " + found + " found");
        }
    }

    private static IllegalStateException goneWrong(String found) {
        return new IllegalStateException("the engine has gone wrong; " + found);
    }
}
