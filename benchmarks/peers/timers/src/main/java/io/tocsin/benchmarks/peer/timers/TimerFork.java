package io.tocsin.benchmarks.peer.timers;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.tocsin.benchmarks.peer.AlertSet;
import io.tocsin.benchmarks.peer.Meter;
import io.tocsin.benchmarks.peer.PeerFork;
import io.tocsin.benchmarks.peer.TimerMix;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.HdrHistogram.Histogram;

/**
 * The process in which one structure is measured: {@code TimerFork STRUCTURE TASK COUNT}. Tasks are:
 *
 * <ul>
 *   <li>{@code churn}: a cancel and a schedule of a random timer, {@value #CHURNS} times; then the memory of all
 *   <li>{@code spread}: {@value #HOURS_POLLED} hours go by in steps of a millisecond; the longest of them
 *   <li>{@code crowd}: all are due in one instant; from then on until the last has fired, and the longest step
 * </ul>
 */
public final class TimerFork {
    private static final int CHURNS = 3_000_000;
    private static final int CHURNS_BEFORE = 1_000_000;
    private static final int HOURS_BEFORE = 1;
    private static final int HOURS_POLLED = 5;
    private static final long STEP_NS = MILLISECONDS.toNanos(1);
    private static final int CROWDS = 3;
    private static final long CROWD_LEAD_NS = SECONDS.toNanos(10);
    /** Deadlines are moved away by so much where real time passes, so that nothing is due meanwhile. */
    private static final long BEYOND_NS = MINUTES.toNanos(30);

    private static final int READINGS = 3;
    private static final long READING_NS = MILLISECONDS.toNanos(500);
    private static final long PATIENCE_NS = MINUTES.toNanos(2);

    private final TimerStructure.Factory factory;
    private final int count;

    private TimerFork(TimerStructure.Factory factory, int count) {
        this.factory = factory;
        this.count = count;
    }

    /** Runs one task, checks it and prints what it took. */
    public static void main(String[] args) throws InterruptedException {
        TimerFork fork = new TimerFork(factory(args[0]), Integer.parseInt(args[2]));
        String result = switch (args[1]) {
            case "churn" -> fork.churn();
            case "spread" -> fork.spread();
            case "crowd" -> fork.crowd();
            default -> throw new IllegalArgumentException("no such task: " + args[1]);
        };
        System.out.println(PeerFork.RESULT + result);
        System.exit(0);
    }

    private static TimerStructure.Factory factory(String name) {
        return switch (name) {
            case "tocsin" -> TocsinTimers::new;
            case "agrona" -> AgronaTimers::new;
            case "netty" -> NettyTimers::new;
            case "kafka" -> KafkaTimers::new;
            case "priority-queue" -> PriorityQueueTimers::new;
            case "tree-map" -> TreeMapTimers::new;
            case "executor" -> ScheduledExecutorTimers::new;
            default -> throw new IllegalArgumentException("no such structure: " + name);
        };
    }

    // ---- churn

    private String churn() {
        TimerMix mix = new TimerMix(count);
        long bytesBefore = Meter.bytesInUse();
        try (TimerStructure timers = factory.make(count, TimerFork::unexpected)) {
            mix.armAll((timer, deadlineNs) -> timers.schedule(timer, deadlineNs + BEYOND_NS));
            churn(timers, mix, CHURNS_BEFORE);
            long stealMs = Meter.stolenMs();
            long cpuNs = Meter.processorNs();
            long ns = System.nanoTime();
            churn(timers, mix, CHURNS);
            ns = System.nanoTime() - ns;
            cpuNs = Meter.processorNs() - cpuNs;
            stealMs = Meter.stolenMs() - stealMs;
            await(timers);
            long bytesAtOnce = Meter.bytesInUse() - bytesBefore;
            long bytes = settled(bytesAtOnce, bytesBefore);
            return "operations=" + CHURNS + " ns=" + ns + " cpuNs=" + cpuNs + " stealMs=" + stealMs + " bytesAtOnce="
                    + bytesAtOnce + " bytes=" + bytes;
        }
    }

    private static void churn(TimerStructure timers, TimerMix mix, int times) {
        for (int i = 0; i < times; i++) {
            int choice = mix.next();
            int timer = mix.timer(choice);
            timers.cancel(timer);
            timers.schedule(timer, mix.deadlineNs(choice) + BEYOND_NS);
        }
    }

    /** One with a thread of its own may need a while to do what it was told. */
    private void await(TimerStructure timers) {
        long startNs = System.nanoTime();
        while (timers.armedCount() != count) {
            if (System.nanoTime() - startNs > PATIENCE_NS) {
                throw new IllegalStateException(timers.armedCount() + " timers are armed, expected " + count);
            }
            LockSupport.parkNanos(STEP_NS);
        }
    }

    /** The memory in use once it no longer shrinks: what was cancelled may still wait for a thread to let go of it. */
    private static long settled(long bytesAtOnce, long bytesBefore) {
        long bytes = bytesAtOnce;
        int unchanged = 0;
        for (long startNs = System.nanoTime(); unchanged < READINGS && System.nanoTime() - startNs < PATIENCE_NS; ) {
            LockSupport.parkNanos(READING_NS);
            long newBytes = Meter.bytesInUse() - bytesBefore;
            unchanged = newBytes > bytes - bytes / 100 ? unchanged + 1 : 0;
            bytes = newBytes;
        }
        return bytes;
    }

