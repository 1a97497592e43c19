package io.tocsin.benchmarks;

import static io.tocsin.benchmarks.peer.TicketStream.OPENED;
import static io.tocsin.benchmarks.peer.TicketStream.RESOLVED;
import static io.tocsin.benchmarks.peer.TicketStream.RESPONDED;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.tocsin.benchmarks.peer.AlertSet;
import io.tocsin.benchmarks.peer.TicketStream;
import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.event.EventRecord;
import io.tocsin.engine.policy.BuiltInClocks;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.TargetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A steady stream of tickets' lives: each step opens one ticket, answers one and resolves one, so that always the same number
 * is open, each for two hours on average.
 *
 * <p>Tickets are opened in order and come in blocks of a quarter of those open. A block is answered while the next one is
 * opened and resolved three blocks later, each time in a random order of its own, so that the memory of a ticket is cold when
 * its turn comes. How long a ticket takes is thus spread over a triangle of two blocks' width, and a policy's targets are set
 * to cut a share off its long end: 2, 4, 6 and 8 % for the four policies, 5 % of the answers and 5 % of the resolutions on
 * the whole. Finished tickets are remembered for a tenth of a lifetime.
 *
 * <p>What must come of it is known without an engine: {@link #expected()}. Making an event allocates nothing.
 */
final class TicketFlow {
    /** Events that one step makes, once the first tickets are due for their resolution. */
    static final int EVENTS_PER_STEP = 3;

    static final long START_NS = SECONDS.toNanos(1_795_318_124L);

    private static final long LIFETIME_NS = HOURS.toNanos(2);
    private static final int BLOCKS_OPEN = 4;
    private static final double[] LATE_SHARES = {0.02, 0.04, 0.06, 0.08};
    private static final long SEED = 42;

    private final int block;
    private final long stepNs;
    private final int[] answeredOrder;
    private final int[] resolvedOrder;
    private final long gridNs;
    private final EventMaker maker;
    private long step;
    private long eventCount;
    private long nowNs = START_NS;

    /** Is shown the events of a stream: whose it is, which of the three types of a {@link TicketStream}, and when. */
    @FunctionalInterface
    interface Visitor {
        void onEvent(long ticket, int type, long atNs);
    }

    /**
     * A stream that has not begun, exact to the nanosecond.
     *
     * @param tickets how many are open once it flows steadily; a multiple of four
     * @param keys whether events have idempotency keys
     */
    TicketFlow(int tickets, boolean keys) {
        this(tickets, keys, 1);
    }

    /**
     * A stream that has not begun, on a grid: events lie on its lines and deadlines half way between two of them, so that
     * none falls on another. With a grid of 1 there is no such half.
     */
    TicketFlow(int tickets, boolean keys, long gridNs) {
        if (tickets < BLOCKS_OPEN || tickets % BLOCKS_OPEN != 0) {
            throw new IllegalArgumentException(
                    "tickets are " + tickets + ", they must be a multiple of " + BLOCKS_OPEN);
        }
        this.gridNs = gridNs;
        block = tickets / BLOCKS_OPEN;
        stepNs = LIFETIME_NS / tickets;
        SplittableRandom random = new SplittableRandom(SEED);
        answeredOrder = shuffled(block, random);
        resolvedOrder = shuffled(block, random);
        maker = new EventMaker(new Openings(keys, random), keys);
    }

    /** The policies that the stream is made for: two clocks each, no warnings, no escalations. */
    PolicySet policies() {
        List<Policy> policies = new ArrayList<>();
        for (int i = 0; i < Openings.PRIORITIES.length; i++) {
            Condition match = new Condition("priority", Condition.Test.ANY_OF, List.of(Openings.PRIORITIES[i]));
            Map<String, Target> targets = Map.of(
                    "first_response", target(answerTargetNs(i)),
                    "resolution", target(resolutionTargetNs(i)));
            policies.add(new Policy(Openings.PRIORITIES[i], Map.of(), List.of(match), targets));
        }
        return new PolicySet(
                ZoneOffset.UTC,
                LIFETIME_NS / 10,
                List.of(CalendarSpec.always(ZoneOffset.UTC)),
                BuiltInClocks.all(),
                policies);
    }

    /** Runs until everything that can happen has begun to: tickets are opened, breached, resolved and forgotten. */
    void fill(Consumer<EventRecord> target) {
        run(stepsToFill(), target);
    }

    /** How many steps it takes until everything that can happen has begun to. */
    int stepsToFill() {
        return block * (BLOCKS_OPEN + 2);
    }

    /** Makes the events of so many steps. The record is valid during the call only. */
    void run(int steps, Consumer<EventRecord> target) {
        walk(steps, (ticket, type, atNs) -> target.accept(maker.make(ticket, type, atNs)));
    }

    /** Shows the events of so many steps. */
    void walk(int steps, Visitor visitor) {
        for (int i = 0; i < steps; i++) {
            emit(step, OPENED, visitor);
            if (step >= block) {
                emit(turn(step, 1, answeredOrder), RESPONDED, visitor);
            }
            if (step >= (long) block * BLOCKS_OPEN) {
                emit(turn(step, BLOCKS_OPEN, resolvedOrder), RESOLVED, visitor);
            }
            step++;
        }
    }

    /** What must have come of the stream so far. */
    Expected expected() {
        return expectedBy(nowNs);
    }

    /** What must have come of it by an instant from now, if it stops. A simple walk over every ticket there was. */
    Expected expectedBy(long byNs) {
        int[] answeredPlace = inverse(answeredOrder);
        int[] resolvedPlace = inverse(resolvedOrder);
        AlertSet breaches = new AlertSet();
        long inMemory = 0;
        for (long ticket = 0; ticket < step; ticket++) {
            int policy = Openings.priorityOf(ticket);
            long openedNs = atNs(ticket, OPENED);
            long answeredNs = atNs(stepOf(ticket, 1, answeredPlace), RESPONDED);
            long resolvedNs = atNs(stepOf(ticket, BLOCKS_OPEN, resolvedPlace), RESOLVED);
            if ((answeredNs <= nowNs ? answeredNs : byNs) > openedNs + answerTargetNs(policy)) {
                breaches.add(ticket, AlertSet.RESPONSE);
            }
            if ((resolvedNs <= nowNs ? resolvedNs : byNs) > openedNs + resolutionTargetNs(policy)) {
                breaches.add(ticket, AlertSet.RESOLUTION);
            }
            inMemory += resolvedNs + LIFETIME_NS / 10 >= byNs ? 1 : 0;
        }
        return new Expected(eventCount, step, inMemory, breaches.count(), breaches.hash());
    }

    /** The stream's time. */
    long nowNs() {
        return nowNs;
    }

    /** What an engine must say at the end. */
    record Expected(long events, long tickets, long ticketsInMemory, long breaches, long breachesHash) {}

    private void emit(long ticket, int type, Visitor visitor) {
        nowNs = atNs(step, type);
        eventCount++;
        visitor.onEvent(ticket, type, nowNs);
    }

    /** Instants of a step, of which each type has one, are a third of it apart. */
    private long atNs(long ofStep, int type) {
        return START_NS + onGrid(ofStep * stepNs + type * (stepNs / EVENTS_PER_STEP));
    }

    private long onGrid(long ns) {
        return ns - ns % gridNs;
    }

    /** Whose turn it is, of the block so many blocks ago. */
    private long turn(long atStep, int blocksAgo, int[] order) {
        int place = (int) (atStep % block);
        return atStep - place - (long) blocksAgo * block + order[place];
    }

    /** When it is a ticket's turn: the reverse of {@link #turn}. */
    private long stepOf(long ticket, int blocksLater, int[] places) {
        int place = (int) (ticket % block);
        return ticket - place + (long) blocksLater * block + places[place];
    }

    long answerTargetNs(int policy) {
        return targetNs(0, policy);
    }

    long resolutionTargetNs(int policy) {
        return targetNs(BLOCKS_OPEN - 1, policy);
    }

    /**
     * The lag is at least {@code blocks} and at most two more; its density rises to the middle and falls again. With the width
     * of a block as 1, the share above {@code blocks + 2 - x} is x²/2.
     */
    private long targetNs(int blocks, int policy) {
        return onGrid((long) ((blocks + 2 - Math.sqrt(2 * LATE_SHARES[policy])) * block * stepNs)) + gridNs / 2;
    }

    private static Target target(long targetNs) {
        return new Target(new TargetTime.Elapsed(targetNs), CalendarSpec.ALWAYS, List.of(), List.of());
    }

    private static int[] shuffled(int length, SplittableRandom random) {
        int[] order = new int[length];
        for (int i = 0; i < length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static int[] inverse(int[] order) {
        int[] places = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            places[order[i]] = i;
        }
        return places;
    }
}
