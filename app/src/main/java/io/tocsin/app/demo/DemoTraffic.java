package io.tocsin.app.demo;

import io.tocsin.engine.event.EventRecordWriter;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A lively call centre: phone, chat and e-mail tickets with lives of seconds to minutes, deterministic from a seed.
 *
 * <p>Tickets arrive as a Poisson process of four to six a second, in a slow wave, and have about ten events each. Teams
 * are overloaded in waves of their own, so that some answers and solutions come late. About a thousand tickets are open
 * at a time; their number does not grow, however long it runs.
 *
 * <p>To begin with a full board, let the traffic start {@link #WARM_UP_NS} before now and play the past first, best
 * through a {@link JournaledPast}. Two traffics of the same data folder need different ticket numbers.
 *
 * <p>One thread uses an instance. Time is an argument, in nanoseconds since the epoch; what comes out does not depend on
 * how often or in which steps it is advanced.
 */
public final class DemoTraffic {
    /** A past of this length fills the board: longer than nearly every ticket's life. */
    public static final long WARM_UP_NS = 600_000_000_000L;

    /** The number of the first ticket unless another is given: {@code C-10001}, {@code M-10001} or {@code E-10001}. */
    public static final long FIRST_NUMBER = 10_001;

    private static final double ARRIVALS_PER_SECOND = 5;
    private static final double ARRIVALS_WAVE = 1;
    private static final double ARRIVALS_WAVE_SECONDS = 540;

    private final long seed;
    private final long startNs;
    private final Dice arrivals;
    private final Load load;
    private final PriorityQueue<TicketScript> lives = new PriorityQueue<>(
            Comparator.comparingLong(TicketScript::nextAtNs).thenComparingLong(TicketScript::number));
    private final EventRecordWriter writer = new EventRecordWriter();

    private long nextNumber;
    private long nextArrivalNs;

    /** Traffic whose first ticket arrives right after {@code startNs} and has the number {@link #FIRST_NUMBER}. */
    public DemoTraffic(long seed, long startNs) {
        this(seed, startNs, FIRST_NUMBER);
    }

    /** As {@link #DemoTraffic(long, long)}, for a data folder that holds tickets with lower numbers already. */
    public DemoTraffic(long seed, long startNs, long firstNumber) {
        this.seed = seed;
        this.startNs = startNs;
        this.arrivals = new Dice(seed);
        this.load = new Load(seed, startNs);
        this.nextNumber = firstNumber;
        this.nextArrivalNs = arrivalAfter(startNs);
    }

    /**
     * Gives the sink every event that is due, up to and including {@code nowNs}, in the order of their times. Stops at the
     * first event the sink has no room for and begins with it next time. After a long gap all that was missed comes at
     * once, each event with the time it should have had.
     *
     * @return how many events the sink took
     */
    public int advance(long nowNs, EventSink sink) {
        int taken = 0;
        admitArrivals(nowNs);
        while (!lives.isEmpty() && lives.peek().nextAtNs() <= nowNs) {
            if (!offer(lives.peek(), sink)) {
                return taken;
            }
            taken++;
            turnPage();
        }
        return taken;
    }

    private void admitArrivals(long nowNs) {
        while (nextArrivalNs <= nowNs) {
            lives.add(TicketScript.draw(nextNumber, nextArrivalNs, load, new Dice(Dice.mix(seed, nextNumber))));
            nextNumber++;
            nextArrivalNs = arrivalAfter(nextArrivalNs);
        }
    }

    /** Thins a steady stream at the highest rate down to the wave's rate of the moment: still a Poisson process. */
    private long arrivalAfter(long atNs) {
        double highest = ARRIVALS_PER_SECOND + ARRIVALS_WAVE;
        long candidateNs = atNs;
        do {
            candidateNs += Dice.toNs(arrivals.exponential(1 / highest));
        } while (!arrivals.chance(arrivalsPerSecond(candidateNs) / highest));
        return candidateNs;
    }

    private double arrivalsPerSecond(long atNs) {
        double turns = (atNs - startNs) / 1e9 / ARRIVALS_WAVE_SECONDS;
        return ARRIVALS_PER_SECOND + ARRIVALS_WAVE * StrictMath.sin(2 * StrictMath.PI * turns);
    }

    private boolean offer(TicketScript life, EventSink sink) {
        Step step = life.next();
        writer.begin(step.atNs(), life.ticket(), step.type(), "");
        for (Step.Attribute attribute : step.attributes()) {
            writer.attribute(attribute.kind(), attribute.name(), attribute.value());
        }
        return sink.offer(writer.buffer(), 0, writer.length());
    }

    private void turnPage() {
        TicketScript life = lives.poll();
        if (life.turnPage()) {
            lives.add(life);
        }
    }
}