    private static void unexpected(int timer) {
        throw new IllegalStateException("timer " + timer + " fired long before its time");
    }

    // ---- spread

    private String spread() {
        TimerMix mix = new TimerMix(count);
        AlertSet fired = new AlertSet();
        TimerStructure.Polled timers = polled(timer -> fired.add(timer, 0));
        mix.armAll(timers::schedule);
        Histogram lengths = new Histogram(HOURS.toNanos(1), 3);
        long startNs = TimerMix.START_NS;
        long warmNs = startNs + HOURS.toNanos(HOURS_BEFORE);
        long endNs = warmNs + HOURS.toNanos(HOURS_POLLED);
        poll(timers, startNs, warmNs, lengths);
        lengths.reset();
        System.gc();
        long stealMs = Meter.stolenMs();
        poll(timers, warmNs, endNs, lengths);
        stealMs = Meter.stolenMs() - stealMs;
        // A wheel may lag by a tick.
        for (int i = 0; i < 10; i++) {
            timers.poll(endNs);
        }
        check(mix, endNs, fired);
        return "steps=" + lengths.getTotalCount() + " meanNs=" + (long) lengths.getMean() + " p9999Ns="
                + lengths.getValueAtPercentile(99.99) + " worstNs=" + lengths.getMaxValue() + " stealMs=" + stealMs;
    }

    private static void poll(TimerStructure.Polled timers, long fromNs, long toNs, Histogram lengths) {
        for (long nowNs = fromNs; nowNs <= toNs; nowNs += STEP_NS) {
            long beforeNs = System.nanoTime();
            timers.poll(nowNs);
            lengths.recordValue(System.nanoTime() - beforeNs);
        }
    }

    private static void check(TimerMix mix, long endNs, AlertSet fired) {
        AlertSet expected = new AlertSet();
        mix.armAll((timer, deadlineNs) -> {
            if (deadlineNs < endNs) {
                expected.add(timer, 0);
            }
        });
        if (fired.count() != expected.count() || fired.hash() != expected.hash()) {
            throw new IllegalStateException("fired: " + fired.count() + " of hash " + fired.hash() + ", expected "
                    + expected.count() + " of hash " + expected.hash());
        }
    }

    private TimerStructure.Polled polled(IntConsumer fired) {
        return factory.make(count, fired) instanceof TimerStructure.Polled polled
                ? polled
                : fail("only one that is polled can be led through virtual time");
    }

    private static TimerStructure.Polled fail(String why) {
        throw new IllegalArgumentException(why);
    }

    // ---- crowd

    private String crowd() throws InterruptedException {
        Crowd crowd = new Crowd(count);
        long stealMs = 0;
        long startNs = TimerMix.START_NS;
        long realStartNs = System.nanoTime();
        try (TimerStructure timers = factory.make(count, crowd)) {
            for (int i = 0; i < CROWDS; i++) {
                long dueNs = startNs + CROWD_LEAD_NS;
                crowd.begin();
                for (int timer = 0; timer < count; timer++) {
                    timers.schedule(timer, dueNs);
                }
                stealMs = Meter.stolenMs();
                if (timers instanceof TimerStructure.Polled polled) {
                    startNs = crowd.poll(polled, startNs, dueNs);
                } else {
                    crowd.await(realStartNs + dueNs - TimerMix.START_NS);
                    startNs = TimerMix.START_NS + System.nanoTime() - realStartNs;
                }
                stealMs = Meter.stolenMs() - stealMs;
            }
        }
        return "timers=" + count + " lastNs=" + crowd.lastNs + " worstNs=" + crowd.worstNs + " stealMs=" + stealMs;
    }

    /** Timers of one instant. */
    private static final class Crowd implements IntConsumer {
        private final int count;
        private int fired;
        private CountDownLatch all = new CountDownLatch(1);
        private volatile long lastFiredNs;
        private long lastNs;
        private long worstNs;

        Crowd(int count) {
            this.count = count;
        }

        void begin() {
            fired = 0;
            all = new CountDownLatch(1);
        }

        @Override
        public void accept(int timer) {
            if (++fired == count) {
                lastFiredNs = System.nanoTime();
                all.countDown();
            }
        }

        /** Steps through virtual time; what the steps from the instant on took is how late the last one fires. */
        long poll(TimerStructure.Polled timers, long fromNs, long dueNs) {
            worstNs = 0;
            lastNs = 0;
            long nowNs = fromNs;
            while (fired < count) {
                nowNs += STEP_NS;
                long beforeNs = System.nanoTime();
                timers.poll(nowNs);
                long tookNs = System.nanoTime() - beforeNs;
                worstNs = Math.max(worstNs, tookNs);
                lastNs += nowNs >= dueNs ? tookNs : 0;
            }
            return nowNs;
        }

        void await(long realDueNs) throws InterruptedException {
            if (System.nanoTime() > realDueNs) {
                throw new IllegalStateException("to schedule " + count + " timers took longer than the "
                        + NANOSECONDS.toSeconds(CROWD_LEAD_NS)
                        + " s they had");
            }
            all.await();
            lastNs = lastFiredNs - realDueNs;
        }
    }
}
