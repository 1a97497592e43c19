package io.tocsin.benchmarks;

import static java.util.concurrent.TimeUnit.MINUTES;

import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.benchmarks.peer.TicketStream;
import io.tocsin.engine.core.Engine;
import io.tocsin.engine.core.EngineConfig;
import io.tocsin.engine.view.CountersView;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How many bytes of memory an open ticket takes in the engine alone: {@code benchmarks/run memory [TICKETS ...]}.
 *
 * <p>A ticket has an id of 16 bytes, two clocks that run, the timer for them, and one of 4,096 sets of eight attributes.
 * Counted is what is alive on the heap and in buffers outside of it, less what it was with an engine that knew the policies
 * and no ticket.
 */
public final class MemoryRun {
    /** All tickets are opened within it, before the first is due. */
    private static final long OPENING_NS = MINUTES.toNanos(10);

    private MemoryRun() {}

    /** {@code HOME TICKETS...} */
    public static void main(String[] args) throws Exception {
        Results results = new Results("memory");
        for (int i = 1; i < args.length; i++) {
            measure(Integer.parseInt(args[i]), results);
        }
        results.write(Path.of(args[0]));
    }

    private static void measure(int tickets, Results results) {
        EventMaker maker = new EventMaker(new Openings(false, new SplittableRandom(42)), false);
        Engine engine = new Engine(
                EngineConfig.DEFAULT,
                text -> {
                    throw new IllegalStateException("a policy came as an event");
                },
                (buffer, offset, length) -> {
                    throw new IllegalStateException("there is an alert, but nothing is due");
                });
        engine.use(new TicketFlow(4, false).policies(), TicketFlow.START_NS);
        long emptyBytes = Meter.bytesInUse();
        for (int ticket = 0; ticket < tickets; ticket++) {
            long atNs = TicketFlow.START_NS + (long) ((double) ticket / tickets * OPENING_NS);
            engine.apply(maker.make(ticket, TicketStream.OPENED, atNs));
        }
        long bytes = Meter.bytesInUse() - emptyBytes;
        CountersView counters = engine.views().counters();
        if (counters.openTickets() != tickets || counters.armedTimers() != tickets) {
            throw new IllegalStateException("of " + tickets + " tickets, " + counters.openTickets() + " are there and "
                    + counters.armedTimers() + " have timers");
        }
        System.out.printf(
                Locale.ROOT,
                "%,d tickets  %,d bytes, %.1f each; an engine without tickets, and all else: %,d bytes%n",
                tickets,
                bytes,
                (double) bytes / tickets,
                emptyBytes);
        Map<String, Object> row = results.row("tocsin", "memory");
        row.put("tickets", tickets);
        row.put("bytes", bytes);
        row.put("bytesPerTicket", (double) bytes / tickets);
        row.put("emptyBytes", emptyBytes);
    }
}
