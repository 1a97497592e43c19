package io.tocsin.benchmarks;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.event.EventRecordWriter;
import io.tocsin.engine.event.ValueKind;
import io.tocsin.engine.ticket.Attributes;
import io.tocsin.engine.ticket.TicketStore;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to keep tickets and their attributes: {@code benchmarks/run StoreBenchmark -prof gc}.
 *
 * <p>Each operation is on its own: nothing is looked ahead on, as it is for records that lie ready together, so that with
 * many tickets {@code find} and {@code replace} are mostly waits for memory.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
public class StoreBenchmark {
    private static final int CHOICES = 1 << 16;
    private static final long SEED = 42;

    /** Tickets with ids of 16 bytes, in the order of their numbers. */
    @State(Scope.Thread)
    public static class Tickets {
        /** How many there are. */
        @Param({"10000", "1000000"})
        public int tickets;

        private final TicketStore store = new TicketStore();
        private final MutableDirectBuffer id = new UnsafeBuffer(Openings.TICKET.getBytes(StandardCharsets.US_ASCII));
        private final int[] choices = new int[CHOICES];

        @SuppressWarnings("NullAway.Init")
        private int[] slots;

        private int lastNumber;
        private int index;

        /** Adds them, and draws those that are asked for. */
        @Setup
        public void fill() {
            slots = new int[tickets];
            for (int i = 0; i < tickets; i++) {
                slots[i] = add();
            }
            SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < CHOICES; i++) {
                choices[i] = random.nextInt(tickets);
            }
        }

        /** As many must be there as at first, and the last added must be found. */
        @TearDown
        public void check() {
            write(lastNumber - 1);
            int last = store.find(id, 0, id.capacity());
            if (store.liveCount() != tickets || last == TicketStore.NONE || store.number(last) != lastNumber) {
                throw new IllegalStateException("of " + tickets + " tickets, " + store.liveCount()
                        + " are there, and the last is in slot " + last);
            }
        }

        int next() {
            index = (index + 1) & (CHOICES - 1);
            return choices[index];
        }

        int add() {
            write(lastNumber++);
            return store.add(id, 0, id.capacity(), store.idHash(id, 0, id.capacity()));
        }

        void write(int number) {
            Openings.number(id, id.capacity(), number);
        }
    }

    /** Attributes of 4,096 openings, eight each, as of tickets that hold them. */
    @State(Scope.Thread)
    public static class Blocks {
        private final Attributes attributes = new Attributes();
        private final EventRecord[] events = new EventRecord[Openings.COUNT];
        private final EventRecord[] updates = new EventRecord[CHOICES];
        private final int[] refs = new int[Openings.COUNT];
        private int index;

        /** Merges each once. */
        @Setup
        public void fill() {
            SplittableRandom random = new SplittableRandom(SEED);
            Openings openings = new Openings(false, random);
            for (int i = 0; i < refs.length; i++) {
                events[i] = new EventRecord().wrap(openings.at(i), 0);
                refs[i] = attributes.merge(Attributes.EMPTY, events[i]);
            }
            for (int i = 0; i < CHOICES; i++) {
                EventRecordWriter writer = Openings.begin("assigned", false);
                writer.attribute(ValueKind.STRING, "agent", "agent-" + random.nextInt(400));
                updates[i] = new EventRecord().wrap(Openings.copyOf(writer), 0);
            }
        }

        /** All must have eight attributes still. */
        @TearDown
        public void check() {
            for (int ref : refs) {
                if (attributes.count(ref) != 8) {
                    throw new IllegalStateException("a ticket has " + attributes.count(ref) + " attributes");
                }
            }
        }

        int next() {
            return index++ & Integer.MAX_VALUE;
        }
    }

    /** The ticket of an id; the id is written first. */
    @Benchmark
    public int find(Tickets tickets) {
        tickets.write((int) tickets.store.number(tickets.slots[tickets.next()]) - 1);
        return tickets.store.find(tickets.id, 0, tickets.id.capacity());
    }

    /** One ticket is removed, another one added. */
    @Benchmark
    public int replace(Tickets tickets) {
        int place = tickets.next();
        tickets.store.remove(tickets.slots[place]);
        tickets.slots[place] = tickets.add();
        return tickets.slots[place];
    }

    /** The eight attributes of an opening come to a ticket without any, as many others have had them; they go again. */
    @Benchmark
    public int mergeOpening(Blocks blocks) {
        int ref = blocks.attributes.merge(Attributes.EMPTY, blocks.events[blocks.next() % Openings.COUNT]);
        blocks.attributes.free(ref);
        return ref;
    }

    /** One of the eight attributes of a ticket changes to one of 400 values, so that hardly any result is known already. */
    @Benchmark
    public int mergeUpdate(Blocks blocks) {
        int i = blocks.next();
        int place = i % Openings.COUNT;
        blocks.refs[place] = blocks.attributes.merge(blocks.refs[place], blocks.updates[i % CHOICES]);
        return blocks.refs[place];
    }
}
